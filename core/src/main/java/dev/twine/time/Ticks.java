package dev.twine.time;

import static java.util.Objects.requireNonNull;

import dev.twine.DelayedCall;
import dev.twine.Failure;
import dev.twine.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ticks of a {@link Cooperator}, and the line of tasks that make their steps in them.
 *
 * <p>One lock guards this object and all its tasks, so that a task and its place in the line change
 * together. Methods that need the lock give back what has to be done without it.
 */
final class Ticks {

  /*
   * The phases; idle is neither asked nor ticking:
   *
   *      idle --somebody is in line--> asked       if started
   *     asked --last one leaves, stop--> idle      the call is taken back
   *     asked --scheduler refuses--> idle          all in line fail
   *     asked --scheduler's call--> ticking        the call of this very tick, or nothing happens
   *   ticking --long enough, or line empty--> idle or asked
   *
   * Only the thread that has gone to ticking makes steps, and while it does no tick is asked for:
   * that is why steps never overlap. In Twisted a tick can be asked for inside another one.
   */

  static final Runnable NOTHING = () -> {};

  final Object lock = new Object();

  private final Scheduler scheduler;
  private final Duration delay;
  private final Supplier<? extends BooleanSupplier> tickEnds;

  /** Guarded by the lock, as is all that follows: those who are not paused and have not ended. */
  private final Round line = new Round();

  private boolean started;
  private boolean stopped;
  private boolean ticking;

  /** The tick that was asked for and has not begun. */
  private @Nullable Tick asked;

  Ticks(Scheduler scheduler, Duration delay, Supplier<? extends BooleanSupplier> tickEnds) {
    this.scheduler = scheduler;
    this.delay = delay;
    this.tickEnds = tickEnds;
  }

  void start() {
    Runnable then;
    synchronized (lock) {
      stopped = false;
      started = true;
      then = ask();
    }
    then.run();
  }

  void stop() {
    Runnable then;
    synchronized (lock) {
      stopped = true;
      then = finishAll(Ending.schedulerStopped());
    }
    then.run();
  }

  boolean isRunning() {
    synchronized (lock) {
      return started && !stopped;
    }
  }

  /** Puts a new task in line. */
  void add(CooperativeTask<?> task) {
    Runnable then;
    synchronized (lock) {
      then = enter(task);
    }
    then.run();
  }

  /** Puts a task in line; the lock is held. */
  Runnable enter(CooperativeTask<?> task) {
    if (stopped) {
      return task.finishOutside(Ending.schedulerStopped());
    }
    line.add(task);
    return ask();
  }

  /** Takes a task out of the line; the lock is held. */
  Runnable leave(CooperativeTask<?> task) {
    line.remove(task);
    return line.isEmpty() ? takeBack() : NOTHING;
  }

  private Runnable ask() {
    boolean isAsked = asked != null && !asked.isDropped();
    if (!started || ticking || isAsked || line.isEmpty()) {
      return NOTHING;
    }
    Tick tick = new Tick();
    asked = tick;
    return tick::ask;
  }

  private Runnable takeBack() {
    Tick tick = asked;
    asked = null;
    return tick == null ? NOTHING : tick::takeBack;
  }

  private Runnable finishAll(Ending how) {
    Runnable takeBack = takeBack();
    List<Runnable> tell = line.takeAll().stream().map(task -> task.finishOutside(how)).toList();
    return () -> {
      takeBack.run();
      tell.forEach(Runnable::run);
    };
  }

  private boolean isAsked(Tick tick) {
    synchronized (lock) {
      return asked == tick;
    }
  }

  private boolean begin(Tick tick) {
    synchronized (lock) {
      if (asked != tick) {
        return false;
      }
      asked = null;
      ticking = true;
      return true;
    }
  }

  private void makeSteps() {
    try {
      BooleanSupplier ends = requireNonNull(tickEnds.get(), "tickEnds gave null");
      CooperativeTask<?> task = takeTurn();
      while (task != null) {
        task.step();
        task = ends.getAsBoolean() ? null : takeTurn();
      }
    } catch (Throwable broken) { // from what measures the tick: there may never be another one
      failAll(broken);
    }
    end();
  }

  private @Nullable CooperativeTask<?> takeTurn() {
    synchronized (lock) {
      return line.turn();
    }
  }

  private void failAll(Throwable thrown) {
    Runnable then;
    synchronized (lock) {
      then = finishAll(Ending.failed(new Failure(thrown)));
    }
    then.run();
  }

  private void end() {
    Runnable then;
    synchronized (lock) {
      ticking = false;
      then = ask();
    }
    then.run();
  }

  private void refuse(Tick tick, Throwable refused) {
    Runnable then;
    synchronized (lock) {
      then = asked == tick ? finishAll(Ending.failed(new Failure(refused))) : NOTHING;
    }
    then.run();
  }

  /** A call of the scheduler's in which steps are made. */
  private final class Tick implements Runnable {

    /** Set once the scheduler has taken the call; until then there is nothing to take back. */
    private volatile @Nullable DelayedCall timer;

    /** The scheduler has made the call. */
    private volatile boolean begun;

    void ask() {
      try {
        timer = scheduler.callLater(delay, this);
      } catch (RuntimeException | Error refused) {
        refuse(this, refused);
      }
      // Whoever took this tick back before the timer was there could not cancel it.
      if (!isAsked(this)) {
        takeBack();
      }
    }

    /** The scheduler has dropped the call, as one that has stopped does. */
    boolean isDropped() {
      DelayedCall set = timer;
      return set != null && !set.isActive() && !begun;
    }

    void takeBack() {
      DelayedCall set = timer;
      if (set != null) {
        set.cancel();
      }
    }

    @Override
    public void run() {
      begun = true;
      if (begin(this)) {
        makeSteps();
      }
    }
  }
}
