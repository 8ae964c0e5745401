package dev.twine;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Something that knows the time and makes calls later.
 *
 * <p>Whatever in this library has to do with time takes a Scheduler as an argument: {@link
 * #system()} in programs, {@link #of} where calls have to be made on threads of one's own, a {@code
 * dev.twine.time.ManualClock} in tests. A Scheduler may be used by any thread.
 *
 * {@snippet class=TimeSnippets region=scheduler_basic lang=java}
 *
 * <p>Who implements this interface keeps to what is said here and at {@link DelayedCall}: in
 * particular the order of calls, that nothing is ever called inside {@link #callLater} itself, and
 * that a cancelled call leaves nothing behind.
 *
 * <p>This is the part of Twisted's {@code IReactorTime} that is needed to be given the time.
 *
 * @since 0.1
 */
public interface Scheduler {

  /**
   * Returns the time since some fixed instant of the scheduler's choice.
   *
   * <p>Only the difference of two values of the same scheduler means anything. The time never goes
   * back and has nothing to do with the time of day.
   *
   * @return the time since the origin of this scheduler
   */
  Duration now();

  /**
   * Makes a call when the given time has passed.
   *
   * <p>Calls due at different times are made in the order of these times, calls due at the same
   * time in the order in which they were created. A delay of zero means as soon as possible, but
   * never inside this method. A delay that is too long to be counted in nanoseconds, some 292
   * years, is cut down to that.
   *
   * <p>Execution: the call is made on a thread of the scheduler's; it should be short, as others
   * wait for it. What happens to an exception from it is the scheduler's choice; it never keeps
   * other calls from being made.
   *
   * <p>Cancellation: {@link DelayedCall#cancel} takes the call back, and nothing of it is kept.
   *
   * <p>Memory consistency effects: actions in a thread prior to calling this method
   * <i>happen-before</i> the call is made.
   *
   * @param delay the time to wait, zero or more
   * @param call what to call then
   * @return a handle to cancel or move the call
   * @throws IllegalArgumentException if {@code delay} is negative
   */
  DelayedCall callLater(Duration delay, Runnable call);

  /**
   * Returns the scheduler that is always there: one for the whole program, counting with {@link
   * System#nanoTime}.
   *
   * <p>Execution: all calls are made, one after the other, on one daemon thread named {@code
   * twine-scheduler}, which is started with the first call and does not keep the program from
   * ending. An exception from a call goes to that thread's uncaught exception handler, and the
   * scheduler goes on. Of two calls that are due within some microseconds, the later one may be
   * made first.
   *
   * @return the one system scheduler
   */
  static Scheduler system() {
    return ExecutorScheduler.Shared.SCHEDULER;
  }

  /**
   * Returns a scheduler that makes its calls on an executor of the JDK's, counting with {@link
   * System#nanoTime}.
   *
   * <p>Execution: the calls are made on the executor's threads; if it has several, calls can
   * overlap, and their order is that in which they begin. An exception from a call goes to the
   * uncaught exception handler of the thread that made it; the executor does not see it. What the
   * executor does at its shutdown to calls that are still waiting is its own affair, and {@link
   * #callLater} throws the {@link java.util.concurrent.RejectedExecutionException} of an executor
   * that takes no more.
   *
   * <p>Cancellation: a cancelled call is let go at once, but what the executor keeps of its own
   * entry depends on the executor: give a {@link java.util.concurrent.ScheduledThreadPoolExecutor}
   * the {@linkplain
   * java.util.concurrent.ScheduledThreadPoolExecutor#setRemoveOnCancelPolicy(boolean)
   * remove-on-cancel policy}, or many timeouts that never fire pile up in its queue until they
   * would have been due.
   *
   * @param executor the executor that makes the calls; it stays its owner's to shut down
   * @return a scheduler that uses the executor
   */
  static Scheduler of(ScheduledExecutorService executor) {
    return new ExecutorScheduler(executor);
  }
}
