package dev.twine;

import org.jspecify.annotations.Nullable;

/**
 * A side effect: looks at a result and gives none back.
 *
 * @param <A> what is looked at
 * @since 0.1
 */
@FunctionalInterface
public interface Effect<A extends @Nullable Object> {

  /**
   * Does something with a result.
   *
   * @param argument the current result; null is a result like any other
   * @throws Throwable if the effect failed; it is never wrapped
   */
  void call(A argument) throws Throwable;
}
