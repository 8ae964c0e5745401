package dev.twine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value or a failure: what {@link Deferred#addBoth addBoth} receives, and the elements of a
 * {@link DeferredList}.
 *
 * <p>Outcomes are immutable and equal if their contents are; where patterns are available they
 * match in a {@code switch}.
 *
 * @param <T> the value of a success
 * @since 0.1
 */
public sealed interface Outcome<T extends @Nullable Object> {

  /**
   * The work succeeded.
   *
   * @param value its result; null is a result like any other
   * @param <T> the value
   */
  record Success<T extends @Nullable Object>(T value) implements Outcome<T> {}

  /**
   * The work failed.
   *
   * @param failure what went wrong
   * @param <T> the value that did not come
   */
  record Failed<T extends @Nullable Object>(Failure failure) implements Outcome<T> {

    /**
     * Makes a failed outcome.
     *
     * @param failure what went wrong
     */
    public Failed {
      Objects.requireNonNull(failure, "failure");
    }
  }

  /**
   * Tells a success from a failure.
   *
   * @return true if this is a {@link Success}
   */
  default boolean isSuccess() {
    return this instanceof Success;
  }

  /**
   * Gives the value, or throws the very exception that the work failed with, checked or not.
   *
   * @return the value of a success
   */
  default T get() {
    if (this instanceof Success<T> success) {
      return success.value();
    }
    return ((Failed<T>) this).failure().raise();
  }

  /**
   * Gives the failure, if this is one.
   *
   * @return the failure, or null if this is a success
   */
  default @Nullable Failure failureOrNull() {
    return this instanceof Failed<T> failed ? failed.failure() : null;
  }
}
