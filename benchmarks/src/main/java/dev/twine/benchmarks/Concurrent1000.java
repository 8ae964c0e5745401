package dev.twine.benchmarks;

import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.concurrent;

import dev.twine.Deferred;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import kotlinx.coroutines.CompletableDeferred;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * A thousand bodies, each of which makes a pending one and awaits it, a hundred times. Nobody
 * resumes anybody: one thread fires what they all wait for, and goes on when all wait again, which
 * the last one of them tells it.
 */
@SuppressWarnings("unchecked") // each subject gets back what it has put into the array
public class Concurrent1000 extends InCoroutine {

  private static final int BODIES = 1_000;
  private static final int ROUNDS = 100;
  private static final int COUNT = BODIES * ROUNDS;

  /** What each body waits for; written before it counts down. */
  private final Object[] pending = new Object[BODIES];

  /** Bodies that don't wait; whoever makes it zero wakes the one who fires. */
  private final AtomicInteger running = new AtomicInteger();

  private final AtomicInteger total = new AtomicInteger();

  private volatile @Nullable Thread firing;

  @Override
  void requireResult(Object fired, @Nullable Object ended) {
    require(0, running.get(), "how many have not come to their end");
    require(COUNT, total.get(), "the sum of all");
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void twine() {
    run(
        body -> escape(pending, concurrent(() -> awaitAll(body))),
        each -> ((Deferred<Integer>) each).callback(ONE));
  }

  private Integer awaitAll(int body) {
    int sum = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Deferred<Integer> next = new Deferred<>();
      waitsFor(body, next);
      sum += await(next);
    }
    hasEnded(sum);
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void virtualThread() {
    run(
        body -> escape(pending, OrdinaryThreads.start(() -> joinAll(body))),
        each -> ((CompletableFuture<Integer>) each).complete(ONE));
  }

  private void joinAll(int body) {
    int sum = 0;
    for (int i = 0; i < ROUNDS; i++) {
      CompletableFuture<Integer> next = new CompletableFuture<>();
      waitsFor(body, next);
      sum += next.join();
    }
    hasEnded(sum);
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void kotlin() {
    run(
        body -> escape(pending, KotlinWaiter.awaitConcurrently(new ToldBy(body), ROUNDS)),
        each -> ((CompletableDeferred<Integer>) each).complete(ONE));
  }

  private final class ToldBy implements KotlinWaiter.Told {

    private final int body;

    ToldBy(int body) {
      this.body = body;
    }

    @Override
    public void waitsFor(CompletableDeferred<Integer> next) {
      Concurrent1000.this.waitsFor(body, next);
    }

    @Override
    public void hasEnded(int sum) {
      Concurrent1000.this.hasEnded(sum);
    }
  }

  private void run(IntConsumer starting, Consumer<Object> fire) {
    onVirtualThread(
        () -> {
          firing = Thread.currentThread();
          total.set(0);
          running.set(BODIES);
          for (int body = 0; body < BODIES; body++) {
            starting.accept(body);
          }
          for (int i = 0; i < ROUNDS; i++) {
            awaitNoneRunning();
            running.set(BODIES);
            for (Object each : pending) {
              fire.accept(each);
            }
          }
          awaitNoneRunning();
          Steps.kept = total.get() / COUNT;
        });
  }

  private void awaitNoneRunning() {
    while (running.get() != 0) {
      LockSupport.park(this);
    }
  }

  private void waitsFor(int body, Object next) {
    pending[body] = next;
    countDown();
  }

  private void hasEnded(int sum) {
    total.addAndGet(sum);
    countDown();
  }

  private void countDown() {
    if (running.decrementAndGet() == 0) {
      LockSupport.unpark(firing);
    }
  }
}
