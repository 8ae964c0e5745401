package dev.twine.benchmarks;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How many times the CPU time of another subject one of ours takes, or the bytes.
 *
 * @param ours one of ours
 * @param other whom it is compared with
 * @param rounds of the ratios of all rounds, each of two figures taken right after each other
 * @param limit the ratio to reach, or null
 */
record Ratio(Subject ours, Subject other, Quartiles rounds, @Nullable Double limit)
    implements Goal {

  @Override
  public String text() {
    return String.format(
        Locale.ROOT,
        "%s / %s %.3f (%.3f .. %.3f)",
        ours.method,
        other.method,
        rounds.median(),
        rounds.lower(),
        rounds.upper());
  }
}
