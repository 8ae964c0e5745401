package dev.twine.coroutine;

import org.jspecify.annotations.Nullable;

/**
 * A function with three arguments, as those that {@link Coroutines#inlineCallbacks} makes.
 *
 * @param <A> the first argument
 * @param <B> the second argument
 * @param <C> the third argument
 * @param <R> the result
 * @since 0.1
 */
@FunctionalInterface
public interface Function3<
    A extends @Nullable Object,
    B extends @Nullable Object,
    C extends @Nullable Object,
    R extends @Nullable Object> {

  /**
   * Calls the function.
   *
   * @param a the first argument
   * @param b the second argument
   * @param c the third argument
   * @return the result
   */
  R apply(A a, B b, C c);
}
