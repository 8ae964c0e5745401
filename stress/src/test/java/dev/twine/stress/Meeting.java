package dev.twine.stress;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the two actors of a sample wait for each other, so that what they do next falls together.
 * Without it the quicker one is soon far ahead, and the slower one sees only what is long over.
 */
final class Meeting {

  /** After so many looks the other one has probably been put to sleep for the sake of this one. */
  private static final int PATIENCE = 1_000;

  private final AtomicInteger here = new AtomicInteger();

  /** Comes to the meeting, and goes on when the other one has come, too. */
  void attend() {
    here.incrementAndGet();
    for (int looks = 0; here.get() < 2; looks++) {
      if (looks < PATIENCE) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  /** Comes to the meeting, and lingers there for a moment that is different each time. */
  void attendAndLinger() {
    attend();
    linger();
  }

  /** Lets a while pass: up to about the time that a small operation takes. */
  static void linger() {
    linger(8);
  }

  /** Lets a while pass that is different each time, of less than so many moments. */
  static void linger(int most) {
    for (int moments = ThreadLocalRandom.current().nextInt(most); moments > 0; moments--) {
      Thread.onSpinWait();
    }
  }
}
