package dev.twine;

import org.jspecify.annotations.Nullable;

/**
 * Work whose result may come later: a body without arguments that gives a {@link Deferred}.
 *
 * @param <T> the result
 * @since 0.1
 */
@FunctionalInterface
public interface DeferredCallable<T extends @Nullable Object> {

  /**
   * Starts the work.
   *
   * @return the result of the work, perhaps not there yet; null stands for the result null
   * @throws Throwable if the work could not be started; it is never wrapped
   */
  Deferred<? extends T> call() throws Throwable;
}
