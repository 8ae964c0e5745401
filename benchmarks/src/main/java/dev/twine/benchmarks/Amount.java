package dev.twine.benchmarks;

import java.util.Locale;

/**
 * What one of ours takes by itself, where that is to be reached.
 *
 * @param ours one of ours
 * @param figure nanoseconds of CPU time, or bytes
 * @param rounds what it took in all rounds
 * @param limit what it should take at most
 */
record Amount(Subject ours, Figure figure, Quartiles rounds, Double limit) implements Goal {

  @Override
  public String text() {
    return String.format(
        Locale.ROOT,
        "%s %.2f %s (%.2f .. %.2f)",
        ours.method,
        rounds.median(),
        figure,
        rounds.lower(),
        rounds.upper());
  }
}
