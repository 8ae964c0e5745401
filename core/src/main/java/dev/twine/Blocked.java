package dev.twine;

import org.jspecify.annotations.Nullable;

/**
 * A canceller that knows which other Deferred has to fire before its own can.
 *
 * <p>A Deferred that waits because a callback returned another one shows what it waits for; one
 * that somebody will fire, when a lock is free, does not. With a canceller of this kind it does,
 * and so a circle is found, with {@linkplain Deferred#setDebugging debugging} on, that goes through
 * locks: the callback that closes it fails, instead of waiting for ever.
 *
 * <p>Execution: any thread may ask, at any time, also for a Deferred that has been fired meanwhile.
 *
 * @param <T> the result of the Deferred that is cancelled
 * @since 0.1
 */
public interface Blocked<T extends @Nullable Object> extends Effect<Deferred<T>> {

  /**
   * The Deferred that has to fire first.
   *
   * @return the Deferred, or null if there is none, more than one, or it is not known
   */
  @Nullable Deferred<?> blocker();
}
