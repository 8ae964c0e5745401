package dev.twine.conformance;

import dev.twine.Deferred;
import dev.twine.UnhandledFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings about the reports of unhandled failures, by collecting garbage, and hands them to the
 * replays that they belong to.
 */
final class UnhandledReports {

  /** How long to let reports come in before the garbage is collected once more. */
  private static final long ROUND_MILLIS = 20;

  /** How long it must be quiet before no more reports are expected. */
  private static final long QUIET_MILLIS = 60;

  private final Operations operations;
  private final List<Result> results;
  private final List<Object> strays = new ArrayList<>();
  private int missing;
  private boolean proved;

  private UnhandledReports(Operations operations, List<Result> results, int expected) {
    this.operations = operations;
    this.results = results;
    this.missing = expected;
  }

  /**
   * Collects the garbage of some replays and adds what is reported to their results.
   *
   * @param results the replays; nothing else refers to their Deferreds any more
   * @param expected how many reports to wait for
   * @param patience how long to wait for them
   * @return reports that belong to none of them
   */
  static List<Object> collect(
      Operations operations, List<Result> results, int expected, Duration patience) {
    UnhandledReports reports = new UnhandledReports(operations, results, expected);
    try {
      reports.collect(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    return reports.strays;
  }

  private void collect(Duration patience) throws InterruptedException {
    dropProof();
    long start = System.nanoTime();
    while (!isComplete() && System.nanoTime() - start < patience.toNanos()) {
      System.gc();
      takeAll(ROUND_MILLIS);
    }
    takeAll(QUIET_MILLIS);
  }

  /** Nothing is missing, all the garbage is gone, and reports are really being made. */
  private boolean isComplete() {
    return missing <= 0 && proved && results.stream().noneMatch(Result::inMemory);
  }

  private static void dropProof() {
    Deferred.fail(new Proof());
  }

  private void takeAll(long millis) throws InterruptedException {
    UnhandledFailure report = ReplayProbe.takeUnhandled(millis);
    while (report != null) {
      take(report.failure().value());
      report = ReplayProbe.takeUnhandled(millis);
    }
  }

  private void take(Throwable thrown) {
    if (thrown instanceof Proof) {
      proved = true;
      return;
    }
    missing--;
    for (Result result : results) {
      if (result.knows(thrown)) {
        result.addUnhandled(operations.describe(thrown));
        return;
      }
    }
    strays.add(operations.describe(thrown));
  }

  /** Left unhandled on purpose: when it is reported, so is all that was dropped before. */
  private static final class Proof extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
