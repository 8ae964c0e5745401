package dev.twine.sync;

import dev.twine.OtherThread;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A race: two sides that begin at the same moment on two threads, round after round. */
final class TwoSides {

  /** One round, made anew each time. */
  interface Round {

    void left();

    void right();

    /** Both sides have ended; throws if the rule was broken. */
    void check();
  }

  /** How many there are in a race. */
  static final int ROUNDS = 2_000;

  /** Where the result of the work goes that delays a side. */
  static volatile int sink;

  /** How many sides have come to a round, or left one. */
  private final AtomicInteger arrived = new AtomicInteger();

  private volatile Round round;

  private TwoSides() {}

  static void race(Supplier<? extends Round> start) {
    TwoSides sides = new TwoSides();
    OtherThread right = OtherThread.start(() -> sides.runRight());
    sides.runLeft(start);
    right.join();
  }

  private void runLeft(Supplier<? extends Round> start) {
    for (int i = 0; i < ROUNDS; i++) {
      round = start.get();
      meet(4 * i + 2);
      delay();
      round.left();
      meet(4 * i + 4);
      round.check();
    }
  }

  private void runRight() {
    for (int i = 0; i < ROUNDS; i++) {
      meet(4 * i + 2);
      delay();
      round.right();
      meet(4 * i + 4);
    }
  }

  private void meet(int both) {
    arrived.incrementAndGet();
    long end = System.nanoTime() + 10_000_000_000L;
    for (int turns = 0; arrived.get() < both; turns++) {
      if (turns < 1_000) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
      if (turns % 1_024 == 1_023 && System.nanoTime() - end > 0) {
        throw new AssertionError("the other side does not come");
      }
    }
  }

  /** Some work of a random length, so that every order of two steps comes up. */
  private static void delay() {
    int length = ThreadLocalRandom.current().nextInt(1 << ThreadLocalRandom.current().nextInt(14));
    int value = length;
    for (int i = 0; i < length; i++) {
      value = value * 31 + i;
    }
    sink = value;
  }
}
