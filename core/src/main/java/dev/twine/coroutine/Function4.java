package dev.twine.coroutine;

import org.jspecify.annotations.Nullable;

/**
 * A function with four arguments, as those that {@link Coroutines#inlineCallbacks} makes.
 *
 * @param <A> the first argument
 * @param <B> the second argument
 * @param <C> the third argument
 * @param <D> the fourth argument
 * @param <R> the result
 * @since 0.1
 */
@FunctionalInterface
public interface Function4<
    A extends @Nullable Object,
    B extends @Nullable Object,
    C extends @Nullable Object,
    D extends @Nullable Object,
    R extends @Nullable Object> {

  /**
   * Calls the function.
   *
   * @param a the first argument
   * @param b the second argument
   * @param c the third argument
   * @param d the fourth argument
   * @return the result
   */
  R apply(A a, B b, C c, D d);
}
