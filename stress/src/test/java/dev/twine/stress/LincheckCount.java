package dev.twine.stress;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts what Lincheck really does in this JVM: a run that does nothing is no proof. */
final class LincheckCount {

  private static final AtomicInteger SCENARIOS = new AtomicInteger();
  private static final AtomicInteger INVOCATIONS = new AtomicInteger();

  private LincheckCount() {}

  /** A scenario has been made up. */
  static void scenario() {
    SCENARIOS.incrementAndGet();
  }

  /** What is raced has been made anew, for one more invocation of a scenario. */
  static void invocation() {
    INVOCATIONS.incrementAndGet();
  }

  static int scenarios() {
    return SCENARIOS.get();
  }

  static int invocations() {
    return INVOCATIONS.get();
  }
}
