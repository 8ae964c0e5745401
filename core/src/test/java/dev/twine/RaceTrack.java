package dev.twine;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Two threads that do something at the same moment, again and again: the calling one is the left,
 * and another one, which lives as long as the track, the right.
 *
 * <p>They run a batch of rounds side by side. Before each round they wait for each other, but not
 * for long: where the processors are busy with something else, the one that has one goes on alone.
 * Then each side is held up for a random time, mostly a few nanoseconds and sometimes so long that
 * the other one is through; so every order of two steps comes up.
 */
final class RaceTrack implements AutoCloseable {

  /** How often one side looks whether the other one has come to the same round; once in a batch. */
  private static final int PATIENCE = 4_000;

  private static final long HANGING = TimeUnit.MINUTES.toNanos(3);

  private final Thread right = new Right();
  private final SplittableRandom randomLeft;
  private final SplittableRandom randomRight;

  /** What both run; written by the left thread before {@link #started}. */
  private RaceRound[] rounds = {};

  private volatile int started;
  private volatile int ended;
  private volatile int placeLeft;
  private volatile int placeRight;
  private volatile boolean closed;

  /** Each is written by its side before the batch ends. */
  private Throwable thrownLeft;

  private Throwable thrownRight;

  RaceTrack(long seed) {
    randomLeft = new SplittableRandom(seed);
    randomRight = randomLeft.split();
    right.start();
  }

  /** The thread of the right side. */
  final class Right extends Thread {

    Right() {
      super("right");
      setDaemon(true);
    }

    @Override
    public void run() {
      for (int batch = 1; ; batch++) {
        for (int turns = 0; started != batch; turns++) {
          if (closed) {
            return;
          }
          pass(turns);
        }
        runRight();
        ended = batch;
      }
    }
  }

  /** Runs some rounds on both threads, and returns when both are through. */
  void run(RaceRound... batch) throws Throwable {
    rounds = batch;
    placeLeft = -1;
    placeRight = -1;
    RaceRound.broken = false;
    int number = started + 1;
    started = number;
    runLeft();
    awaitRight(number);
    if (thrownLeft != null || thrownRight != null) {
      throw thrownLeft != null ? thrownLeft : thrownRight;
    }
  }

  private void runLeft() {
    int patience = PATIENCE;
    for (int i = 0; i < rounds.length; i++) {
      placeLeft = i;
      while (placeRight < i && patience > 0) {
        Thread.onSpinWait();
        patience--;
      }
      if (placeRight >= i) {
        patience = PATIENCE;
      }
      delay(randomLeft);
      try {
        rounds[i].left();
      } catch (Throwable thrown) {
        thrownLeft = thrownLeft == null ? thrown : thrownLeft;
        RaceRound.broken = true;
      }
    }
  }

  private void runRight() {
    int patience = PATIENCE;
    for (int i = 0; i < rounds.length; i++) {
      placeRight = i;
      while (placeLeft < i && patience > 0) {
        Thread.onSpinWait();
        patience--;
      }
      if (placeLeft >= i) {
        patience = PATIENCE;
      }
      delay(randomRight);
      try {
        rounds[i].right();
      } catch (Throwable thrown) {
        thrownRight = thrownRight == null ? thrown : thrownRight;
        RaceRound.broken = true;
      }
    }
  }

  private void awaitRight(int number) {
    long start = System.nanoTime();
    for (int turns = 0; ended != number; turns++) {
      pass(turns);
      if (turns % 1_024 == 1_023 && System.nanoTime() - start > HANGING) {
        throw new AssertionError(
            "the right side hangs at\n"
                + Arrays.stream(right.getStackTrace())
                    .map(frame -> "  " + frame)
                    .collect(Collectors.joining("\n")));
      }
    }
  }

  private static void delay(SplittableRandom random) {
    int kind = random.nextInt(1_024);
    if (kind == 0) {
      Thread.yield(); // on a single processor the other one comes first only so
    } else {
      RaceRound.dawdle(random.nextInt(1 << (kind < 16 ? 13 : random.nextInt(10))));
    }
  }

  private static void pass(int turns) {
    if (turns < 20_000) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
