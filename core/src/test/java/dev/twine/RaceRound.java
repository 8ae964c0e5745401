package dev.twine;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * One round of a race: made anew each time, its two sides are then run at once by the two threads
 * of a {@link RaceTrack}.
 */
abstract class RaceRound {

  /** Where results of empty work go, so that the compiler can't leave it out. */
  static volatile int sink;

  /** A side has thrown; the other one need not wait for it. */
  static volatile boolean broken;

  /**
   * For a race that is on only while a callback runs: the callback runs, the other one has seen it.
   */
  private volatile boolean begun;

  private volatile boolean seen;

  abstract void left() throws Throwable;

  abstract void right() throws Throwable;

  /**
   * Called on the left thread after both sides have ended.
   *
   * @return which of the acceptable outcomes it was
   * @throws AssertionError if the rule was broken
   */
  abstract String outcome() throws Throwable;

  /**
   * In the callback, or whatever takes some time: lets the other side come, but not for long, and
   * goes on for a while.
   */
  final void begin() {
    begun = true;
    for (int turns = 0; !seen && turns < 500; turns++) {
      Thread.onSpinWait();
    }
    linger();
  }

  /** On the other side: waits for the callback. */
  final void awaitBegin() {
    await(() -> begun);
    seen = true;
    dawdle();
  }

  /** Which of the two threads runs this. */
  static String side() {
    return Thread.currentThread() instanceof RaceTrack.Right ? "right" : "left";
  }

  /** Some work of a random length, mostly very short. */
  static void dawdle() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    dawdle(random.nextInt(1 << random.nextInt(10)));
  }

  /** Some work of about the time in which the other side hears of something. */
  static void linger() {
    dawdle(ThreadLocalRandom.current().nextInt(1_000));
  }

  /** Some work, in units of about a nanosecond. */
  static void dawdle(int length) {
    int value = length;
    for (int i = 0; i < length; i++) {
      value = value * 31 + i;
    }
    if (value == 42) {
      sink = value;
    }
  }

  /** Waits for something that the other side does. */
  static void await(BooleanSupplier fact) {
    for (long turns = 0; !fact.getAsBoolean(); turns++) {
      if (broken) {
        throw new AssertionError("the other side won't come to what this one waits for");
      } else if (turns < 1_000) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  /** Adds one function for values and failures alike; it sees a failure as such. */
  static void then(Deferred<?> deferred, Callback<Object, Object> callback) {
    deferred.add(callback, callback);
  }

  /** Fires; false if somebody else has done so. */
  static boolean fires(Deferred<Object> deferred, Object value) {
    try {
      deferred.callback(value);
      return true;
    } catch (AlreadyCalledException lost) {
      return false;
    }
  }

  /** Whether a raw result of a chain says that it was cancelled. */
  static boolean isCancellation(Object result) {
    return result instanceof Failure failure && failure.value() instanceof Cancelled;
  }
}
