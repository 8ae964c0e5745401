package dev.twine.benchmarks;

import dev.twine.Deferred;
import dev.twine.coroutine.Coroutines;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * Round trips: a coroutine makes a pending one and awaits it, and a resumer fires it, which must
 * know that the coroutine has gone on and waits again before it fires the next.
 *
 * <p>With a coroutine, Twine's or Kotlin's, that is so when the call that fires has come back. A
 * virtual thread must tell it, and the resumer parks until it is told.
 */
public abstract class AwaitPending extends InCoroutine {

  private static final int COUNT = 2_000;

  /** What the body waits for; it is the resumer's turn when this has been set. */
  private @Nullable Deferred<Integer> twine;

  private volatile @Nullable CompletableFuture<Integer> future;

  /** Resumes from the thread that the row is about, and waits for the end. */
  abstract void resume(Runnable resumer);

  /** The same for others. */
  void resumeOthers(Runnable resumer) {
    resume(resumer);
  }

  private static int kept(int sum) {
    Steps.kept = sum / COUNT;
    return Steps.kept;
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void twine() {
    resume(this::fireTwine);
  }

  private void fireTwine() {
    Deferred<Integer> end = Coroutines.fromCoroutine(this::average);
    for (int i = 0; i < COUNT; i++) {
      Objects.requireNonNull(twine).callback(ONE);
    }
    escape(end, end);
  }

  private Integer average() {
    int sum = 0;
    for (int i = 0; i < COUNT; i++) {
      Deferred<Integer> next = new Deferred<>();
      twine = next;
      sum += Coroutines.await(next);
    }
    return kept(sum);
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void virtualThread() {
    resumeOthers(this::completeFutures);
  }

  private void completeFutures() {
    future = null;
    Thread resumer = Thread.currentThread();
    CompletableFuture<Integer> end = new CompletableFuture<>();
    OrdinaryThreads.start(() -> end.complete(averageJoined(resumer)));
    CompletableFuture<Integer> completed = null;
    for (int i = 0; i < COUNT; i++) {
      completed = nextAfter(completed);
      completed.complete(ONE);
    }
    end.join();
    escape(end, end);
  }

  private CompletableFuture<Integer> nextAfter(@Nullable CompletableFuture<Integer> completed) {
    CompletableFuture<Integer> next = future;
    while (next == completed || next == null) {
      LockSupport.park(this);
      next = future;
    }
    return next;
  }

  private Integer averageJoined(Thread resumer) {
    int sum = 0;
    for (int i = 0; i < COUNT; i++) {
      CompletableFuture<Integer> next = new CompletableFuture<>();
      future = next;
      LockSupport.unpark(resumer);
      sum += next.join();
    }
    return kept(sum);
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void kotlin() {
    resumeOthers(this::completeKotlins);
  }

  private void completeKotlins() {
    KotlinWaiter waiter = new KotlinWaiter();
    kotlinx.coroutines.Deferred<Integer> end = waiter.awaitPending(COUNT);
    for (int i = 0; i < COUNT; i++) {
      waiter.fire(ONE);
    }
    Steps.kept = end.getCompleted();
    escape(end, end);
  }
}
