package dev.twine.benchmarks;

import dev.twine.Deferred;
import dev.twine.threads.Threads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/**
 * A hundred thousand pieces of work on the threads of a pool, a thousand at a time, whose results
 * come back to a reactor. Each begins the next one there.
 */
public class ToThread extends InReactor {

  private static final int COUNT = 100_000;
  private static final int IN_FLIGHT = 1_000;

  /** The work that is left to begin, and that has not come back; used in the reactor only. */
  private int left;

  private int out;

  private CountDownLatch done = new CountDownLatch(0);

  @Override
  boolean isEverybodysTime() {
    return true;
  }

  @Override
  void requireResult(Object fired, @Nullable Object ended) {
    require(0, out, "what has not come back");
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void twine() throws InterruptedException {
    run(this::beginTwine);
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void completableFuture() throws InterruptedException {
    run(this::beginCompletableFuture);
  }

  private void run(Runnable begin) throws InterruptedException {
    done = new CountDownLatch(1);
    reactor.execute(
        () -> {
          left = COUNT;
          out = 0;
          for (int i = 0; i < IN_FLIGHT; i++) {
            begin.run();
          }
        });
    done.await();
    escape(this, this);
  }

  private void beginTwine() {
    if (isOneMore()) {
      Deferred<Integer> end =
          Threads.deferToThread(reactor, ToThread::work)
              .onSuccess(
                  value -> {
                    back(value);
                    beginTwine();
                  });
      escape(end, end);
    }
  }

  private void beginCompletableFuture() {
    if (isOneMore()) {
      ThreadPoolExecutor pool = reactor.threadPool();
      CompletableFuture<Void> end =
          CompletableFuture.supplyAsync(ToThread::work, pool)
              .thenAcceptAsync(
                  value -> {
                    back(value);
                    beginCompletableFuture();
                  },
                  reactor);
      escape(end, end);
    }
  }

  private static Integer work() {
    return ONE;
  }

  private boolean isOneMore() {
    if (left == 0) {
      return false;
    }
    left--;
    out++;
    return true;
  }

  private void back(Integer value) {
    Steps.kept = value;
    out--;
    if (left == 0 && out == 0) {
      done.countDown();
    }
  }
}
