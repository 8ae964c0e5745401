package dev.twine.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The library does in every shipped scenario what Twisted did, or what is listed. */
class ShippedScenariosTest {

  /** How many scenarios of each file must be replayed at least, so that none is lost unnoticed. */
  private static final Map<String, Integer> FLOORS =
      Map.of(
          "core.jsonl", 300,
          "cancel.jsonl", 300,
          "chain.jsonl", 300,
          "timeout.jsonl", 300,
          "collections.jsonl", 298,
          "hand.jsonl", 313,
          "mixed.jsonl", 300,
          "quirks.jsonl", 50,
          "coroutines.jsonl", 300,
          "primitives.jsonl", 300);

  private static final Report ALL = new Report();

  @BeforeAll
  static void silenceLibrary() {
    ReplayCommand.silenceLibrary();
  }

  /** For the build, which prints the numbers. */
  @AfterAll
  static void writeNumbers() throws IOException {
    Path target = Path.of("target");
    Files.createDirectories(target);
    Files.writeString(
        target.resolve("scenarios.txt"),
        "passed %d failed %d notreplayed %d%n"
            .formatted(ALL.passed(), ALL.failures().size(), ALL.notReplayed()));
  }

  @TestFactory
  Stream<DynamicTest> everyScenarioGoesAsItShould() throws IOException {
    return ReplayCommand.filesOf(ReplayCommand.shipped()).stream()
        .map(file -> dynamicTest(String.valueOf(file.getFileName()), () -> replay(file)));
  }

  private static void replay(Path path) throws IOException {
    ScenarioFile file = ScenarioFile.read(path);
    Report report =
        new Replayer(Operations.ALL, ExpectedDifferences.shipped()).replay(file.scenarios());
    ALL.addAll(report);
    assertThat(report.failures()).isEmpty();
    assertThat(report.passed()).isGreaterThanOrEqualTo(FLOORS.get(file.name()));
    assertThat(report.passed() + report.notReplayed()).isEqualTo(file.scenarios().size());
  }

  @Test
  void everyShippedFileHasAFloor() throws IOException {
    List<String> names = new ArrayList<>();
    for (Path file : ReplayCommand.filesOf(ReplayCommand.shipped())) {
      names.add(String.valueOf(file.getFileName()));
    }
    assertThat(FLOORS.keySet()).containsExactlyInAnyOrderElementsOf(names);
  }
}
