package dev.twine.benchmarks;

import dev.twine.Deferred;
import dev.twine.coroutine.Coroutines;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import kotlinx.coroutines.CompletableDeferred;
import kotlinx.coroutines.CompletableDeferredKt;
import kotlinx.coroutines.Job;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Twenty thousand coroutines that are suspended at the same time, and what they keep of the heap:
 * how much more of it is used with them than without, both after a garbage collection. What they
 * wait for belongs to it.
 */
@SuppressWarnings("unchecked") // each subject gets back what it has put into the array
public class Suspended extends InCoroutine {

  private static final int COUNT = 20_000;
  private static final long MOMENT_NANOS = 100_000;

  /** What they wait for. */
  private final Object[] pending = new Object[COUNT];

  /** Those that are threads. */
  private final Thread[] threads = new Thread[COUNT];

  private final AtomicInteger total = new AtomicInteger();

  private long kept;

  @Override
  Long kept() {
    long since = kept;
    kept = 0;
    return since;
  }

  @Override
  void requireResult(Object fired, @Nullable Object ended) {
    require(COUNT, total.get(), "the sum of all");
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void twine() {
    measure(() -> onVirtualThread(this::suspend), () -> onVirtualThread(this::resume));
  }

  private void suspend() {
    for (int i = 0; i < COUNT; i++) {
      Deferred<Integer> next = new Deferred<>();
      pending[i] = next;
      escape(next, Coroutines.fromCoroutine(() -> total.addAndGet(Coroutines.await(next))));
    }
  }

  private void resume() {
    for (Object each : pending) {
      ((Deferred<Integer>) each).callback(ONE);
    }
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void virtualThread() {
    measure(this::park, this::unpark);
  }

  private void park() {
    for (int i = 0; i < COUNT; i++) {
      CompletableFuture<Integer> next = new CompletableFuture<>();
      pending[i] = next;
      threads[i] = OrdinaryThreads.start(() -> total.addAndGet(next.join()));
    }
    for (Thread thread : threads) {
      while (thread.getState() != Thread.State.WAITING) {
        LockSupport.parkNanos(MOMENT_NANOS);
      }
    }
  }

  private void unpark() {
    for (Object each : pending) {
      ((CompletableFuture<Integer>) each).complete(ONE);
    }
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        LockSupport.parkNanos(MOMENT_NANOS);
      }
    }
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void kotlin() {
    measure(this::suspendKotlin, this::resumeKotlin);
  }

  private void suspendKotlin() {
    for (int i = 0; i < COUNT; i++) {
      CompletableDeferred<Integer> next = CompletableDeferredKt.CompletableDeferred((Job) null);
      pending[i] = next;
      escape(next, KotlinWaiter.awaitOne(next, total));
    }
  }

  private void resumeKotlin() {
    for (Object each : pending) {
      ((CompletableDeferred<Integer>) each).complete(ONE);
    }
  }

  private void measure(Runnable suspending, Runnable resuming) {
    total.set(0);
    Arrays.fill(pending, ONE); // forgets the last ones
    Arrays.fill(threads, Thread.currentThread());
    long without = used();
    suspending.run();
    kept += used() - without;
    resuming.run();
    Steps.kept = total.get() / COUNT;
    escape(pending, pending);
  }

  /** The second collection finds what the first has set free. */
  private static long used() {
    System.gc();
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
