package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * A race of two threads: how a round of it is made, and the outcomes that are acceptable. Each of
 * these must really be seen, or there was no race.
 */
final class Race {

  /**
   * What the library logs in these races is part of them; kept here, as loggers are held weakly.
   */
  static final Logger LOG = Logger.getLogger("dev.twine");

  /** How much longer a race goes on if it has not seen all of its outcomes. */
  private static final int PATIENCE = 50;

  private final String name;
  private final int rounds;
  private final Supplier<? extends RaceRound> start;
  private final Set<String> outcomes;

  /** A race of many quick rounds. */
  Race(String name, Supplier<? extends RaceRound> start, String... outcomes) {
    this(name, 100_000, start, outcomes);
  }

  /**
   * Any race.
   *
   * @param name the two sides, as in "add × fire"
   * @param rounds how many there are in a test
   * @param start makes a round
   * @param outcomes all that are acceptable
   */
  Race(String name, int rounds, Supplier<? extends RaceRound> start, String... outcomes) {
    this.name = name;
    this.rounds = rounds;
    this.start = start;
    this.outcomes = Set.of(outcomes);
  }

  /** Runs the race as a test of its own. */
  void test() throws Throwable {
    try (RaceTrack track = new RaceTrack(name.hashCode())) {
      System.out.println(describe(run(track, rounds)));
    }
  }

  /** Runs a share of the race's rounds; gives how often each outcome was seen. */
  Map<String, Long> run(RaceTrack track, double share) throws Throwable {
    return run(track, (int) Math.max(1, rounds * share));
  }

  private Map<String, Long> run(RaceTrack track, int least) throws Throwable {
    Map<String, Long> seen = new TreeMap<>();
    long most = (long) PATIENCE * Math.max(least, 1_000);
    quietly(
        () -> {
          for (long n = 0; n < least || (n < most && !seen.keySet().containsAll(outcomes)); ) {
            RaceRound[] batch = batch();
            track.run(batch);
            for (RaceRound round : batch) {
              seen.merge(round.outcome(), 1L, Long::sum);
            }
            forget();
            n += batch.length;
          }
        });
    assertThat(seen.keySet()).as(name).isEqualTo(outcomes);
    return seen;
  }

  /** Drops what the probe of the tests keeps: reports that belong to these races, and Deferreds. */
  static void forget() {
    Reports.takenAgain();
    Reports.reported();
  }

  /** Keeps what the library logs to the handlers of the logger itself. */
  static void quietly(Action action) throws Throwable {
    boolean printed = LOG.getUseParentHandlers();
    LOG.setUseParentHandlers(false);
    try {
      action.run();
    } finally {
      LOG.setUseParentHandlers(printed);
    }
  }

  private RaceRound[] batch() {
    RaceRound[] batch = new RaceRound[Math.max(1, Math.min(rounds / 1_000, 64))];
    Arrays.setAll(batch, i -> start.get());
    return batch;
  }

  String describe(Map<String, Long> seen) {
    return name + ": " + seen;
  }
}
