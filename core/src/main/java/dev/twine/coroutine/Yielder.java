package dev.twine.coroutine;

import org.jspecify.annotations.Nullable;

/**
 * Where the body of a {@link Generator} puts its values, one at a time.
 *
 * @param <T> the values
 * @since 0.1
 */
@FunctionalInterface
public interface Yielder<T extends @Nullable Object> {

  /**
   * Gives a value to whoever asks the generator for one, and comes back when the next one is asked
   * for.
   *
   * <p>Execution: on the body's own thread, which is suspended here; what follows runs on the turn
   * of whoever asks next.
   *
   * <p>If the generator is closed meanwhile, this throws an {@link Error} that ends the body, after
   * every {@code finally} on the way; don't catch it.
   *
   * @param value the next value; null is a value like any other
   * @throws IllegalStateException if this is called on another thread than the body's, as on one
   *     that the body has started; or if the body has ended; or inside a callback that the body has
   *     brought about, whose chain would stand still meanwhile
   */
  @SuppressWarnings(
      "NamedLikeContextualKeyword") // the usual word; it is always called on something
  void yield(T value);
}
