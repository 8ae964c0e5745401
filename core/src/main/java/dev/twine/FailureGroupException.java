package dev.twine;

import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Every member of a {@link Deferred#race(java.util.Collection) race} failed.
 *
 * <p>Its cause is the exception of the first member, the others are suppressed. It has no stack
 * trace of its own. Twisted's {@code FailureGroup}.
 *
 * @since 0.1
 */
public final class FailureGroupException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** Null after a deserialization: then they are made anew around cause and suppressed. */
  private final transient @Nullable List<Failure> failures;

  /**
   * Makes the exception.
   *
   * @param failures the failures in the order of the members; at least one
   * @throws IllegalArgumentException if there is none
   */
  public FailureGroupException(List<Failure> failures) {
    super("all " + failures.size() + " members failed", first(failures), true, false);
    this.failures = List.copyOf(failures);
    for (Failure other : failures.subList(1, failures.size())) {
      addSuppressed(other.value());
    }
  }

  /**
   * Gives the failures.
   *
   * @return an immutable list, in the order of the members
   */
  public List<Failure> failures() {
    if (failures != null) {
      return failures;
    }
    List<Failure> anew = new ArrayList<>();
    anew.add(new Failure(Objects.requireNonNull(getCause())));
    for (Throwable other : getSuppressed()) {
      anew.add(new Failure(other));
    }
    return List.copyOf(anew);
  }

  private static Throwable first(List<Failure> failures) {
    if (failures.isEmpty()) {
      throw new IllegalArgumentException("a group of failures needs at least one");
    }
    return failures.get(0).value();
  }
}
