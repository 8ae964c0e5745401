package dev.twine;

import org.jspecify.annotations.Nullable;

/**
 * A step of a chain with three arguments.
 *
 * @param <A> the first argument
 * @param <B> the second argument
 * @param <C> the third argument
 * @param <R> the result
 * @since 0.1
 */
@FunctionalInterface
public interface Callback3<
    A extends @Nullable Object,
    B extends @Nullable Object,
    C extends @Nullable Object,
    R extends @Nullable Object> {

  /**
   * Makes a result out of three arguments.
   *
   * @param a the first argument
   * @param b the second argument
   * @param c the third argument
   * @return the result
   * @throws Throwable if the result is a failure; it is never wrapped
   */
  R call(A a, B b, C c) throws Throwable;
}
