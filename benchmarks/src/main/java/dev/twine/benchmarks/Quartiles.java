package dev.twine.benchmarks;

import java.util.Collection;

/**
 * The middle of some numbers, and between what bounds the middle half of them lies.
 *
 * @param lower a quarter of the numbers lies below
 * @param median half of them
 * @param upper three quarters
 */
record Quartiles(double lower, double median, double upper) {

  static Quartiles of(Collection<Double> numbers) {
    if (numbers.isEmpty()) {
      throw new IllegalArgumentException("no numbers");
    }
    double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
  }

  /** The number at a place between the first (0) and the last (1); between two, their mixture. */
  private static double at(double[] sorted, double place) {
    double index = place * (sorted.length - 1);
    int below = (int) index;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (index - below) * (sorted[above] - sorted[below]);
  }
}
