package dev.twine.time;

import static java.util.Objects.requireNonNull;

import dev.twine.Action;
import dev.twine.Callback;
import dev.twine.Deferred;
import dev.twine.DeferredCallable;
import dev.twine.DelayedCall;
import dev.twine.Effect;
import dev.twine.Failure;
import dev.twine.Probes;
import dev.twine.Scheduler;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A function that is called again and again, at a fixed interval.
 *
 * {@snippet class=TimeSnippets region=looping_basic lang=java}
 *
 * <p><b>The grid.</b> The calls are due at the start plus whole intervals, counted in nanoseconds,
 * so that delays never add up. A call is never made up for: if the function, or whoever was on the
 * scheduler's thread before, takes longer than an interval, the points in between are left out and
 * the next call is due at the next point of the grid. {@link #withCount} tells the function how
 * many points have passed. With an interval of zero the function is called once in every turn of
 * the scheduler.
 *
 * <p><b>Results.</b> What the function returns is ignored, but if it is a Deferred, the loop waits
 * for it: the next call is due at the next point of the grid after it has fired. Its result is
 * taken by the loop. If the function throws, or its Deferred fails, the loop ends, and the Deferred
 * that {@link #start} has given fails with that.
 *
 * <p><b>Threads.</b> Any thread may call any method. Calls of the function never overlap. While the
 * loop waits for its next call, {@link #stop} wins or the call does: when {@code stop} has returned
 * no call begins any more. After the end the loop can be started again.
 *
 * <p>Execution: the function is called on the scheduler's thread, but the first call of a {@link
 * #start} with an immediate call is made inside {@code start}, by its caller.
 *
 * <p>Memory consistency effects: actions in a thread prior to calling {@link #start}
 * <i>happen-before</i> the first call of the function; actions in a call of the function, and what
 * led to the result of a Deferred that it gave, <i>happen-before</i> the next call, and
 * <i>happen-before</i> the callbacks of the Deferred that {@code start} has given.
 *
 * <p>This is Twisted's {@code task.LoopingCall}.
 *
 * @since 0.1
 */
public final class LoopingCall {

  /*
   * The phases, each arrow a compare-and-set of `phase` (null is "not running"):
   *
   *      null --start, call now--> Calling
   *      null --start, call later--> Waiting
   *   Waiting --timer--> Calling              this Waiting's own timer, or nothing happens
   *   Waiting --reset--> Waiting              another one, with a moved grid
   *   Waiting --stop--> null                  then the Deferred fires
   *   Waiting --scheduler refuses--> null     then the Deferred fails
   *   Calling --call is over--> Waiting
   *   Calling --stop--> Stopping              the Deferred has to wait for the call
   *   Calling, Stopping --call failed--> null then the Deferred fails
   *  Stopping --call is over--> null          then the Deferred fires
   *
   * "Over" includes the Deferred that the function gave. A phase object is used once, so whoever
   * makes the change is the only one to do what goes with it; nothing is called in between.
   *
   * As in Twisted: a reset while the function is being called does nothing, and the Deferred has no
   * canceller, so that cancelling it leaves the loop alone and swallows the firing at its end.
   * Unlike Twisted: there is no start while a stopped loop's last call is not over.
   */
  private final AtomicReference<@Nullable Phase> phase = new AtomicReference<>();

  private final Scheduler scheduler;
  private final Work work;

  /**
   * Creates a loop that calls a function and ignores its value.
   *
   * @param <T> what the function returns
   * @param scheduler what counts the time and makes the calls
   * @param body the function
   */
  public <T extends @Nullable Object> LoopingCall(Scheduler scheduler, Callable<T> body) {
    this.scheduler = requireNonNull(scheduler, "scheduler");
    requireNonNull(body, "body");
    this.work = ignored -> Deferred.maybeDeferred(body);
  }

  /**
   * Creates a loop that calls a function and waits for the Deferred that it gives.
   *
   * @param <T> the result of the Deferred
   * @param scheduler what counts the time and makes the calls
   * @param body the function; null in place of a Deferred is nothing to wait for
   */
  public <T extends @Nullable Object> LoopingCall(Scheduler scheduler, DeferredCallable<T> body) {
    this.scheduler = requireNonNull(scheduler, "scheduler");
    requireNonNull(body, "body");
    this.work = ignored -> Deferred.maybeDeferred(body);
  }

  /**
   * Creates a loop that runs an action.
   *
   * @param scheduler what counts the time and makes the calls
   * @param body the action
   */
  public LoopingCall(Scheduler scheduler, Action body) {
    this.scheduler = requireNonNull(scheduler, "scheduler");
    requireNonNull(body, "body");
    this.work = ignored -> Deferred.maybeDeferred(body);
  }

  private LoopingCall(Scheduler scheduler, Counted body) {
    this.scheduler = requireNonNull(scheduler, "scheduler");
    this.work = new Counter(scheduler, body);
  }

  /**
   * Creates a loop whose function learns how many calls are due.
   *
   * <p>The count is the number of points of the grid since the last time the function was called:
   * normally 1, more if calls were left out. If no point has passed, the function is not called.
   * The first call of a loop that begins with an immediate call counts 1; with an interval of zero
   * every count is 1. The last time is remembered when the loop stops: after another {@link #start}
   * the first count is reckoned from there on the new grid. (So does Twisted.)
   *
   * {@snippet class=TimeSnippets region=looping_count lang=java}
   *
   * @param scheduler what counts the time and makes the calls
   * @param body the function; it is given the count, 1 or more
   * @return a loop, not yet started
   */
  public static LoopingCall withCount(Scheduler scheduler, Effect<? super Long> body) {
    requireNonNull(body, "body");
    return new LoopingCall(
        scheduler, (long count) -> Deferred.maybeDeferred(() -> body.call(count)));
  }

  /**
   * Creates a loop whose function learns how many calls are due and gives a Deferred to wait for.
   *
   * <p>The count is the one of {@link #withCount}; the points that pass while the loop waits are
   * counted in the next call.
   *
   * @param scheduler what counts the time and makes the calls
   * @param body the function; it is given the count, 1 or more, and null in place of a Deferred is
   *     nothing to wait for
   * @return a loop, not yet started
   */
  public static LoopingCall chainWithCount(
      Scheduler scheduler,
      Callback<? super Long, ? extends @Nullable Deferred<? extends @Nullable Object>> body) {
    requireNonNull(body, "body");
    return new LoopingCall(scheduler, (long count) -> chain(body, count));
  }

  /**
   * Starts the loop with an immediate call.
   *
   * @param interval the time from one call to the next, zero or more
   * @return a result that fires with this loop when it is stopped, or fails if a call does
   * @throws IllegalArgumentException if {@code interval} is negative
   * @throws IllegalStateException if the loop is running, or was stopped and its last call is not
   *     over
   * @see #start(Duration, boolean)
   */
  public Deferred<LoopingCall> start(Duration interval) {
    return start(interval, true);
  }

  /**
   * Starts the loop.
   *
   * <p>Execution: with {@code now} the first call is made before this method returns, on the thread
   * of its caller. The result fires on the thread that ends the loop: the one that calls {@link
   * #stop}, or if the function is being called then, the one that ends that call.
   *
   * <p>Cancellation: cancelling the result does <i>not</i> stop the loop. The result fails with a
   * {@link java.util.concurrent.CancellationException}, the loop goes on, and its end, however it
   * comes, is not reported any more. To stop the loop, call {@link #stop}.
   *
   * @param interval the time from one call to the next, zero or more
   * @param now true to call the function at once, false to begin after one interval
   * @return a result that fires with this loop when it is stopped; it fails if a call of the
   *     function fails, or if the scheduler refuses the next one
   * @throws IllegalArgumentException if {@code interval} is negative
   * @throws IllegalStateException if the loop is running, or was stopped and its last call is not
   *     over
   */
  public Deferred<LoopingCall> start(Duration interval, boolean now) {
    Grid grid = new Grid(time(), Nanos.ofSpan(interval, "interval"));
    Run run = new Run(grid, now, new Deferred<>(), new Live(grid));
    if (now) {
      Calling first = new Calling(run);
      enter(first, run);
      call(first);
    } else {
      Waiting first = new Waiting(run);
      enter(first, run);
      first.begin();
    }
    return run.end();
  }

  /**
   * Stops the loop: the function is not called any more.
   *
   * <p>If the loop waits for its next call, the Deferred that {@link #start} has given fires before
   * this method returns. If the function is being called just now, or the Deferred that it gave has
   * not fired, {@code start}'s Deferred fires when that is over; this method does not wait for it.
   * It may be called from inside the function.
   *
   * @throws IllegalStateException if the loop is not running
   */
  public void stop() {
    while (true) {
      Phase now = running("stopped");
      if (now instanceof Waiting waiting && phase.compareAndSet(waiting, null)) {
        waiting.takeBack();
        ended(waiting.run).callback(this);
        return;
      }
      if (now instanceof Calling calling
          && phase.compareAndSet(calling, new Stopping(calling.run))) {
        return;
      }
    }
  }

  /**
   * Begins a new grid: the next call is due one interval from now.
   *
   * <p>While the function is being called, or the Deferred that it gave has not fired, this does
   * nothing.
   *
   * @throws IllegalStateException if the loop is not running
   */
  public void reset() {
    while (true) {
      Phase now = running("reset");
      if (!(now instanceof Waiting waiting)) {
        return;
      }
      Waiting next = new Waiting(waiting.run.movedTo(time()));
      if (phase.compareAndSet(waiting, next)) {
        waiting.takeBack();
        next.begin();
        return;
      }
    }
  }

  /**
   * Tells whether the loop goes on.
   *
   * @return true from {@link #start} until {@link #stop} is called or a call fails
   */
  public boolean isRunning() {
    Phase now = phase.get();
    return now != null && !(now instanceof Stopping);
  }

  private long time() {
    return Nanos.of(scheduler.now());
  }

  private void enter(Phase first, Run run) {
    Probes.began(run.live, "looping call");
    if (phase.compareAndSet(null, first)) {
      return;
    }
    Probes.ended(run.live);
    throw new IllegalStateException(
        isRunning()
            ? "This LoopingCall is running; stop it before it is started again"
            : "This LoopingCall was stopped but its last call is not over; start it again when the"
                + " Deferred of its last start has fired");
  }

  /** What is to be fired now that a run has ended. */
  private Deferred<LoopingCall> ended(Run run) {
    Probes.ended(run.live);
    return run.end();
  }

  private Phase running(String what) {
    Phase now = phase.get();
    if (now == null || now instanceof Stopping) {
      throw new IllegalStateException(
          "This LoopingCall is not running and can't be " + what + "; start it first");
    }
    return now;
  }

  private void call(Calling now) {
    Deferred<@Nullable Void> unused =
        work.call(now.run)
            .addCallbacks(
                result -> {
                  succeeded(now);
                  return null;
                },
                failure -> {
                  failed(now, failure);
                  return null;
                });
  }

  private void succeeded(Calling now) {
    Waiting next = new Waiting(now.run);
    if (phase.compareAndSet(now, next)) {
      next.begin();
    } else {
      phase.set(null);
      ended(now.run).callback(this);
    }
  }

  private void failed(Calling now, Failure failure) {
    phase.set(null);
    ended(now.run).errback(failure);
  }

  private static <T extends @Nullable Object> Deferred<T> chain(
      Callback<? super Long, ? extends @Nullable Deferred<? extends T>> body, long count) {
    DeferredCallable<T> counted = () -> body.call(count);
    return Deferred.maybeDeferred(counted);
  }

  /** From one start to the end that belongs to it. */
  private record Run(Grid grid, boolean callNow, Deferred<LoopingCall> end, Live live) {

    Run movedTo(long start) {
      return new Run(grid.movedTo(start), callNow, end, live);
    }
  }

  /** What probes know a run by. */
  private static final class Live {

    private final Duration interval;

    Live(Grid grid) {
      this.interval = Duration.ofNanos(grid.interval());
    }

    @Override
    public String toString() {
      return "LoopingCall[every " + interval + "]";
    }
  }

  private sealed interface Phase {}

  private record Calling(Run run) implements Phase {}

  private record Stopping(Run run) implements Phase {}

  private final class Waiting implements Phase, Runnable {

    private final Run run;

    /** Set once the scheduler has taken the call; until then there is nothing to take back. */
    private volatile @Nullable DelayedCall timer;

    Waiting(Run run) {
      this.run = run;
    }

    void begin() {
      try {
        timer = scheduler.callLater(Duration.ofNanos(run.grid.untilNext(time())), this);
      } catch (RuntimeException | Error refused) {
        if (phase.compareAndSet(this, null)) {
          ended(run).errback(refused);
        }
      }
      // Whoever ended this wait before the timer was there could not take it back.
      if (phase.get() != this) {
        takeBack();
      }
    }

    void takeBack() {
      DelayedCall set = timer;
      if (set != null) {
        set.cancel();
      }
    }

    @Override
    public void run() {
      Calling next = new Calling(run);
      if (phase.compareAndSet(this, next)) {
        call(next);
      }
    }
  }

  /** The function, in the one form that the loop knows. */
  private interface Work {
    Deferred<?> call(Run run);
  }

  private interface Counted {
    Deferred<?> call(long count);
  }

  /** Counts the points of the grid between the calls of a function. */
  private static final class Counter implements Work {

    private final Scheduler scheduler;
    private final Counted body;

    /** The time of the last call; used only by whoever has taken the phase to Calling. */
    private @Nullable Long last;

    Counter(Scheduler scheduler, Counted body) {
      this.scheduler = scheduler;
      this.body = body;
    }

    @Override
    public Deferred<?> call(Run run) {
      long now = Nanos.of(scheduler.now());
      long count = count(run, now);
      if (count <= 0) {
        return Deferred.<@Nullable Void>succeed(null);
      }
      last = now;
      return body.call(count);
    }

    private long count(Run run, long now) {
      Grid grid = run.grid;
      if (grid.interval() == 0) {
        return 1;
      }
      long first = run.callNow ? grid.start() - grid.interval() : grid.start();
      return grid.pointsBetween(last == null ? first : last, now);
    }
  }
}
