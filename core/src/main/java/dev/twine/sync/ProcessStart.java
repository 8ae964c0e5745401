package dev.twine.sync;

/**
 * When a process was started, which with its pid tells it from every other process: pids are used
 * again.
 *
 * @param clock what counts: the boot of a machine, by its id, or {@link #EPOCH}
 * @param count the ticks since that boot, or the milliseconds since 1970
 */
record ProcessStart(String clock, long count) {

  /** The time of day. It is used only where there is nothing better, because it can be set. */
  static final String EPOCH = "epoch";

  static ProcessStart at(long epochMillis) {
    return new ProcessStart(EPOCH, epochMillis);
  }

  /** Whether these are two processes for certain; times of different kinds can't be compared. */
  boolean surelyDiffersFrom(ProcessStart other) {
    return isTimeOfDay() == other.isTimeOfDay() && !equals(other);
  }

  private boolean isTimeOfDay() {
    return clock.equals(EPOCH);
  }
}
