package dev.twine.sync;

import static java.util.Objects.requireNonNull;

import dev.twine.Action;
import dev.twine.Deferred;
import dev.twine.DeferredCallable;
import dev.twine.Failure;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A body that is called with a permit, which is given back when its result is there. */
final class Holding {

  private Holding() {}

  static <T extends @Nullable Object> DeferredCallable<T> deferring(Callable<T> body) {
    requireNonNull(body, "body");
    return () -> Deferred.maybeDeferred(body);
  }

  static DeferredCallable<@Nullable Void> deferring(Action body) {
    requireNonNull(body, "body");
    return () -> Deferred.maybeDeferred(body);
  }

  static <T extends @Nullable Object> Deferred<T> run(
      PermitSource source, @Nullable String name, DeferredCallable<T> body) {
    requireNonNull(body, "body");
    Deferred<Permit> acquired = name == null ? source.acquire() : source.acquire(name);
    return Deferred.getDebugging()
        ? runWatched(acquired, body)
        : acquired.chainCallback(permit -> call(body, permit));
  }

  private static <T extends @Nullable Object> Deferred<T> call(
      DeferredCallable<T> body, Permit permit) {
    return Deferred.maybeDeferred(body)
        .addBoth(
            outcome -> {
              giveBack(permit, outcome.failureOrNull());
              return outcome.get();
            });
  }

  /**
   * The same, but who waits for the permit can see what it is held for. If that turns out to be a
   * circle, the chain fails here although the body's Deferred has not fired: then that one will
   * never, unless it is cancelled.
   */
  private static <T extends @Nullable Object> Deferred<T> runWatched(
      Deferred<Permit> acquired, DeferredCallable<T> body) {
    AtomicReference<@Nullable Deferred<T>> called = new AtomicReference<>();
    return acquired
        .chainCallback(
            permit -> {
              if (permit instanceof Token token) {
                token.run = acquired;
              }
              Deferred<T> result = call(body, permit);
              called.set(result);
              return result;
            })
        .onFailure(
            failure -> {
              Deferred<T> result = called.get();
              if (result != null && !result.isCalled()) {
                result.cancel();
                result.consumeErrors(known -> {});
              }
            });
  }

  /**
   * Where somebody has called {@code release} meanwhile, the permit is not there any more. What
   * follows is one {@code release} too many, as it is in Twisted.
   */
  private static void giveBack(Permit permit, @Nullable Failure failure) {
    if (!(permit instanceof Token token)) {
      permit.close();
    } else if (!token.isClosedNow() && !token.isAnotherClosed()) {
      NotHeldException notHeld =
          new NotHeldException("the permit of run() was given back before the body's result");
      if (failure != null) {
        notHeld.addSuppressed(failure.value());
      }
      throw notHeld;
    }
  }
}
