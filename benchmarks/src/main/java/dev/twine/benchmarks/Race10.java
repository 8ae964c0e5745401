package dev.twine.benchmarks;

import dev.twine.Deferred;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.trane.future.Future;
import io.trane.future.Promise;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;

/** Ten callbacks on a pending one, while another thread fires it. */
@SuppressWarnings("unchecked") // each subject gets back what it has put into the field
public class Race10 extends TwoThreads {

  /** What the other thread is to fire. */
  private Object shared = this;

  final Runnable twine = () -> ((Deferred<Integer>) shared).callback(ONE);

  final Runnable completableFuture = () -> ((CompletableFuture<Integer>) shared).complete(ONE);

  final Runnable trane = () -> ((Promise<Integer>) shared).setValue(ONE);

  final Runnable rxjava = () -> ((SingleSubject<Integer>) shared).onSuccess(ONE);

  final Runnable stumbleupon =
      () -> ((com.stumbleupon.async.Deferred<Integer>) shared).callback(ONE);

  final Runnable floor = () -> ((ChainFloor) shared).fire(ONE);

  @Override
  int expected() {
    return 11;
  }

  private void begin(Object fired, Runnable firing) {
    shared = fired;
    other().begin(firing);
  }

  private void end(Object end) {
    other().await();
    escape(shared, end);
  }

  @Benchmark
  public void twine() {
    Deferred<Integer> fired = new Deferred<>();
    begin(fired, twine);
    Deferred<Integer> end = fired;
    for (int i = Steps.MOST - 10; i < Steps.MOST; i++) {
      end = end.addCallback(Steps.Twine.VALUES[i]);
    }
    end(end);
  }

  @Benchmark
  public void completableFuture() {
    CompletableFuture<Integer> fired = new CompletableFuture<>();
    begin(fired, completableFuture);
    CompletableFuture<Integer> end = fired;
    for (int i = Steps.MOST - 10; i < Steps.MOST; i++) {
      end = end.thenApply(Steps.Functions.VALUES[i]);
    }
    end(end);
  }

  @Benchmark
  public void trane() {
    Promise<Integer> fired = Promise.apply();
    begin(fired, trane);
    Future<Integer> end = fired;
    for (int i = Steps.MOST - 10; i < Steps.MOST; i++) {
      end = end.map(Steps.Functions.VALUES[i]);
    }
    end(end);
  }

  /** Nothing happens until the end is subscribed to: only that races. */
  @Benchmark
  public void rxjava() {
    SingleSubject<Integer> fired = SingleSubject.create();
    begin(fired, rxjava);
    Single<Integer> end = fired;
    for (int i = Steps.MOST - 10; i < Steps.MOST - 1; i++) {
      end = end.map(Steps.Rx.VALUES[i]);
    }
    end(end.subscribe(Steps.Rx.LAST));
  }

  @Benchmark
  public void stumbleupon() {
    com.stumbleupon.async.Deferred<Integer> fired = new com.stumbleupon.async.Deferred<>();
    begin(fired, stumbleupon);
    com.stumbleupon.async.Deferred<Integer> end = fired;
    for (int i = Steps.MOST - 10; i < Steps.MOST; i++) {
      end = end.addCallback(Steps.Stumbleupon.VALUES[i]);
    }
    end(end);
  }

  @Benchmark
  public void floor() {
    ChainFloor fired = new ChainFloor();
    begin(fired, floor);
    for (int i = Steps.MOST - 10; i < Steps.MOST; i++) {
      fired.add(Steps.Functions.VALUES[i]);
    }
    end(fired);
  }
}
