package dev.twine.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
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
 * the bytes that the benchmark thread allocates.
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

  /** The loop has ended. */
  static void end() {
    nanos = cpuTime() - nanosBefore;
    bytes = allocated() - bytesBefore;
  }

  private static long cpuTime() {
    return everybody ? PROCESS.getProcessCpuTime() : THREADS.getCurrentThreadCpuTime();
  }

  private static long allocated() {
    Thread other = partner;
    return THREADS.getCurrentThreadAllocatedBytes()
        + (other == null ? 0 : THREADS.getThreadAllocatedBytes(other.getId()));
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
