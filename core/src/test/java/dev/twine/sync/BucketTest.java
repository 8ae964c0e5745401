package dev.twine.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BucketTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long NANOS = 1_000_000_000;

  @Test
  void aNewBucketIsFull() {
    Bucket bucket = new Bucket(1, SECOND, 3, 0);

    assertThat(taken(bucket, 0)).isEqualTo(3);
    assertThat(bucket.untilNext(0)).isEqualTo(NANOS);
  }

  @Test
  void theTimeMayBeginAnywhere() {
    for (long origin : new long[] {-5, Long.MIN_VALUE, Long.MAX_VALUE - 1}) {
      Bucket bucket = new Bucket(1, SECOND, 3, origin);
      assertThat(taken(bucket, origin)).isEqualTo(3);
      assertThat(taken(bucket, origin + 2 * NANOS)).isEqualTo(2);
    }
  }

  @Test
  void aTokenComesAtItsNanosecondAndNotBefore() {
    Bucket bucket = new Bucket(3, SECOND, 1, 0);
    assertThat(bucket.take(0)).isTrue();

    assertThat(bucket.untilNext(0)).isEqualTo(333_333_334);
    assertThat(bucket.take(333_333_333)).isFalse();
    assertThat(bucket.untilNext(333_333_333)).isEqualTo(1);
    assertThat(bucket.take(333_333_334)).isTrue();
    assertThat(bucket.take(666_666_666)).isFalse();
    assertThat(bucket.take(666_666_667)).isTrue();
    assertThat(bucket.take(999_999_999)).isFalse();
    assertThat(bucket.take(NANOS)).isTrue();
  }

  @Test
  void whatIsLeftOverIsNotLost() {
    Bucket bucket = new Bucket(7, Duration.ofMillis(13), 1, 0);
    assertThat(bucket.take(0)).isTrue();
    long now = 0;

    for (int i = 0; i < 7_000; i++) {
      now += bucket.untilNext(now);
      assertThat(bucket.take(now)).isTrue();
    }

    assertThat(now).isEqualTo(13_000_000L * 1_000);
  }

  @Test
  void whatNobodyHasWaitedForIsLost() {
    Bucket bucket = new Bucket(3, SECOND, 1, 0);
    assertThat(bucket.takeAtOnce(0)).isTrue();

    assertThat(bucket.takeAtOnce(333_333_333)).isFalse();
    assertThat(bucket.takeAtOnce(333_333_334)).isTrue();
    assertThat(bucket.take(666_666_667)).isFalse();
    assertThat(bucket.take(666_666_668)).isTrue();
  }

  @Test
  void severalInANanosecondAreNotLostEither() {
    Bucket bucket = new Bucket(7, Duration.ofNanos(3), 3, 0);
    assertThat(taken(bucket, 0)).isEqualTo(3);

    for (int now = 1; now <= 300; now++) {
      assertThat(taken(bucket, now)).isEqualTo(now * 7 / 3 - (now - 1) * 7 / 3);
    }
  }

  @Test
  void noMoreThanTheBurstIsKept() {
    Bucket bucket = new Bucket(10, SECOND, 4, 0);
    assertThat(taken(bucket, 0)).isEqualTo(4);

    assertThat(taken(bucket, 3_600 * NANOS)).isEqualTo(4);
  }

  @Test
  void aTokenThatIsThereNeedsNoWaiting() {
    assertThat(new Bucket(1, SECOND, 1, 0).untilNext(0)).isZero();
  }

  @Test
  void aTimeThatIsPastAddsAndTakesNothing() {
    Bucket bucket = new Bucket(1, SECOND, 2, 10 * NANOS);
    assertThat(taken(bucket, 9 * NANOS)).isEqualTo(2);

    assertThat(bucket.take(0)).isFalse();
    assertThat(bucket.take(11 * NANOS - 1)).isFalse();
    assertThat(bucket.take(11 * NANOS)).isTrue();
  }

  @Test
  void whatIsPutBackCanBeTaken() {
    Bucket bucket = new Bucket(1, SECOND, 2, 0);
    assertThat(taken(bucket, 0)).isEqualTo(2);

    bucket.putBack();

    assertThat(taken(bucket, 0)).isEqualTo(1);
    assertThat(bucket.untilNext(0)).isEqualTo(NANOS);
  }

  @Test
  void whatIsPutIntoAFullBucketIsNotKept() {
    Bucket bucket = new Bucket(1, SECOND, 2, 0);
    assertThat(bucket.take(0)).isTrue();

    bucket.putBack();
    bucket.putBack();

    assertThat(taken(bucket, 0)).isEqualTo(2);
  }

  @Test
  void theLargestBurstsAreCountedExactly() {
    for (int burst : new int[] {1, 2}) {
      Duration century = Duration.ofDays(36_524).multipliedBy(burst == 1 ? 2 : 1);
      Bucket bucket = new Bucket(1, century, burst, 0);
      assertThat(taken(bucket, 0)).isEqualTo(burst);
      assertThat(bucket.untilNext(0)).isEqualTo(century.toNanos());
      long half = century.toNanos() / 2;
      assertThat(bucket.take(half)).isFalse();
      assertThat(bucket.take(2 * half)).isTrue();
      bucket.putBack();
      assertThat(taken(bucket, 2 * half)).isEqualTo(1);
    }
  }

  @Test
  void aNearlyFullBucketOfTheLargestSizeBecomesFull() {
    Bucket bucket = new Bucket(1_999_999, Duration.ofHours(1), 2_000_000, 0);
    for (int i = 0; i < 900_000; i++) {
      assertThat(bucket.take(0)).isTrue();
    }

    assertThat(bucket.take(3_599 * NANOS)).isTrue(); // drops of half a bucket and of an hour
    assertThat(taken(bucket, 3_599 * NANOS)).isEqualTo(1_999_999);
  }

  @Test
  void aMillionADayCanBeKept() {
    Bucket bucket = new Bucket(1_000_000, Duration.ofDays(1), 1_000_000, 0);

    assertThat(taken(bucket, 0)).isEqualTo(1_000_000);
    assertThat(bucket.untilNext(0)).isEqualTo(86_400_000);
    assertThat(taken(bucket, 86_400_000L * 10)).isEqualTo(10);
  }

  @Test
  void theLargestNumberInTheShortestTimeIsAlwaysThere() {
    Bucket bucket = new Bucket(Integer.MAX_VALUE, Duration.ofNanos(1), 5, 0);

    assertThat(taken(bucket, 0)).isEqualTo(5);
    assertThat(taken(bucket, 1)).isEqualTo(5);
    assertThat(taken(bucket, Long.MAX_VALUE)).isEqualTo(5);
  }

  @Test
  void numbersBelowOneAreRefused() {
    assertRefused(0, SECOND, 1, "the number of turns is 0; it is at least 1");
    assertRefused(-1, SECOND, 1, "the number of turns is -1; it is at least 1");
    assertRefused(1, SECOND, 0, "the burst is 0; it is at least 1");
    assertRefused(1, Duration.ZERO, 1, "the period is PT0S; it must be positive");
    assertRefused(1, Duration.ofSeconds(-1), 1, "the period is PT-1S; it must be positive");
  }

  @Test
  void timesThatCanNotBeCountedAreRefused() {
    Duration long300 = Duration.ofDays(300 * 365);
    assertRefused(1, long300, 1, "the period is PT2628000H, over 292 years");
    assertRefused(
        1,
        Duration.ofDays(365),
        300,
        "a burst of 300 turns can't be counted exactly, at so many in each period");
  }

  private static void assertRefused(int tokens, Duration per, int burst, String message) {
    assertThatThrownBy(() -> new Bucket(tokens, per, burst, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static int taken(Bucket bucket, long now) {
    int taken = 0;
    while (bucket.take(now)) {
      taken++;
    }
    return taken;
  }
}
