package dev.twine;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Deferred} was at one moment: the answer of {@link Deferred#state()}.
 *
 * <p>A snapshot is immutable, adds nothing to the chain, and neither takes nor handles a result.
 *
 * @param <T> the result of the Deferred
 * @since 0.1
 */
public sealed interface DeferredState<T extends @Nullable Object> {

  /**
   * Tells how often the Deferred is paused: calls of {@link Deferred#pause()} that no {@link
   * Deferred#unpause()} has answered. Waiting for another Deferred is no pause.
   *
   * @return a count, 0 or more
   */
  int pauses();

  /**
   * Has not been fired.
   *
   * @param pauses see {@link #pauses()}
   * @param <T> the result to come
   */
  record Unfired<T extends @Nullable Object>(int pauses) implements DeferredState<T> {}

  /**
   * Has been fired, and a thread runs its callbacks right now.
   *
   * @param pauses see {@link #pauses()}
   * @param <T> the result to come
   */
  record Running<T extends @Nullable Object>(int pauses) implements DeferredState<T> {}

  /**
   * Has been fired, and its chain waits for another Deferred that a callback returned.
   *
   * @param on the other Deferred
   * @param pauses see {@link #pauses()}
   * @param <T> the result to come
   */
  record Waiting<T extends @Nullable Object>(Deferred<?> on, int pauses)
      implements DeferredState<T> {}

  /**
   * Has a value; if paused, the value is held back.
   *
   * @param result the value
   * @param taken true if the value is null because another Deferred has taken the result
   * @param pauses see {@link #pauses()}
   * @param <T> the value
   */
  record Value<T extends @Nullable Object>(@Nullable T result, boolean taken, int pauses)
      implements DeferredState<T> {}

  /**
   * Has a failure; if paused, the failure is held back.
   *
   * @param failure what went wrong
   * @param pauses see {@link #pauses()}
   * @param <T> the value that did not come
   */
  record Failed<T extends @Nullable Object>(Failure failure, int pauses)
      implements DeferredState<T> {}
}
