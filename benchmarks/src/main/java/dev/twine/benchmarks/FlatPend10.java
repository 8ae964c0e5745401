package dev.twine.benchmarks;

import dev.twine.Callback;
import dev.twine.Deferred;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.trane.future.Future;
import io.trane.future.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Ten callbacks that return pending ones, and a last one, on a pending one; it is fired, and then
 * each of the others in turn.
 */
@SuppressWarnings("unchecked") // each subject gets back what it has put into the array
public class FlatPend10 extends Row {

  public static class Plain extends FlatPend10 {
    @Override
    boolean escapes() {
      return false;
    }
  }

  /** The pending ones that the callbacks have returned: where a program would keep its requests. */
  private final Object[] opened = new Object[10];

  private final Callback<Integer, Deferred<Integer>>[] twine =
      Steps.array(
          value -> open(0, new Deferred<>()),
          value -> open(1, new Deferred<>()),
          value -> open(2, new Deferred<>()),
          value -> open(3, new Deferred<>()),
          value -> open(4, new Deferred<>()),
          value -> open(5, new Deferred<>()),
          value -> open(6, new Deferred<>()),
          value -> open(7, new Deferred<>()),
          value -> open(8, new Deferred<>()),
          value -> open(9, new Deferred<>()));

  private final Function<Integer, CompletableFuture<Integer>>[] completableFuture =
      Steps.array(
          value -> open(0, new CompletableFuture<>()),
          value -> open(1, new CompletableFuture<>()),
          value -> open(2, new CompletableFuture<>()),
          value -> open(3, new CompletableFuture<>()),
          value -> open(4, new CompletableFuture<>()),
          value -> open(5, new CompletableFuture<>()),
          value -> open(6, new CompletableFuture<>()),
          value -> open(7, new CompletableFuture<>()),
          value -> open(8, new CompletableFuture<>()),
          value -> open(9, new CompletableFuture<>()));

  private final Function<Integer, Future<Integer>>[] trane =
      Steps.array(
          value -> open(0, Promise.apply()),
          value -> open(1, Promise.apply()),
          value -> open(2, Promise.apply()),
          value -> open(3, Promise.apply()),
          value -> open(4, Promise.apply()),
          value -> open(5, Promise.apply()),
          value -> open(6, Promise.apply()),
          value -> open(7, Promise.apply()),
          value -> open(8, Promise.apply()),
          value -> open(9, Promise.apply()));

  private final io.reactivex.rxjava3.functions.Function<Integer, Single<Integer>>[] rxjava =
      Steps.array(
          value -> open(0, SingleSubject.create()),
          value -> open(1, SingleSubject.create()),
          value -> open(2, SingleSubject.create()),
          value -> open(3, SingleSubject.create()),
          value -> open(4, SingleSubject.create()),
          value -> open(5, SingleSubject.create()),
          value -> open(6, SingleSubject.create()),
          value -> open(7, SingleSubject.create()),
          value -> open(8, SingleSubject.create()),
          value -> open(9, SingleSubject.create()));

  private final com.stumbleupon.async.Callback<com.stumbleupon.async.Deferred<Integer>, Integer>[]
      stumbleupon =
          Steps.array(
              value -> open(0, new com.stumbleupon.async.Deferred<>()),
              value -> open(1, new com.stumbleupon.async.Deferred<>()),
              value -> open(2, new com.stumbleupon.async.Deferred<>()),
              value -> open(3, new com.stumbleupon.async.Deferred<>()),
              value -> open(4, new com.stumbleupon.async.Deferred<>()),
              value -> open(5, new com.stumbleupon.async.Deferred<>()),
              value -> open(6, new com.stumbleupon.async.Deferred<>()),
              value -> open(7, new com.stumbleupon.async.Deferred<>()),
              value -> open(8, new com.stumbleupon.async.Deferred<>()),
              value -> open(9, new com.stumbleupon.async.Deferred<>()));

  private final Function<Integer, FlatFloor>[] floor =
      Steps.array(
          value -> open(0, new FlatFloor()),
          value -> open(1, new FlatFloor()),
          value -> open(2, new FlatFloor()),
          value -> open(3, new FlatFloor()),
          value -> open(4, new FlatFloor()),
          value -> open(5, new FlatFloor()),
          value -> open(6, new FlatFloor()),
          value -> open(7, new FlatFloor()),
          value -> open(8, new FlatFloor()),
          value -> open(9, new FlatFloor()));

  private <D> D open(int i, D pending) {
    opened[i] = pending;
    return pending;
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
      end = end.chainCallback(twine[i]);
    }
    end = end.addCallback(Steps.Twine.VALUES[Steps.MOST - 1]);
    escape(fired, end);
    fired.callback(ONE);
    for (int i = 0; i < 10; i++) {
      ((Deferred<Integer>) opened[i]).callback(i + 2);
    }
  }

  @Benchmark
  public void completableFuture() {
    CompletableFuture<Integer> fired = new CompletableFuture<>();
    CompletableFuture<Integer> end = fired;
    for (int i = 0; i < 10; i++) {
      end = end.thenCompose(completableFuture[i]);
    }
    end = end.thenApply(Steps.Functions.VALUES[Steps.MOST - 1]);
    escape(fired, end);
    fired.complete(ONE);
    for (int i = 0; i < 10; i++) {
      ((CompletableFuture<Integer>) opened[i]).complete(i + 2);
    }
  }

  @Benchmark
  public void trane() {
    Promise<Integer> fired = Promise.apply();
    Future<Integer> end = fired;
    for (int i = 0; i < 10; i++) {
      end = end.flatMap(trane[i]);
    }
    end = end.map(Steps.Functions.VALUES[Steps.MOST - 1]);
    escape(fired, end);
    fired.setValue(ONE);
    for (int i = 0; i < 10; i++) {
      ((Promise<Integer>) opened[i]).setValue(i + 2);
    }
  }

  @Benchmark
  public void rxjava() {
    SingleSubject<Integer> fired = SingleSubject.create();
    Single<Integer> end = fired;
    for (int i = 0; i < 10; i++) {
      end = end.flatMap(rxjava[i]);
    }
    Disposable subscription = end.subscribe(Steps.Rx.LAST);
    escape(fired, subscription);
    fired.onSuccess(ONE);
    for (int i = 0; i < 10; i++) {
      ((SingleSubject<Integer>) opened[i]).onSuccess(i + 2);
    }
  }

  @Benchmark
  public void stumbleupon() {
    com.stumbleupon.async.Deferred<Integer> fired = new com.stumbleupon.async.Deferred<>();
    com.stumbleupon.async.Deferred<Integer> end = fired;
    for (int i = 0; i < 10; i++) {
      end = end.addCallbackDeferring(stumbleupon[i]);
    }
    end = end.addCallback(Steps.Stumbleupon.VALUES[Steps.MOST - 1]);
    escape(fired, end);
    fired.callback(ONE);
    for (int i = 0; i < 10; i++) {
      ((com.stumbleupon.async.Deferred<Integer>) opened[i]).callback(i + 2);
    }
  }

  @Benchmark
  public void floor() {
    FlatFloor fired = new FlatFloor();
    for (int i = 0; i < 10; i++) {
      fired.add(floor[i]);
    }
    fired.add(Steps.Functions.VALUES[Steps.MOST - 1]);
    escape(fired, fired);
    fired.fire(ONE);
    for (int i = 0; i < 10; i++) {
      ((FlatFloor) opened[i]).fire(i + 2);
    }
  }
}
