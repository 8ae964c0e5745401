package dev.twine.benchmarks;

import dev.twine.CallbackChain;
import dev.twine.Deferred;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.trane.future.Future;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;

/** Ten callbacks on one that has fired. */
public class Done10 extends Row {

  private static final CallbackChain<Integer, Integer> PREPARED =
      CallbackChain.of(
          draft -> {
            Deferred<Integer> end = draft;
            for (int i = Steps.MOST - 10; i < Steps.MOST; i++) {
              end = end.addCallback(Steps.Twine.VALUES[i]);
            }
            return end;
          });

  public static class Plain extends Done10 {
    @Override
    boolean escapes() {
      return false;
    }
  }

  @Override
  int expected() {
    return 11;
  }

  @Benchmark
  public void twine() {
    Deferred<Integer> fired = Deferred.succeed(ONE);
    Deferred<Integer> end = fired;
    for (int i = Steps.MOST - 10; i < Steps.MOST; i++) {
      end = end.addCallback(Steps.Twine.VALUES[i]);
    }
    escape(fired, end);
  }

  @Benchmark
  public void prepared() {
    Deferred<Integer> fired = Deferred.succeed(ONE);
    Deferred<Integer> end = fired.addAll(PREPARED);
    escape(fired, end);
  }

  @Benchmark
  public void completableFuture() {
    CompletableFuture<Integer> fired = CompletableFuture.completedFuture(ONE);
    CompletableFuture<Integer> end = fired;
    for (int i = Steps.MOST - 10; i < Steps.MOST; i++) {
      end = end.thenApply(Steps.Functions.VALUES[i]);
    }
    escape(fired, end);
  }

  @Benchmark
  public void trane() {
    Future<Integer> fired = Future.value(ONE);
    Future<Integer> end = fired;
    for (int i = Steps.MOST - 10; i < Steps.MOST; i++) {
      end = end.map(Steps.Functions.VALUES[i]);
    }
    escape(fired, end);
  }

  @Benchmark
  public void rxjava() {
    Single<Integer> fired = Single.just(ONE);
    Single<Integer> end = fired;
    for (int i = Steps.MOST - 10; i < Steps.MOST - 1; i++) {
      end = end.map(Steps.Rx.VALUES[i]);
    }
    Disposable subscription = end.subscribe(Steps.Rx.LAST);
    escape(fired, subscription);
  }

  @Benchmark
  public void stumbleupon() {
    com.stumbleupon.async.Deferred<Integer> fired = com.stumbleupon.async.Deferred.fromResult(ONE);
    com.stumbleupon.async.Deferred<Integer> end = fired;
    for (int i = Steps.MOST - 10; i < Steps.MOST; i++) {
      end = end.addCallback(Steps.Stumbleupon.VALUES[i]);
    }
    escape(fired, end);
  }

  /** Each add claims the word and gives it back, as any other thread might add as well. */
  @Benchmark
  public void floor() {
    ChainFloor fired = new ChainFloor(ONE);
    for (int i = Steps.MOST - 10; i < Steps.MOST; i++) {
      fired.add(Steps.Functions.VALUES[i]);
    }
    escape(fired, fired);
  }
}
