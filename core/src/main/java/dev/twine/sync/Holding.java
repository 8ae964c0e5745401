package dev.twine.sync;

import static java.util.Objects.requireNonNull;

import dev.twine.Action;
import dev.twine.Deferred;
import dev.twine.DeferredCallable;
import dev.twine.Failure;
import dev.twine.Outcome;
import java.util.concurrent.Callable;
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
    return acquired.chainCallback(
        permit -> {
          if (permit instanceof Token token && Deferred.getDebugging()) {
            token.run = acquired;
          }
          return Deferred.maybeDeferred(body).addBoth(outcome -> end(permit, outcome));
        });
  }

  /** A failure is passed on as it is: thrown once more, an interrupt would hit this thread. */
  @SuppressWarnings("unchecked") // a Failure is a result of any type
  private static <T extends @Nullable Object> T end(Permit permit, Outcome<T> outcome) {
    Failure failure = outcome.failureOrNull();
    giveBack(permit, failure);
    return failure == null ? outcome.get() : (T) failure;
  }

  /**
   * Where somebody has called {@code release} meanwhile, the permit is not there any more. What
   * follows is one {@code release} too many, as it is in Twisted.
   */
  private static void giveBack(Permit permit, @Nullable Failure failure) {
    if (!(permit instanceof Token token)) {
      permit.close();
    } else if (!token.closeIfOpen() && !token.closed && !token.closeOldest()) {
      NotHeldException notHeld =
          new NotHeldException("the permit of run() was given back before the body's result");
      if (failure != null) {
        notHeld.addSuppressed(failure.value());
      }
      throw notHeld;
    }
  }
}
