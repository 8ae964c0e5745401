package dev.twine.testing;

import static java.util.Objects.requireNonNull;

import dev.twine.Effect;

/**
 * Tries the orders in which the tasks of a scenario may run, each from a seed, and says which seed
 * makes it fail.
 *
 * {@snippet class=TestingSnippets region=interleaving lang=java}
 *
 * <p>A scenario is given a new {@link InterleavingScheduler}, uses that wherever it needs an
 * executor or the time, runs it, and asserts something. It is called many times, so whatever it
 * needs it has to make itself; and the order must depend on the seed only, so it has to use one
 * thread and no other source of chance.
 *
 * <p>The first seed is that of the system property {@value #SEED}, if it is set, else 0. That is
 * one more way to come back to a failure: the run with the seed of the failure is the first one
 * then.
 *
 * @since 0.1
 */
public final class Interleavings {

  /** The system property that says with which seed to begin: a whole number. */
  public static final String SEED = "dev.twine.testing.seed";

  private Interleavings() {}

  /**
   * Runs a scenario with so many seeds.
   *
   * @param seeds how many, 1 or more
   * @param scenario the scenario
   * @throws AssertionError if it throws anything; the message says with which seed, and that is its
   *     cause. The seeds after that one are not tried
   * @throws IllegalArgumentException if there is no seed to try, or the system property is no whole
   *     number
   */
  public static void explore(int seeds, Effect<? super InterleavingScheduler> scenario) {
    String first = System.getProperty(SEED, "0");
    explore(Long.parseLong(first.strip()), seeds, scenario);
  }

  /**
   * Runs a scenario with so many seeds, from a certain one on; the system property is not looked
   * at.
   *
   * @param first the first seed; the others are one more each
   * @param seeds how many, 1 or more
   * @param scenario the scenario
   * @throws AssertionError if it throws anything; the message says with which seed, and that is its
   *     cause. The seeds after that one are not tried
   * @throws IllegalArgumentException if there is no seed to try
   */
  public static void explore(
      long first, int seeds, Effect<? super InterleavingScheduler> scenario) {
    requireNonNull(scenario, "scenario");
    if (seeds < 1) {
      throw new IllegalArgumentException("at least one seed has to be tried, not " + seeds);
    }
    for (long seed = first; seed - first < seeds; seed++) {
      replay(seed, scenario);
    }
  }

  /**
   * Runs a scenario with one seed: as often as one likes, the same happens.
   *
   * @param seed the seed that a failure has named
   * @param scenario the scenario
   * @throws AssertionError if it throws anything, which is its cause
   */
  public static void replay(long seed, Effect<? super InterleavingScheduler> scenario) {
    try {
      scenario.call(new InterleavingScheduler(seed));
    } catch (Throwable thrown) { // an exception fails a scenario as an assertion does
      throw new AssertionError(
          "the scenario fails with seed %d: %s%nThe same happens again with Interleavings.replay(%dL, ...) or -D%s=%d"
              .formatted(seed, thrown, seed, SEED, seed),
          thrown);
    }
  }
}
