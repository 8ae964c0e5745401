package dev.twine.coroutine;

import static java.util.Objects.requireNonNull;

import dev.twine.Deferred;
import java.io.Serial;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a coroutine's Deferred is fired with when it is cancelled: its first errback takes this, and
 * makes the chain wait for another Deferred, which the coroutine then ends with.
 *
 * <p>Who keeps the exception, as those do who look on, keeps nothing of the coroutine by that.
 */
final class Cancelling extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** Null once it has been told. */
  private final transient AtomicReference<@Nullable Coroutine> coroutine;

  /** Null once it has been given. */
  private final transient AtomicReference<@Nullable Deferred<@Nullable Object>> next;

  Cancelling(Coroutine coroutine, Deferred<@Nullable Object> next) {
    super("a coroutine is being cancelled", null, false, false);
    this.coroutine = new AtomicReference<>(coroutine);
    this.next = new AtomicReference<>(next);
  }

  /** Cancels what the coroutine waits for, once. */
  void pass() {
    Coroutine cancelled = coroutine.getAndSet(null);
    if (cancelled != null) {
      cancelled.cancelAwaited();
    }
  }

  /** Does so from the errback; gives what the chain is to wait for. */
  Deferred<@Nullable Object> passOn() {
    Deferred<@Nullable Object> waitedFor = requireNonNull(next.getAndSet(null));
    pass();
    return waitedFor;
  }
}
