package dev.twine.benchmarks;

import dev.twine.DelayedCall;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** A million delayed calls, which are all cancelled then. */
public class Later extends InReactor {

  private static final int COUNT = 1_000_000;
  private static final Duration HOUR = Duration.ofHours(1);

  private final Object[] calls = new Object[COUNT];

  /** What the JDK has. */
  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(1, Later::newDaemon);

  private static Thread newDaemon(Runnable work) {
    Thread thread = new Thread(work, "executor");
    thread.setDaemon(true);
    return thread;
  }

  public Later() {
    executor.setRemoveOnCancelPolicy(true);
  }

  /** It would be wrong if this were ever called. */
  private void call() {
    Steps.kept = -1;
  }

  @Override
  public void part() throws InterruptedException {
    executor.shutdownNow();
    super.part();
  }

  @Override
  void requireResult(Object fired, @Nullable Object ended) {
    require(0, executor.getQueue().size(), "what is left of the cancelled calls");
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void twine() {
    for (int i = 0; i < COUNT; i++) {
      calls[i] = reactor.callLater(HOUR, this::call);
    }
    int cancelled = 0;
    for (Object each : calls) {
      cancelled += ((DelayedCall) each).cancel() ? 1 : 0;
    }
    escape(calls, calls);
    Steps.kept = cancelled / COUNT;
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void executor() {
    for (int i = 0; i < COUNT; i++) {
      calls[i] = executor.schedule(this::call, 1, TimeUnit.HOURS);
    }
    int cancelled = 0;
    for (Object each : calls) {
      cancelled += ((Future<?>) each).cancel(false) ? 1 : 0;
    }
    escape(calls, calls);
    Steps.kept = cancelled / COUNT;
  }
}
