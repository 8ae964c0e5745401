package dev.twine.benchmarks;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How many times the CPU time of another subject one of ours takes.
 *
 * @param ours one of ours
 * @param other whom it is compared with
 * @param rounds of the ratios of all rounds, each of two times taken right after each other
 * @param limit the ratio to reach, or null
 */
record Ratio(Subject ours, Subject other, Quartiles rounds, @Nullable Double limit) {

  /** So much more than the limit still counts as reached. */
  private static final double TOLERANCE = 1.05;

  /** Whether the limit, if there is one, is reached. */
  boolean isReached() {
    return limit == null || rounds.median() <= limit * TOLERANCE;
  }

  /** As it stands in the table. */
  String line() {
    String line =
        String.format(
            Locale.ROOT,
            "%s / %s %.3f (%.3f .. %.3f)",
            ours.method,
            other.method,
            rounds.median(),
            rounds.lower(),
            rounds.upper());
    return limit == null ? line : line + ", to reach " + limit + ": " + verdict();
  }

  private String verdict() {
    return isReached() ? "reached" : "NOT REACHED";
  }
}
