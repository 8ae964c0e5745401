package dev.twine.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Replays files of scenarios, every scenario in every {@link Way}. */
final class Replayer {

  /** Reports come within milliseconds of the collection; this is for slow machines. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Operations operations;
  private final ExpectedDifferences differences;
  private final Set<Way> ways;
  private final Duration patience;

  Replayer(Operations operations, ExpectedDifferences differences) {
    this(operations, differences, Way.different(), PATIENCE);
  }

  /**
   * Creates a replayer.
   *
   * @param ways how to run each scenario
   * @param patience how long to wait for reports of unhandled failures that are missing
   */
  Replayer(
      Operations operations, ExpectedDifferences differences, Set<Way> ways, Duration patience) {
    this.operations = operations;
    this.differences = differences;
    this.ways = ways;
    this.patience = patience;
  }

  /** Replays the scenarios, collects garbage, and compares everything. */
  Report replay(List<Scenario> scenarios) {
    Report report = new Report();
    Map<Scenario, Map<Way, Result>> replayed = new LinkedHashMap<>();
    for (Scenario scenario : scenarios) {
      Set<String> missing = operations.missing(scenario);
      if (!missing.isEmpty()) {
        report.addNotReplayed(missing);
        continue;
      }
      try {
        replayed.put(scenario, replay(scenario));
      } catch (RuntimeException | Error e) { // it is this scenario's, the others go on
        report.addFailed(scenario.id() + ": broke off with " + e + at(e));
      }
    }
    collectUnhandled(replayed, report);
    replayed.forEach((scenario, ways) -> judge(scenario, ways, report));
    return report;
  }

  private Map<Way, Result> replay(Scenario scenario) {
    Map<Way, Result> results = new LinkedHashMap<>();
    for (Way way : ways) {
      results.put(way, Result.of(scenario, operations, way));
    }
    return results;
  }

  private static String at(Throwable thrown) {
    StackTraceElement[] frames = thrown.getStackTrace();
    return frames.length == 0 ? "" : " at " + frames[0];
  }

  private void collectUnhandled(Map<Scenario, Map<Way, Result>> replayed, Report report) {
    List<Result> results = new ArrayList<>();
    replayed.values().forEach(ways -> results.addAll(ways.values()));
    int expected =
        results.stream()
            .mapToInt(result -> differences.expected(result.scenario()).unhandled().size())
            .sum();
    for (Object stray : UnhandledReports.collect(operations, results, expected, patience)) {
      report.addFailed("an unhandled failure of no scenario was reported: " + Json.write(stray));
    }
  }

  private void judge(Scenario scenario, Map<Way, Result> ways, Report report) {
    String mismatch = mismatch(ways, scenario);
    String reason = differences.reason(scenario);
    if (reason == null && mismatch == null) {
      report.addPassed();
    } else if (reason == null) {
      report.addFailed(scenario.id() + ": " + mismatch);
    } else if (mismatch == null) {
      report.addFailed(scenario.id() + ": is as in Twisted, but listed to differ: " + reason);
    } else {
      judgeDifference(scenario, ways, report);
    }
  }

  private void judgeDifference(Scenario scenario, Map<Way, Result> ways, Report report) {
    Scenario ours = differences.ours().get(scenario.id());
    String mismatch = ours == null ? null : mismatch(ways, ours);
    if (ours == null) {
      String line = ways.values().iterator().next().asScenario().line();
      report.addFailed(scenario.id() + ": is listed to differ, but not how; it went " + line);
    } else if (mismatch != null) {
      report.addFailed(scenario.id() + ": differs otherwise than it is listed to, " + mismatch);
    } else {
      report.addDiffering(scenario);
    }
  }

  private static @Nullable String mismatch(Map<Way, Result> ways, Scenario expected) {
    for (Map.Entry<Way, Result> way : ways.entrySet()) {
      Mismatch mismatch = way.getValue().compare(expected);
      if (mismatch != null) {
        return mismatch + " (" + way.getKey() + ")";
      }
    }
    return null;
  }
}
