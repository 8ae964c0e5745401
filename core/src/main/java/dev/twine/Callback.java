package dev.twine;

import org.jspecify.annotations.Nullable;

/**
 * One step of a chain: takes the current result and gives the next one, or throws.
 *
 * @param <A> the current result
 * @param <R> the next result
 * @since 0.1
 */
@FunctionalInterface
public interface Callback<A extends @Nullable Object, R extends @Nullable Object> {

  /**
   * Makes the next result of a chain out of the current one.
   *
   * @param argument the current result; null is a result like any other
   * @return the next result
   * @throws Throwable if the next result is a failure; it is never wrapped
   */
  R call(A argument) throws Throwable;
}
