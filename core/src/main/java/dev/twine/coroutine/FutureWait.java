package dev.twine.coroutine;

import dev.twine.AlreadyCalledException;
import dev.twine.Deferred;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** A thread that waits for a future which tells nobody when it is done. */
final class FutureWait {

  private FutureWait() {}

  /** A Deferred for the future's result, fired on a thread of its own unless it is done. */
  static <T extends @Nullable Object> Deferred<T> of(Future<? extends T> future) {
    Deferred<T> result = new Deferred<>(cancelled -> future.cancel(true));
    if (future.isDone()) {
      deliver(future, result);
    } else {
      BodyThread.start(() -> deliver(future, result));
    }
    return result;
  }

  private static <T extends @Nullable Object> void deliver(
      Future<? extends T> future, Deferred<T> result) {
    T value;
    try {
      value = future.get();
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      tryFail(result, cause == null ? failed : cause);
      return;
    } catch (Throwable cancelled) {
      tryFail(result, cancelled);
      return;
    }
    try {
      result.callback(value);
    } catch (AlreadyCalledException cancelled) {
      // nobody waits any more
    } catch (IllegalArgumentException noValue) {
      tryFail(result, noValue);
    }
  }

  private static void tryFail(Deferred<?> result, Throwable thrown) {
    try {
      result.errback(thrown);
    } catch (AlreadyCalledException cancelled) {
      // nobody waits any more
    }
  }
}
