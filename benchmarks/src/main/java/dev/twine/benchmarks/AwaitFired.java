package dev.twine.benchmarks;

import dev.twine.Deferred;
import dev.twine.coroutine.Coroutines;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kotlinx.coroutines.CompletableDeferred;
import kotlinx.coroutines.CompletableDeferredKt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * A coroutine that awaits what has fired, a hundred thousand times. There are sixteen of them, in
 * turn, so that no wait can be taken for the last one.
 */
@SuppressWarnings("unchecked") // arrays of what has a type argument
public class AwaitFired extends InCoroutine {

  private static final int COUNT = 100_000;
  private static final int MANY = 16;

  private final Deferred<Integer>[] twine =
      Stream.generate(() -> Deferred.succeed(ONE)).limit(MANY).toArray(Deferred[]::new);

  private final CompletableFuture<Integer>[] futures =
      Stream.generate(() -> CompletableFuture.completedFuture(ONE))
          .limit(MANY)
          .toArray(CompletableFuture[]::new);

  private final CompletableDeferred<Integer>[] kotlin =
      Stream.generate(() -> CompletableDeferredKt.CompletableDeferred(ONE))
          .limit(MANY)
          .toArray(CompletableDeferred[]::new);

  private final Supplier<Deferred<Integer>> inline = Coroutines.inlineCallbacks(this::averageTaken);

  private static int kept(int sum) {
    Steps.kept = sum / COUNT;
    return Steps.kept;
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void twine() {
    Deferred<Integer> end = Coroutines.fromCoroutine(this::average);
    escape(end, end);
  }

  private Integer average() {
    int sum = 0;
    for (int i = 0; i < COUNT; i++) {
      sum += Coroutines.await(twine[i & (MANY - 1)]);
    }
    return kept(sum);
  }

  /** What is awaited in this style is taken, so each must be made; that is measured with it. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void inlineCallbacks() {
    Deferred<Integer> end = inline.get();
    escape(end, end);
  }

  private Integer averageTaken() {
    int sum = 0;
    for (int i = 0; i < COUNT; i++) {
      Deferred<Integer> next = Deferred.succeed(ONE);
      twine[i & (MANY - 1)] = next;
      sum += Coroutines.await(next);
    }
    return kept(sum);
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void virtualThread() {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    onVirtualThread(() -> end.complete(averageJoined()));
    escape(end, end);
  }

  private Integer averageJoined() {
    int sum = 0;
    for (int i = 0; i < COUNT; i++) {
      sum += futures[i & (MANY - 1)].join();
    }
    return kept(sum);
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void kotlin() {
    kotlinx.coroutines.Deferred<Integer> end = KotlinWaiter.awaitFired(kotlin, COUNT);
    Steps.kept = end.getCompleted();
    escape(end, end);
  }
}
