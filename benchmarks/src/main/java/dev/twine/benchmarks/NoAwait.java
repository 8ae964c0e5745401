package dev.twine.benchmarks;

import dev.twine.Deferred;
import dev.twine.coroutine.Coroutines;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Coroutines that end without waiting for anything, one after the other. */
public abstract class NoAwait extends InCoroutine {

  private static final int COUNT = 1_000;

  /** Starts them all from the thread that the row is about. */
  abstract void startFrom(Runnable starting);

  private static Integer body() {
    Steps.kept = ONE;
    return ONE;
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void twine() {
    startFrom(
        () -> {
          for (int i = 0; i < COUNT; i++) {
            Deferred<Integer> end = Coroutines.fromCoroutine(NoAwait::body);
            escape(end, end);
          }
        });
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void virtualThread() {
    startFrom(
        () -> {
          for (int i = 0; i < COUNT; i++) {
            CompletableFuture<Integer> end = new CompletableFuture<>();
            OrdinaryThreads.start(() -> end.complete(body()));
            end.join();
            escape(end, end);
          }
        });
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void kotlin() {
    startFrom(
        () -> {
          for (int i = 0; i < COUNT; i++) {
            kotlinx.coroutines.Deferred<Integer> end = KotlinWaiter.dontAwait(ONE);
            Steps.kept = end.getCompleted();
            escape(end, end);
          }
        });
  }
}
