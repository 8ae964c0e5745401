package dev.twine.sync;

import java.time.Duration;

/**
 * A token bucket, in whole numbers: nothing is rounded, so no number of tokens drifts away from the
 * clock. Not thread-safe.
 *
 * <p>With {@code tokens} for each {@code per} nanoseconds, a nanosecond adds {@code tokens} drops,
 * and a token is {@code per} drops, both divided by what they have in common.
 */
final class Bucket {

  private final long dropsPerNano;
  private final long dropsPerToken;

  /** The drops of the burst. */
  private final long full;

  /**
   * As many as there may be after the nanosecond in which somebody's token comes: less than one
   * nanosecond's drops more than full, and less than a token. They aren't lost, or the tokens would
   * come too late.
   */
  private final long brim;

  /** From empty to the brim, rounded up. */
  private final long nanosToFill;

  private long drops;

  /** When the drops were counted, in nanoseconds. */
  private long counted;

  /**
   * A full bucket.
   *
   * @param tokens how many come in each period
   * @param per the period
   * @param burst how many the bucket holds
   * @param now the time, in nanoseconds
   */
  Bucket(int tokens, Duration per, int burst, long now) {
    long nanos = nanos(per);
    long divisor = greatestCommonDivisor(Limits.atLeastOne("the number of turns", tokens), nanos);
    this.dropsPerNano = tokens / divisor;
    this.dropsPerToken = nanos / divisor;
    long more = Math.min(dropsPerNano, dropsPerToken) - 1;
    this.brim = brim(Limits.atLeastOne("the burst", burst), dropsPerToken, more);
    this.full = burst * dropsPerToken;
    this.nanosToFill = ceilDiv(brim, dropsPerNano);
    this.drops = full;
    this.counted = now;
  }

  private static long nanos(Duration per) {
    if (per.isNegative() || per.isZero()) {
      throw new IllegalArgumentException("the period is " + per + "; it must be positive");
    }
    try {
      return per.toNanos();
    } catch (ArithmeticException tooLong) {
      throw new IllegalArgumentException("the period is " + per + ", over 292 years", tooLong);
    }
  }

  /** Euclid's: with fewer drops there is room for larger bursts. */
  private static long greatestCommonDivisor(long a, long b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  private static long brim(long burst, long dropsPerToken, long more) {
    try {
      return Math.addExact(Math.multiplyExact(burst, dropsPerToken), more);
    } catch (ArithmeticException tooMuch) {
      throw new IllegalArgumentException(
          "a burst of " + burst + " turns can't be counted exactly, at so many in each period",
          tooMuch);
    }
  }

  private static long ceilDiv(long dividend, long divisor) {
    return -Math.floorDiv(-dividend, divisor);
  }

  /** Takes a token out for somebody who need not wait; false if there is none. */
  boolean takeAtOnce(long now) {
    fill(now);
    drops = Math.min(full, drops); // nobody has waited for what is above
    return take(now);
  }

  /** Takes a token out for somebody who has waited; false if there is none. */
  boolean take(long now) {
    fill(now);
    if (drops < dropsPerToken) {
      return false;
    }
    drops -= dropsPerToken;
    return true;
  }

  /** Puts a token back that nobody has used. */
  void putBack() {
    drops = Math.min(brim - dropsPerToken, drops) + dropsPerToken;
  }

  /** How long it takes until there is a token, in nanoseconds. */
  long untilNext(long now) {
    fill(now);
    return Math.max(0, ceilDiv(dropsPerToken - drops, dropsPerNano));
  }

  private void fill(long now) {
    long nanos = now - counted;
    if (nanos <= 0) {
      return; // another thread has looked at the clock later, and was here before
    }
    counted = now;
    drops = nanos >= nanosToFill ? brim : Math.min(brim - drops, nanos * dropsPerNano) + drops;
  }
}
