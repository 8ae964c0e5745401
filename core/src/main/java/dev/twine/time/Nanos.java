package dev.twine.time;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** Times as whole nanoseconds in a long, cut down to {@link Long#MAX_VALUE} (292 years). */
final class Nanos {

  private Nanos() {}

  static long of(Duration time) {
    try {
      return time.toNanos();
    } catch (ArithmeticException tooLong) {
      return time.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  /** The length of a time span that must not be negative. */
  static long ofSpan(Duration span, String name) {
    if (requireNonNull(span, name).isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative but is " + span);
    }
    return of(span);
  }

  /** The time that is a span, zero or more, after another time. */
  static long plus(long time, long span) {
    long sum = time + span;
    return sum < time ? Long.MAX_VALUE : sum;
  }
}
