package dev.twine.benchmarks;

import org.jspecify.annotations.Nullable;

/** A figure of one of ours, and what it should be at most. */
sealed interface Goal permits Amount, Ratio {

  /** So much more than the limit still counts as reached. */
  double TOLERANCE = 1.05;

  /** The figures of all rounds. */
  Quartiles rounds();

  /** What is to be reached, or null. */
  @Nullable Double limit();

  /** Whose figure it is, and the figure. */
  String text();

  /** Whether the limit, if there is one, is reached. */
  default boolean isReached() {
    Double limit = limit();
    return limit == null || rounds().median() <= limit * TOLERANCE;
  }

  /** As it stands in the table. */
  default String line() {
    return limit() == null ? text() : text() + ", to reach " + limit() + ": " + verdict();
  }

  private String verdict() {
    return isReached() ? "reached" : "NOT REACHED";
  }
}
