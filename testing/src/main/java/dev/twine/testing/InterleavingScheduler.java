package dev.twine.testing;

import static java.util.Objects.requireNonNull;

import dev.twine.DelayedCall;
import dev.twine.Scheduler;
import dev.twine.time.ManualClock;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Scheduler} and {@link Executor} that runs one task at a time, in an order that a number
 * decides, the seed: the same seed gives the same order.
 *
 * {@snippet class=TestingSnippets region=interleaving lang=java}
 *
 * <p>The next task is drawn by lot among those that are ready, each with the same chance. Ready is
 * every task that was given to {@link #execute}; the oldest one of each executor from {@link
 * #inOrder}; and the first of the delayed calls whose time has come, as these keep the order that
 * {@link Scheduler} promises. The time stands still while a task is ready; when none is, it moves
 * on to the next delayed call.
 *
 * <p>An exception from a task leaves the method that runs it, at once. That task is done, and the
 * others stay where they are.
 *
 * <p>Execution: tasks run on the thread that calls {@link #runNext} or {@link #runAll}, one after
 * the other.
 *
 * <p><b>Threads.</b> Any thread may give tasks, but if more than one does, the seed does not decide
 * any more. Nothing is locked while a task runs.
 *
 * <p>Memory consistency effects: actions in a thread prior to giving a task <i>happen-before</i> it
 * runs.
 *
 * @see Interleavings
 * @since 0.1
 */
public final class InterleavingScheduler implements Scheduler, Executor {

  /** More tasks than this are a loop without end. */
  private static final int MOST_TASKS = 100_000;

  private final ManualClock clock = new ManualClock();
  private final Object lock = new Object();

  /** Guarded by {@link #lock}, as the next. */
  private final SplittableRandom lots;

  private final List<Runnable> ready = new ArrayList<>();

  /**
   * Creates a scheduler that stands at zero and has nothing to run.
   *
   * @param seed decides the order
   */
  public InterleavingScheduler(long seed) {
    this.lots = new SplittableRandom(seed);
  }

  @Override
  public Duration now() {
    return clock.now();
  }

  /**
   * Keeps a task, to run it in any order.
   *
   * @param task the task
   */
  @Override
  public void execute(Runnable task) {
    requireNonNull(task, "task");
    synchronized (lock) {
      ready.add(task);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Execution: the call is made inside {@link #runNext} or {@link #runAll}.
   */
  @Override
  public DelayedCall callLater(Duration delay, Runnable call) {
    requireNonNull(call, "call");
    return clock.callLater(
        delay,
        () -> {
          throw new Due(call);
        });
  }

  /**
   * Makes an executor whose tasks keep their order among each other, while those of others run
   * between them: a thread, or an event loop, in this little world.
   *
   * @return an executor that runs its tasks here
   */
  public Executor inOrder() {
    return new Lane();
  }

  /**
   * Runs the next task, if there is any; the time moves if it has to.
   *
   * @return false if there was none
   */
  public boolean runNext() {
    Runnable next = draw();
    if (next == null) {
      return false;
    }
    next.run();
    return true;
  }

  /**
   * Runs tasks until there are none, those included that come meanwhile.
   *
   * @throws AssertionError if there is no end to it, which means a hundred thousand tasks
   */
  public void runAll() {
    for (int tasks = 0; runNext(); tasks++) {
      if (tasks == MOST_TASKS) {
        throw new AssertionError("there is no end to it: a hundred thousand tasks have run");
      }
    }
  }

  private @Nullable Runnable draw() {
    List<Duration> dueTimes = clock.dueTimes();
    synchronized (lock) {
      boolean due = !dueTimes.isEmpty() && (ready.isEmpty() || isNow(dueTimes.get(0)));
      int tickets = ready.size() + (due ? 1 : 0);
      if (tickets == 0) {
        return null;
      }
      int drawn = lots.nextInt(tickets);
      if (drawn < ready.size()) {
        return ready.remove(drawn);
      }
    }
    return takeDue(dueTimes.get(0));
  }

  private boolean isNow(Duration time) {
    return time.compareTo(clock.now()) <= 0;
  }

  private Runnable takeDue(Duration time) {
    try {
      clock.advance(isNow(time) ? Duration.ZERO : time.minus(clock.now()));
    } catch (Due due) {
      return due.call;
    }
    return () -> {}; // another thread has just cancelled it
  }

  /** Gives its tasks to the scheduler one after the other. */
  private final class Lane implements Executor {

    /** Guarded by the lock; the first one is that which the scheduler has. */
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
      requireNonNull(task, "task");
      synchronized (lock) {
        tasks.add(task);
        if (tasks.size() == 1) {
          ready.add(this::runFirst);
        }
      }
    }

    private void runFirst() {
      Runnable first;
      synchronized (lock) {
        first = requireNonNull(tasks.poll());
        if (!tasks.isEmpty()) {
          ready.add(this::runFirst);
        }
      }
      first.run();
    }
  }

  /** A call whose time has come: thrown, so that the clock makes one call and no more. */
  private static final class Due extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    private final transient Runnable call;

    Due(Runnable call) {
      super(null, null, false, false);
      this.call = call;
    }
  }
}
