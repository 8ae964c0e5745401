package dev.twine.benchmarks;

import dev.twine.Deferred;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.trane.future.Future;
import io.trane.future.Promise;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** A hundred pending ones with a callback each, which another thread then fires. */
@SuppressWarnings("unchecked") // each subject gets back what it has put into the array
public class Handoff extends TwoThreads {

  private static final int COUNT = 100;

  /** What the other thread is to fire. */
  private final Object[] handed = new Object[COUNT];

  final Runnable twine =
      () -> {
        for (Object each : handed) {
          ((Deferred<Integer>) each).callback(ONE);
        }
      };

  final Runnable completableFuture =
      () -> {
        for (Object each : handed) {
          ((CompletableFuture<Integer>) each).complete(ONE);
        }
      };

  final Runnable trane =
      () -> {
        for (Object each : handed) {
          ((Promise<Integer>) each).setValue(ONE);
        }
      };

  final Runnable rxjava =
      () -> {
        for (Object each : handed) {
          ((SingleSubject<Integer>) each).onSuccess(ONE);
        }
      };

  final Runnable stumbleupon =
      () -> {
        for (Object each : handed) {
          ((com.stumbleupon.async.Deferred<Integer>) each).callback(ONE);
        }
      };

  final Runnable floor =
      () -> {
        for (Object each : handed) {
          ((ChainFloor) each).fire(ONE);
        }
      };

  @Override
  int expected() {
    return 2;
  }

  private void handOver(Runnable firing) {
    other().begin(firing);
    other().await();
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void twine() {
    for (int i = 0; i < COUNT; i++) {
      Deferred<Integer> fired = new Deferred<>();
      Deferred<Integer> end = fired.addCallback(Steps.Twine.VALUES[Steps.MOST - 1]);
      handed[i] = fired;
      escape(fired, end);
    }
    handOver(twine);
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void completableFuture() {
    for (int i = 0; i < COUNT; i++) {
      CompletableFuture<Integer> fired = new CompletableFuture<>();
      CompletableFuture<Integer> end = fired.thenApply(Steps.Functions.VALUES[Steps.MOST - 1]);
      handed[i] = fired;
      escape(fired, end);
    }
    handOver(completableFuture);
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void trane() {
    for (int i = 0; i < COUNT; i++) {
      Promise<Integer> fired = Promise.apply();
      Future<Integer> end = fired.map(Steps.Functions.VALUES[Steps.MOST - 1]);
      handed[i] = fired;
      escape(fired, end);
    }
    handOver(trane);
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void rxjava() {
    for (int i = 0; i < COUNT; i++) {
      SingleSubject<Integer> fired = SingleSubject.create();
      Disposable end = fired.subscribe(Steps.Rx.LAST);
      handed[i] = fired;
      escape(fired, end);
    }
    handOver(rxjava);
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void stumbleupon() {
    for (int i = 0; i < COUNT; i++) {
      com.stumbleupon.async.Deferred<Integer> fired = new com.stumbleupon.async.Deferred<>();
      com.stumbleupon.async.Deferred<Integer> end =
          fired.addCallback(Steps.Stumbleupon.VALUES[Steps.MOST - 1]);
      handed[i] = fired;
      escape(fired, end);
    }
    handOver(stumbleupon);
  }

  @Benchmark
  @OperationsPerInvocation(COUNT)
  public void floor() {
    for (int i = 0; i < COUNT; i++) {
      ChainFloor fired = new ChainFloor();
      fired.add(Steps.Functions.VALUES[Steps.MOST - 1]);
      handed[i] = fired;
      escape(fired, fired);
    }
    handOver(floor);
  }
}
