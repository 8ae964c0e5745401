package dev.twine.benchmarks;

import dev.twine.Deferred;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.trane.future.Future;
import io.trane.future.Promise;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;

/** Ten callbacks that return fired ones, and a last one, on a pending one, which is then fired. */
public class Flat10 extends Row {

  public static class Plain extends Flat10 {
    @Override
    boolean escapes() {
      return false;
    }
  }

  @Override
  int expected() {
    return 12;
  }

  @Benchmark
  public void twine() {
    Deferred<Integer> fired = new Deferred<>();
    Deferred<Integer> end = fired;
    for (int i = 0; i < 10; i++) {
      end = end.chainCallback(Steps.Twine.FLAT[i]);
    }
    end = end.addCallback(Steps.Twine.VALUES[Steps.MOST - 1]);
    escape(fired, end);
    fired.callback(ONE);
  }

  @Benchmark
  public void completableFuture() {
    CompletableFuture<Integer> fired = new CompletableFuture<>();
    CompletableFuture<Integer> end = fired;
    for (int i = 0; i < 10; i++) {
      end = end.thenCompose(Steps.Completable.FLAT[i]);
    }
    end = end.thenApply(Steps.Functions.VALUES[Steps.MOST - 1]);
    escape(fired, end);
    fired.complete(ONE);
  }

  @Benchmark
  public void trane() {
    Promise<Integer> fired = Promise.apply();
    Future<Integer> end = fired;
    for (int i = 0; i < 10; i++) {
      end = end.flatMap(Steps.Trane.FLAT[i]);
    }
    end = end.map(Steps.Functions.VALUES[Steps.MOST - 1]);
    escape(fired, end);
    fired.setValue(ONE);
  }

  @Benchmark
  public void rxjava() {
    SingleSubject<Integer> fired = SingleSubject.create();
    Single<Integer> end = fired;
    for (int i = 0; i < 10; i++) {
      end = end.flatMap(Steps.Rx.FLAT[i]);
    }
    Disposable subscription = end.subscribe(Steps.Rx.LAST);
    escape(fired, subscription);
    fired.onSuccess(ONE);
  }

  @Benchmark
  public void stumbleupon() {
    com.stumbleupon.async.Deferred<Integer> fired = new com.stumbleupon.async.Deferred<>();
    com.stumbleupon.async.Deferred<Integer> end = fired;
    for (int i = 0; i < 10; i++) {
      end = end.addCallbackDeferring(Steps.Stumbleupon.FLAT[i]);
    }
    end = end.addCallback(Steps.Stumbleupon.VALUES[Steps.MOST - 1]);
    escape(fired, end);
    fired.callback(ONE);
  }

  @Benchmark
  public void floor() {
    FlatFloor fired = new FlatFloor();
    for (int i = 0; i < 10; i++) {
      fired.add(Steps.Floors.FLAT[i]);
    }
    fired.add(Steps.Functions.VALUES[Steps.MOST - 1]);
    escape(fired, fired);
    fired.fire(ONE);
  }
}
