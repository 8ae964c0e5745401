package dev.twine.benchmarks;

import dev.twine.Deferred;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.trane.future.Future;
import io.trane.future.Promise;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;

/** One that fails, and whose failure is handled later. */
public class FailIdle extends Row {

  public static class Plain extends FailIdle {
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
    fired.errback(Steps.FAILURE);
    Deferred<Integer> end = fired.addErrback(Steps.Twine.RECOVERING);
    escape(fired, end);
  }

  @Benchmark
  public void completableFuture() {
    CompletableFuture<Integer> fired = new CompletableFuture<>();
    fired.completeExceptionally(Steps.FAILURE);
    CompletableFuture<Integer> end = fired.exceptionally(Steps.Functions.RECOVERING);
    escape(fired, end);
  }

  @Benchmark
  public void trane() {
    Promise<Integer> fired = Promise.apply();
    fired.setException(Steps.FAILURE);
    Future<Integer> end = fired.rescue(Steps.Trane.RECOVERING);
    escape(fired, end);
  }

  @Benchmark
  public void rxjava() {
    SingleSubject<Integer> fired = SingleSubject.create();
    fired.onError(Steps.FAILURE);
    Disposable subscription = fired.subscribe(Steps.Rx.LAST, Steps.Rx.RECOVERING);
    escape(fired, subscription);
  }

  @Benchmark
  public void stumbleupon() {
    com.stumbleupon.async.Deferred<Integer> fired = new com.stumbleupon.async.Deferred<>();
    fired.callback(Steps.FAILURE);
    com.stumbleupon.async.Deferred<Integer> end = fired.addErrback(Steps.Stumbleupon.RECOVERING);
    escape(fired, end);
  }

  @Benchmark
  public void floor() {
    FailFloor fired = new FailFloor();
    fired.fire(Steps.FAILURE);
    fired.addErrback(Steps.Functions.RECOVERING);
    escape(fired, fired);
  }
}
