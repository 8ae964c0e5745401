package dev.twine.benchmarks;

import dev.twine.Deferred;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.trane.future.Promise;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;

/** One that is made and fired, without any callback. */
public class CreateFire extends Row {

  /** Where nothing escapes, one looks at it in the end: else there would be nothing to check. */
  public static class Plain extends CreateFire {
    @Override
    boolean escapes() {
      return false;
    }
  }

  @Override
  int expected() {
    return 1;
  }

  /** In place of a callback that keeps what it gets. */
  private static void look(boolean isFired) {
    Steps.kept = isFired ? 1 : 0;
  }

  @Benchmark
  public void twine() {
    Deferred<Integer> fired = new Deferred<>();
    escape(fired, fired);
    fired.callback(ONE);
    look(escapes() || fired.isCalled());
  }

  @Benchmark
  public void completableFuture() {
    CompletableFuture<Integer> fired = new CompletableFuture<>();
    escape(fired, fired);
    fired.complete(ONE);
    look(escapes() || fired.isDone());
  }

  @Benchmark
  public void trane() {
    Promise<Integer> fired = Promise.apply();
    escape(fired, fired);
    fired.setValue(ONE);
    look(escapes() || fired.isDefined());
  }

  @Benchmark
  public void rxjava() {
    SingleSubject<Integer> fired = SingleSubject.create();
    escape(fired, fired);
    fired.onSuccess(ONE);
    look(escapes() || fired.hasValue());
  }

  @Benchmark
  public void stumbleupon() throws Exception {
    com.stumbleupon.async.Deferred<Integer> fired = new com.stumbleupon.async.Deferred<>();
    escape(fired, fired);
    fired.callback(ONE);
    look(escapes() || ONE.equals(fired.join()));
  }

  @Benchmark
  public void floor() {
    ChainFloor fired = new ChainFloor();
    escape(fired, fired);
    fired.fire(ONE);
    look(escapes() || fired.result() != null);
  }
}
