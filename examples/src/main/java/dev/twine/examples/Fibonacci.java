package dev.twine.examples;

import java.math.BigInteger;
import java.util.function.IntConsumer;

/** Some work that takes its time, and keeps the thread busy that does it. */
final class Fibonacci {

  private Fibonacci() {}

  /** Computes the number at a place of the sequence, whose places 0 and 1 have 0 and 1. */
  static BigInteger number(int place) {
    return number(place, step -> {});
  }

  /** Computes it, and tells after each step, from 1 to {@code place}, how far it has come. */
  static BigInteger number(int place, IntConsumer progress) {
    BigInteger here = BigInteger.ZERO;
    BigInteger next = BigInteger.ONE;
    for (int step = 1; step <= place; step++) {
      BigInteger sum = here.add(next);
      here = next;
      next = sum;
      progress.accept(step);
    }
    return here;
  }
}
