package dev.twine.coroutine;

import static java.util.Objects.requireNonNull;

import dev.twine.Callback;
import dev.twine.Deferred;
import dev.twine.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What the body of a {@linkplain Coroutines#deferredGenerator deferred generator} yields to wait
 * for a Deferred, and then asks for the result.
 *
 * <p>To be used by one body, once. Yielded again it waits for what its Deferred has by then, which
 * is null usually: the first wait has taken the result.
 *
 * <p>This is Twisted's {@code defer.waitForDeferred}.
 *
 * @param <T> the result of the Deferred
 * @deprecated This is the legacy style, as in Twisted: use {@link Coroutines#inlineCallbacks} or
 *     {@link Coroutines#fromCoroutine}, and {@link Coroutines#await} in them.
 * @since 0.1
 */
@Deprecated
public final class WaitForDeferred<T extends @Nullable Object> {

  private final Deferred<T> deferred;

  /** Null until the result is there; written before the body goes on. */
  private volatile @Nullable Outcome<T> outcome;

  private volatile boolean asked;

  /**
   * Makes something to yield.
   *
   * @param deferred what to wait for
   */
  public WaitForDeferred(Deferred<T> deferred) {
    this.deferred = requireNonNull(deferred, "deferred");
  }

  /**
   * Gives the result, after this has been yielded. Whoever yields this must also call this method.
   *
   * <p>Whatever the Deferred failed with is thrown, the very object, also a checked exception,
   * which is not declared.
   *
   * @return the value
   * @throws IllegalStateException if this has not been yielded before
   */
  public T getResult() {
    Outcome<T> there = outcome;
    if (there == null) {
      throw Misuse.notYielded();
    }
    asked = true;
    return Ready.get(there);
  }

  /** Takes the result when it is there, and then has something done; at once if it is. */
  @SuppressWarnings("CheckReturnValue") // the chain is left with null
  void begin(Runnable then) {
    Callback<Outcome<T>, @Nullable Object> taking =
        delivered -> {
          outcome = delivered;
          asked = false;
          then.run();
          return null;
        };
    deferred.addBoth(taking);
  }

  /** Whether the body has asked for the result. */
  boolean isAsked() {
    return asked;
  }

  /** What the body has not asked for, if that is a failure. */
  @Nullable Throwable failureOrNull() {
    return outcome instanceof Outcome.Failed<T> failed ? failed.failure().value() : null;
  }
}
