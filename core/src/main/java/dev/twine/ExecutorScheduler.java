package dev.twine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A scheduler that leaves the waiting to an executor of the JDK's. */
final class ExecutorScheduler implements Scheduler {

  /** Holds the system scheduler, so that it is made when it is first asked for. */
  static final class Shared {
    static final Scheduler SCHEDULER = new ExecutorScheduler(newDaemon());

    private Shared() {}
  }

  private final ScheduledExecutorService executor;
  private final long origin = System.nanoTime();

  ExecutorScheduler(ScheduledExecutorService executor) {
    this.executor = requireNonNull(executor, "executor");
  }

  /**
   * Makes an executor with one daemon thread that forgets what is cancelled. The thread is started
   * by whoever schedules first; it takes over neither his class loader nor his thread locals, which
   * it would keep for ever.
   */
  static ScheduledThreadPoolExecutor newDaemon() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, ExecutorScheduler::newThread);
    executor.setRemoveOnCancelPolicy(true);
    return executor;
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(null, work, "twine-scheduler", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    return thread;
  }

  @Override
  public Duration now() {
    return Duration.ofNanos(nanos());
  }

  @Override
  public DelayedCall callLater(Duration delay, Runnable call) {
    requireNonNull(call, "call");
    ExecutorCall later = new ExecutorCall(this, call);
    later.start(after(nanosOf(delay, "delay")));
    return later;
  }

  /** The time since the origin, in nanoseconds. */
  private long nanos() {
    return System.nanoTime() - origin;
  }

  /** The time that many nanoseconds from now, as it is kept in an {@link ExecutorCall}. */
  long after(long nanos) {
    return plus(nanos(), nanos);
  }

  /** Has the executor run something at a time of this scheduler, or at once if that is past. */
  Future<?> schedule(Runnable entry, long due) {
    return executor.schedule(entry, Math.max(0, due - nanos()), TimeUnit.NANOSECONDS);
  }

  @Override
  public String toString() {
    return "Scheduler.of(" + executor.getClass().getName() + ")";
  }

  /** The length of a time span that must not be negative, cut down to what a long can hold. */
  static long nanosOf(Duration span, String name) {
    if (requireNonNull(span, name).isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative but is " + span);
    }
    try {
      return span.toNanos();
    } catch (ArithmeticException tooLong) {
      return Long.MAX_VALUE;
    }
  }

  /** The sum of two times, neither negative, cut down to what a long can hold. */
  static long plus(long time, long nanos) {
    long sum = time + nanos;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }
}
