package dev.twine.linkcheck;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/** How a time is written for people: {@code 0.5 s}, {@code 12 s}. */
final class Seconds {

  private Seconds() {}

  /** Writes a time that a user has given, as it was given. */
  static String of(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
  }

  /** Writes a time that was measured; its later digits say nothing. */
  static String about(Duration time) {
    return BigDecimal.valueOf(time.toMillis(), 3).setScale(1, RoundingMode.HALF_UP) + " s";
  }
}
