package dev.twine.stress;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Has Lincheck race what {@link LincheckRace} lists, in both of its modes. A race has passed if
 * every outcome was one that a single thread could have had, too, and if as much was run as was
 * asked for.
 */
class LincheckTest {

  private static final int RACES = 7;

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final Duration LONG_LIMIT = Duration.ofHours(3);

  @TestFactory
  Stream<DynamicTest> everyOutcomeCouldBeThatOfASingleThread() throws IOException {
    List<LincheckResult> results =
        report(
            "lincheck-table.txt",
            Stream.concat(
                    run("stress", stress(2, 10, 500)).results(LIMIT).stream(),
                    inPairs("model", model(2, 10, 500), LIMIT).stream())
                .toList());
    assertThat(results).hasSize(2 * RACES);
    return results.stream()
        .map(result -> DynamicTest.dynamicTest(result.run().toString(), () -> check(result)));
  }

  /** One test, as the build counts what it runs only rarely without running it. */
  @Tag("long")
  @Test
  void thatIsSoForLong() throws IOException {
    List<LincheckResult> results = new ArrayList<>();
    results.addAll(run("long-stress", stress(2, 100, 5_000)).results(LONG_LIMIT));
    results.addAll(inPairs("long-model", model(2, 100, 5_000), LONG_LIMIT));
    report("lincheck-long-table.txt", results);
    assertThat(results).hasSize(2 * RACES);
    assertAll(results.stream().map(result -> () -> check(result)));
  }

  private static List<LincheckRun> stress(int threads, int scenarios, int invocations) {
    return runs(LincheckRun.Mode.STRESS, threads, scenarios, invocations);
  }

  private static List<LincheckRun> model(int threads, int scenarios, int invocations) {
    return runs(LincheckRun.Mode.MODEL, threads, scenarios, invocations);
  }

  private static List<LincheckRun> runs(
      LincheckRun.Mode mode, int threads, int scenarios, int invocations) {
    return Stream.of(LincheckRace.values())
        .map(race -> new LincheckRun(race, mode, threads, scenarios, invocations))
        .toList();
  }

  private static LincheckProcess run(String name, List<LincheckRun> runs) {
    return LincheckProcess.start(name, ClassPath.ofThisJvm(), runs);
  }

  /** In two processes side by side: where one thread runs at a time, they are in nobody's way. */
  private static List<LincheckResult> inPairs(String name, List<LincheckRun> runs, Duration limit) {
    int half = runs.size() / 2;
    LincheckProcess first = run(name + "-1", runs.subList(0, half));
    LincheckProcess second = run(name + "-2", runs.subList(half, runs.size()));
    try {
      return Stream.of(first.results(limit), second.results(limit)).flatMap(List::stream).toList();
    } finally {
      second.end();
    }
  }

  private static void check(LincheckResult result) {
    LincheckRun run = result.run();
    assertThat(result.verdict())
        .as("%s, see target/lincheck", run)
        .isEqualTo(LincheckResult.Verdict.CLEAN);
    assertThat(result.scenarios()).as("scenarios").isEqualTo(run.scenarios());
    assertThat(result.invocations())
        .as("invocations")
        .isEqualTo(run.scenarios() * run.invocations());
  }

  /** Prints what was done, and keeps it. */
  private static List<LincheckResult> report(String table, List<LincheckResult> results)
      throws IOException {
    String lines = results.stream().map(LincheckResult::line).collect(joining());
    System.out.print(lines);
    Files.writeString(Path.of("target", table), lines);
    return results;
  }
}
