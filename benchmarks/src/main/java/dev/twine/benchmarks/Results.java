package dev.twine.benchmarks;

import dev.twine.Deferred;
import io.reactivex.rxjava3.disposables.Disposable;
import io.reactivex.rxjava3.subjects.SingleSubject;
import io.trane.future.Future;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads a result out of an object of any subject, as its own users would. */
final class Results {

  private Results() {}

  /** The result that stands at the end; an exception if there is none. */
  static @Nullable Object of(Object fired, @Nullable Object ended) throws Exception {
    if (ended instanceof Deferred<?> deferred) {
      return deferred.get(Duration.ZERO);
    }
    if (ended instanceof CompletableFuture<?> future) {
      return future.getNow(null);
    }
    if (ended instanceof kotlinx.coroutines.Deferred<?> deferred) {
      return deferred.getCompleted();
    }
    if (ended instanceof Future<?> future) {
      return future.get(Duration.ZERO);
    }
    if (ended instanceof com.stumbleupon.async.Deferred<?> deferred) {
      return deferred.join(1);
    }
    if (ended instanceof Floor floor) {
      return floor.result();
    }
    if (ended instanceof SingleSubject<?> subject) {
      return subject.getValue();
    }
    if (ended instanceof Disposable subscription) {
      return subscription.isDisposed() ? Steps.kept : null; // the end has no object with a result
    }
    throw new IllegalArgumentException("no subject makes a " + ended + ", " + fired);
  }
}
