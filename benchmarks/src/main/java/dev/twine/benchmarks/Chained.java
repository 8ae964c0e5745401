package dev.twine.benchmarks;

import dev.twine.Deferred;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.trane.future.Future;
import io.trane.future.Promise;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;

/** So many callbacks on a pending one, which is then fired. */
public abstract class Chained extends Row {

  abstract int length();

  @Override
  int expected() {
    return 1 + length();
  }

  @Benchmark
  public void twine() {
    Deferred<Integer> fired = new Deferred<>();
    Deferred<Integer> end = fired;
    for (int i = Steps.MOST - length(); i < Steps.MOST; i++) {
      end = end.addCallback(Steps.Twine.VALUES[i]);
    }
    escape(fired, end);
    fired.callback(ONE);
  }

  @Benchmark
  public void completableFuture() {
    CompletableFuture<Integer> fired = new CompletableFuture<>();
    CompletableFuture<Integer> end = fired;
    for (int i = Steps.MOST - length(); i < Steps.MOST; i++) {
      end = end.thenApply(Steps.Functions.VALUES[i]);
    }
    escape(fired, end);
    fired.complete(ONE);
  }

  @Benchmark
  public void trane() {
    Promise<Integer> fired = Promise.apply();
    Future<Integer> end = fired;
    for (int i = Steps.MOST - length(); i < Steps.MOST; i++) {
      end = end.map(Steps.Functions.VALUES[i]);
    }
    escape(fired, end);
    fired.setValue(ONE);
  }

  /** The last callback is the subscriber: without one nothing would run. */
  @Benchmark
  public void rxjava() {
    SingleSubject<Integer> fired = SingleSubject.create();
    Single<Integer> end = fired;
    for (int i = Steps.MOST - length(); i < Steps.MOST - 1; i++) {
      end = end.map(Steps.Rx.VALUES[i]);
    }
    Disposable subscription = end.subscribe(Steps.Rx.LAST);
    escape(fired, subscription);
    fired.onSuccess(ONE);
  }

  @Benchmark
  public void stumbleupon() {
    com.stumbleupon.async.Deferred<Integer> fired = new com.stumbleupon.async.Deferred<>();
    com.stumbleupon.async.Deferred<Integer> end = fired;
    for (int i = Steps.MOST - length(); i < Steps.MOST; i++) {
      end = end.addCallback(Steps.Stumbleupon.VALUES[i]);
    }
    escape(fired, end);
    fired.callback(ONE);
  }

  @Benchmark
  public void floor() {
    ChainFloor fired = new ChainFloor();
    for (int i = Steps.MOST - length(); i < Steps.MOST; i++) {
      fired.add(Steps.Functions.VALUES[i]);
    }
    escape(fired, fired);
    fired.fire(ONE);
  }
}
