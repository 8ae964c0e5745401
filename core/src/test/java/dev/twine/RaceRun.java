package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Two threads that add, fire, cancel and pause at random, millions of times, and then the races of
 * the race tests. It prints how often each transition of a chain's state was seen, and how often
 * each race was lost by which side; none may be missing.
 *
 * <p>As a program it takes the number of rounds and perhaps the seed: {@code java dev.twine.RaceRun
 * 10000000 42}.
 */
public final class RaceRun {

  private static final int BATCH = 64;

  /** The number of rounds from which on the races of the tests get as many rounds as there. */
  private static final double FULL = 10_000_000;

  private static final List<Class<?>> RACES =
      List.of(
          FiringRaceTest.class,
          CancelRaceTest.class,
          PauseRaceTest.class,
          WaitingRaceTest.class,
          ListRaceTest.class,
          LookingRaceTest.class);

  /** How much longer the two threads go on if there is something that they have not seen. */
  private static final long PATIENCE = 10;

  private final long rounds;
  private final long seed;

  RaceRun(long rounds, long seed) {
    this.rounds = rounds;
    this.seed = seed;
  }

  /**
   * Runs it from a command line.
   *
   * @param args the number of rounds, 10 000 000 if missing, and the seed
   */
  public static void main(String[] args) throws Throwable {
    long rounds = args.length > 0 ? Long.parseLong(args[0]) : 10_000_000;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
    new RaceRun(rounds, seed).run();
  }

  void run() throws Throwable {
    System.out.println(rounds + " rounds of two threads, seed " + seed);
    try (RaceTrack track = new RaceTrack(seed)) {
      live(track);
      race(track);
    }
  }

  private void live(RaceTrack track) throws Throwable {
    SplittableRandom random = new SplittableRandom(seed);
    RaceCensus left = new RaceCensus();
    RaceCensus right = new RaceCensus();
    RaceLife[] lives = new RaceLife[BATCH];
    Race.quietly(
        () -> {
          for (long done = 0;
              done < rounds || (done < PATIENCE * rounds && isMissing(left, right));
              done += BATCH) {
            for (int i = 0; i < BATCH; i++) {
              lives[i] = new RaceLife(random, left, right);
            }
            track.run(lives);
            for (RaceLife life : lives) {
              life.outcome();
            }
            Race.forget();
          }
        });
    for (RaceCensus.Seen seen : RaceCensus.Seen.values()) {
      long count = left.of(seen) + right.of(seen);
      System.out.printf("%12d  %s%n", count, seen.text);
      assertThat(count).as(seen.text).isPositive();
    }
  }

  private static boolean isMissing(RaceCensus left, RaceCensus right) {
    return Arrays.stream(RaceCensus.Seen.values())
        .anyMatch(seen -> left.of(seen) + right.of(seen) == 0);
  }

  private void race(RaceTrack track) throws Throwable {
    for (Race race : races()) {
      System.out.println(race.describe(race.run(track, Math.min(1, rounds / FULL))));
    }
  }

  /** The races of the race tests. */
  private static List<Race> races() throws IllegalAccessException {
    List<Race> races = new ArrayList<>();
    for (Class<?> tests : RACES) {
      for (Field field : tests.getDeclaredFields()) {
        if (field.getType() == Race.class) {
          races.add((Race) field.get(null));
        }
      }
    }
    return races;
  }
}
