package dev.twine.benchmarks;

import dev.twine.Deferred;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.trane.future.Future;
import io.trane.future.Promise;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;

/** A failure that nine callbacks don't see, and that the tenth recovers from. */
public abstract class Failing extends Row {

  /** Whether the first callback throws; else it is fired with a failure. */
  abstract boolean isThrown();

  @Override
  int expected() {
    return 1;
  }

  @Benchmark
  public void twine() {
    Deferred<Integer> fired = new Deferred<>();
    Deferred<Integer> end =
        fired.addCallback(isThrown() ? Steps.Twine.THROWING : Steps.Twine.VALUES[0]);
    for (int i = 1; i < 9; i++) {
      end = end.addCallback(Steps.Twine.VALUES[i]);
    }
    end = end.addErrback(Steps.Twine.RECOVERING);
    escape(fired, end);
    if (isThrown()) {
      fired.callback(ONE);
    } else {
      fired.errback(Steps.FAILURE);
    }
  }

  @Benchmark
  public void completableFuture() {
    CompletableFuture<Integer> fired = new CompletableFuture<>();
    CompletableFuture<Integer> end =
        fired.thenApply(isThrown() ? Steps.Functions.THROWING : Steps.Functions.VALUES[0]);
    for (int i = 1; i < 9; i++) {
      end = end.thenApply(Steps.Functions.VALUES[i]);
    }
    end = end.exceptionally(Steps.Functions.RECOVERING);
    escape(fired, end);
    if (isThrown()) {
      fired.complete(ONE);
    } else {
      fired.completeExceptionally(Steps.FAILURE);
    }
  }

  @Benchmark
  public void trane() {
    Promise<Integer> fired = Promise.apply();
    Future<Integer> end =
        fired.map(isThrown() ? Steps.Functions.THROWING : Steps.Functions.VALUES[0]);
    for (int i = 1; i < 9; i++) {
      end = end.map(Steps.Functions.VALUES[i]);
    }
    end = end.rescue(Steps.Trane.RECOVERING);
    escape(fired, end);
    if (isThrown()) {
      fired.setValue(ONE);
    } else {
      fired.setException(Steps.FAILURE);
    }
  }

  @Benchmark
  public void rxjava() {
    SingleSubject<Integer> fired = SingleSubject.create();
    Single<Integer> end = fired.map(isThrown() ? Steps.Rx.THROWING : Steps.Rx.VALUES[0]);
    for (int i = 1; i < 9; i++) {
      end = end.map(Steps.Rx.VALUES[i]);
    }
    Disposable subscription = end.subscribe(Steps.Rx.LAST, Steps.Rx.RECOVERING);
    escape(fired, subscription);
    if (isThrown()) {
      fired.onSuccess(ONE);
    } else {
      fired.onError(Steps.FAILURE);
    }
  }

  @Benchmark
  public void stumbleupon() {
    com.stumbleupon.async.Deferred<Integer> fired = new com.stumbleupon.async.Deferred<>();
    com.stumbleupon.async.Deferred<Integer> end =
        fired.addCallback(isThrown() ? Steps.Stumbleupon.THROWING : Steps.Stumbleupon.VALUES[0]);
    for (int i = 1; i < 9; i++) {
      end = end.addCallback(Steps.Stumbleupon.VALUES[i]);
    }
    end = end.addErrback(Steps.Stumbleupon.RECOVERING);
    escape(fired, end);
    if (isThrown()) {
      fired.callback(ONE);
    } else {
      fired.callback(Steps.FAILURE);
    }
  }

  @Benchmark
  public void floor() {
    FailFloor fired = new FailFloor();
    fired.add(isThrown() ? Steps.Functions.THROWING : Steps.Functions.VALUES[0]);
    for (int i = 1; i < 9; i++) {
      fired.add(Steps.Functions.VALUES[i]);
    }
    fired.addErrback(Steps.Functions.RECOVERING);
    escape(fired, fired);
    fired.fire(isThrown() ? ONE : Steps.FAILURE);
  }
}
