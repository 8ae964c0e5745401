package dev.twine.time;

import static java.util.Objects.requireNonNull;

import dev.twine.DelayedCall;
import dev.twine.DelayedCalls;
import dev.twine.Scheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A {@link Scheduler} whose time stands still until somebody moves it: for tests that wait for
 * hours and are over in no time.
 *
 * {@snippet class=TimeSnippets region=clock_basic lang=java}
 *
 * <p>The time starts at zero. Whatever moves it makes the calls that have become due, on its own
 * thread, before it returns.
 *
 * <p><b>Threads.</b> Any thread may read the time and make, move or cancel calls. The time is meant
 * to be moved by one thread at a time, and which one may change; if two threads do so at once,
 * every call is still made exactly once, but calls made by the one and the other overlap. Nothing
 * is locked while a call runs.
 *
 * <p>Memory consistency effects: actions in a thread prior to {@link #callLater}
 * <i>happen-before</i> the call is made.
 *
 * <p>This is Twisted's {@code task.Clock}.
 *
 * @since 0.1
 */
public final class ManualClock implements Scheduler {

  /** In nanoseconds. */
  private final AtomicLong now = new AtomicLong();

  private final DelayedCalls calls = new DelayedCalls(now::get, () -> {});

  /** Creates a clock that stands at zero and has nothing to call. */
  public ManualClock() {}

  @Override
  public Duration now() {
    return Duration.ofNanos(now.get());
  }

  /**
   * {@inheritDoc}
   *
   * <p>Execution: the call is made inside the {@link #advance} or {@link #pump} that reaches its
   * time, even if the delay is zero. An exception from it leaves that method; see there.
   */
  @Override
  public DelayedCall callLater(Duration delay, Runnable call) {
    return requireNonNull(calls.add(delay, call));
  }

  /**
   * Moves the time and makes the calls that are due then.
   *
   * <p>The time first goes all the way to the end; every call made from here sees that time, not
   * the one it was due at. Then the calls due by that time are made, one after the other, in the
   * order of their due times, those due at the same time in the order of their creation. Calls that
   * are added meanwhile and are due by then have their place in that order. So a call that always
   * adds another one with a delay of zero keeps this method going for ever.
   *
   * <p>A call may itself advance the clock: the inner {@code advance} makes all the calls that have
   * become due by the new time, and the outer one finds them done.
   *
   * <p>An exception from a call leaves this method at once. The time has been moved, that call is
   * done, and the other ones stay where they are: the next {@code advance}, by zero if you like,
   * goes on with them. (Twisted does the same, {@code task.Clock.advance}.)
   *
   * <p>Execution: the calls are made on the thread that calls this method.
   *
   * @param by how far to move the time, zero or more
   * @throws IllegalArgumentException if {@code by} is negative
   */
  public void advance(Duration by) {
    long nanos = Nanos.ofSpan(by, "by");
    now.updateAndGet(before -> Nanos.plus(before, nanos));
    for (Runnable due = calls.takeDue(); due != null; due = calls.takeDue()) {
      due.run();
    }
  }

  /**
   * Advances the clock several times, one step after the other.
   *
   * <p>Unlike one {@link #advance} by the sum, this lets calls see the times in between.
   *
   * @param steps how far to move the time in each step, zero or more
   * @throws IllegalArgumentException if a step is negative; the steps before it have been taken
   */
  public void pump(Duration... steps) {
    pump(List.of(steps));
  }

  /**
   * Advances the clock several times, one step after the other.
   *
   * <p>Unlike one {@link #advance} by the sum, this lets calls see the times in between.
   *
   * @param steps how far to move the time in each step, zero or more
   * @throws IllegalArgumentException if a step is negative; the steps before it have been taken
   */
  public void pump(Iterable<Duration> steps) {
    for (Duration step : steps) {
      advance(step);
    }
  }

  /**
   * Returns the calls that are still to be made, the next one first: what a test asks at its end to
   * see that nothing was left behind.
   *
   * @return a snapshot of the active calls, in the order in which they would be made
   */
  public List<DelayedCall> pendingCalls() {
    return calls.pending();
  }

  /**
   * Returns the times at which the clock has something to call, the earliest first.
   *
   * <p>These are times of this clock: what is due now has the value of {@link #now}, and what was
   * left behind by an exception a smaller one. A time stands there once for each call.
   *
   * @return a snapshot of the due times of the {@linkplain #pendingCalls() pending calls}
   */
  public List<Duration> dueTimes() {
    return calls.times();
  }
}
