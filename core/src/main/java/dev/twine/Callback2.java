package dev.twine;

import org.jspecify.annotations.Nullable;

/**
 * A step of a chain with two arguments.
 *
 * @param <A> the first argument
 * @param <B> the second argument
 * @param <R> the result
 * @since 0.1
 */
@FunctionalInterface
public interface Callback2<
    A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> {

  /**
   * Makes a result out of two arguments.
   *
   * @param a the first argument
   * @param b the second argument
   * @return the result
   * @throws Throwable if the result is a failure; it is never wrapped
   */
  R call(A a, B b) throws Throwable;
}
