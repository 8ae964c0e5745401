package dev.twine.benchmarks;

/**
 * How long to measure.
 *
 * @param forks how many JVMs for a row, one after the other
 * @param rounds how often each subject has its turn in each of them
 * @param warmUp milliseconds for each subject before the first round
 * @param settle milliseconds before each turn that are not counted
 * @param turn milliseconds of each turn; three times as many for coroutines: they need the time of
 *     the process, which the kernel counts in ticks of 10 ms
 */
record Pace(int forks, int rounds, int warmUp, int settle, int turn) {

  static final Pace FULL = new Pace(5, 4, 500, 30, 200);
  static final Pace QUICK = new Pace(2, 4, 300, 10, 80);

  /** Milliseconds of a turn in which the time of all threads counts. */
  int longTurn() {
    return 3 * turn;
  }

  /** What the table says about it. */
  String description() {
    return "CPU and wall time in nanoseconds, and bytes, for an operation of the benchmark thread:"
        + " medians of "
        + forks * rounds
        + " rounds of "
        + turn
        + " ms (about coroutines: "
        + longTurn()
        + " ms) in "
        + forks
        + " JVMs.\nRatios of CPU times: medians of those of each round (lower .. upper quartile).";
  }
}
