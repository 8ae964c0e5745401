package dev.twine.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * A profiler: the CPU time of the benchmark thread, or of the whole process, for an operation, and
 * the bytes that it allocates.
 *
 * <p>JMH calls a profiler on its own thread, so {@link Row} takes the readings, on the benchmark
 * thread, right before and after the loop of an iteration.
 */
public final class ThreadCost implements InternalProfiler {

  static final String CPU = "cpu.norm";
  static final String BYTES = "alloc.norm";

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /** Java 17 does not know it yet. */
  private static final MethodHandle TOTAL;

  static {
    try {
      TOTAL =
          MethodHandles.publicLookup()
              .findVirtual(
                  ThreadMXBean.class,
                  "getTotalThreadAllocatedBytes",
                  MethodType.methodType(long.class));
    } catch (ReflectiveOperationException tooOld) {
      throw new ExceptionInInitializerError(tooOld);
    }
  }

  private static volatile @Nullable Thread partner;
  private static volatile boolean everybody;
  private static volatile long nanosBefore;
  private static volatile long bytesBefore;
  private static volatile long nanos;
  private static volatile long bytes;

  /** The loop is about to begin, on this thread and perhaps on a partner's. */
  static void begin(@Nullable Thread partner, boolean everybody) {
    ThreadCost.partner = partner;
    ThreadCost.everybody = everybody;
    bytesBefore = allocated();
    nanosBefore = cpuTime();
  }

  /** The loop has ended; what was kept counts, if that is told, and else what was allocated. */
  static void end(@Nullable Long kept) {
    nanos = cpuTime() - nanosBefore;
    bytes = kept == null ? allocated() - bytesBefore : kept;
  }

  private static long cpuTime() {
    return everybody ? PROCESS.getProcessCpuTime() : THREADS.getCurrentThreadCpuTime();
  }

  private static long allocated() {
    if (everybody) {
      return totalAllocated();
    }
    Thread other = partner;
    return THREADS.getCurrentThreadAllocatedBytes()
        + (other == null ? 0 : THREADS.getThreadAllocatedBytes(other.getId()));
  }

  private static long totalAllocated() {
    try {
      return (long) TOTAL.invokeExact(THREADS);
    } catch (Throwable thrown) {
      throw new IllegalStateException("the bytes of all threads are not known", thrown);
    }
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {}

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    long operations = Math.max(1, result.getMetadata().getAllOps());
    return List.of(
        new ScalarResult(CPU, (double) nanos / operations, "ns/op", AggregationPolicy.AVG),
        new ScalarResult(BYTES, (double) bytes / operations, "B/op", AggregationPolicy.AVG));
  }

  @Override
  public String getDescription() {
    return "CPU time and bytes of the benchmark thread";
  }
}
