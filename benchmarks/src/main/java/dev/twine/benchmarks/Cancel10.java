package dev.twine.benchmarks;

import dev.twine.Deferred;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.trane.future.Future;
import io.trane.future.Promise;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Nine callbacks on a pending one, and one that recovers; then it is cancelled, by who has the
 * first object.
 */
public class Cancel10 extends Row {

  public static class Plain extends Cancel10 {
    @Override
    boolean escapes() {
      return false;
    }
  }

  @Override
  int expected() {
    return 1;
  }

  @Benchmark
  public void twine() {
    Deferred<Integer> fired = new Deferred<>();
    Deferred<Integer> end = fired;
    for (int i = 0; i < 9; i++) {
      end = end.addCallback(Steps.Twine.VALUES[i]);
    }
    end = end.addErrback(Steps.Twine.RECOVERING);
    escape(fired, end);
    fired.cancel();
  }

  @Benchmark
  public void completableFuture() {
    CompletableFuture<Integer> fired = new CompletableFuture<>();
    CompletableFuture<Integer> end = fired;
    for (int i = 0; i < 9; i++) {
      end = end.thenApply(Steps.Functions.VALUES[i]);
    }
    end = end.exceptionally(Steps.Functions.RECOVERING);
    escape(fired, end);
    fired.cancel(false);
  }

  /** An interrupt does what the promise says; here it fails with it. */
  @Benchmark
  public void trane() {
    Promise<Integer> fired = Promise.create(promise -> promise::setException);
    Future<Integer> end = fired;
    for (int i = 0; i < 9; i++) {
      end = end.map(Steps.Functions.VALUES[i]);
    }
    end = end.rescue(Steps.Trane.RECOVERING);
    escape(fired, end);
    fired.raise(Steps.CANCELLED);
  }

  /** Here it is the end that is cancelled, and nobody hears of it: no callback runs. */
  @Benchmark
  public void rxjava() {
    SingleSubject<Integer> fired = SingleSubject.create();
    Single<Integer> end = fired;
    for (int i = 0; i < 9; i++) {
      end = end.map(Steps.Rx.VALUES[i]);
    }
    Disposable subscription = end.subscribe(Steps.Rx.LAST, Steps.Rx.RECOVERING);
    escape(fired, subscription);
    subscription.dispose();
    Steps.kept = fired.hasObservers() ? 0 : 1;
  }

  @Benchmark
  public void floor() {
    FailFloor fired = new FailFloor();
    for (int i = 0; i < 9; i++) {
      fired.add(Steps.Functions.VALUES[i]);
    }
    fired.addErrback(Steps.Functions.RECOVERING);
    escape(fired, fired);
    fired.fire(Steps.CANCELLED);
  }
}
