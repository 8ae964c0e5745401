package dev.twine.coroutine;

import org.jspecify.annotations.Nullable;

/**
 * The body of a coroutine with four arguments.
 *
 * @param <A> the first argument
 * @param <B> the second argument
 * @param <C> the third argument
 * @param <D> the fourth argument
 * @param <R> the result
 * @since 0.1
 */
@FunctionalInterface
public interface Callback4<
    A extends @Nullable Object,
    B extends @Nullable Object,
    C extends @Nullable Object,
    D extends @Nullable Object,
    R extends @Nullable Object> {

  /**
   * Makes a result out of four arguments.
   *
   * @param a the first argument
   * @param b the second argument
   * @param c the third argument
   * @param d the fourth argument
   * @return the result
   * @throws Throwable if the result is a failure; it is never wrapped
   */
  R call(A a, B b, C c, D d) throws Throwable;
}
