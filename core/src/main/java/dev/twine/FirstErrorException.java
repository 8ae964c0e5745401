package dev.twine;

import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The first failure among the members of a {@link DeferredList} or of {@link
 * Deferred#gatherResults(java.util.Collection) gatherResults}.
 *
 * <p>Its cause is the member's exception. It has no stack trace of its own: the place where a list
 * fires says nothing. Twisted's {@code FirstError}.
 *
 * @since 0.1
 */
public final class FirstErrorException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** The place of the member that failed. */
  private final int index;

  /** Null after a deserialization: then it is made anew around the cause. */
  private final transient @Nullable Failure failure;

  /**
   * Makes the exception.
   *
   * @param index the place of the member that failed, from 0
   * @param failure what went wrong there
   */
  public FirstErrorException(int index, Failure failure) {
    super(
        "member " + index + " failed: " + failure.value().getClass().getName(),
        failure.value(),
        true,
        false);
    this.index = index;
    this.failure = failure;
  }

  /**
   * Tells which member failed first.
   *
   * @return its place in the list, from 0
   */
  public int index() {
    return index;
  }

  /**
   * Tells what went wrong.
   *
   * @return the failure of the member
   */
  public Failure failure() {
    return failure != null ? failure : new Failure(Objects.requireNonNull(getCause()));
  }
}
