package dev.twine.time;

/**
 * The times at which a {@link LoopingCall} is due: {@code start + k * interval}, in nanoseconds. An
 * interval of zero means always; such a grid has no points to count.
 */
record Grid(long start, long interval) {

  /** The same grid, shifted so that it has a point at the given time. */
  Grid movedTo(long newStart) {
    return new Grid(newStart, interval);
  }

  /** How long it is until the next point; at a point it is a whole interval. */
  long untilNext(long now) {
    return interval == 0 ? 0 : interval - Math.floorMod(now - start, interval);
  }

  /** How many points lie after {@code earlier} and not after {@code later}. */
  long pointsBetween(long earlier, long later) {
    return pointsUntil(later) - pointsUntil(earlier);
  }

  /**
   * How many whole intervals have passed since the start. Before the start, where a time from
   * before a reset lies, a part of an interval counts as none and not as one to make up.
   */
  private long pointsUntil(long time) {
    return (time - start) / interval;
  }
}
