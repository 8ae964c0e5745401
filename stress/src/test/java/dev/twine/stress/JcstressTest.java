package dev.twine.stress;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.infra.collectors.TestResult;

/**
 * Runs the races under jcstress. A race has passed if nothing was seen that it doesn't list, and at
 * least two outcomes that it does: with one only, the two threads have hardly met.
 */
class JcstressTest {

  /** Fewer rows or races than these are a table that has lost some. */
  private static final int ROWS = 54;

  private static final int RACES = 102;
  private static final int MOST_TELLING = 9;

  /** Fewer samples are no race. Those of a coroutine take some changes of threads each. */
  private static final long SAMPLES = 2_000;

  /** How often a race may run if it was short of samples, or of outcomes. */
  private static final int PATIENCE = 4;

  private static final Duration LIMIT = Duration.ofHours(1);

  private final RaceTable table = new RaceTable();

  @Test
  void everyRowHasARaceAndEveryRaceARow() throws Exception {
    assertThat(table.empty()).as("rows without a race").isEmpty();
    assertThat(table.all()).as("the races of the table").isEqualTo(annotated());
    assertThat(table.size()).isGreaterThanOrEqualTo(ROWS);
    assertThat(table.all()).hasSizeGreaterThanOrEqualTo(RACES);
    assertThat(table.mostTelling()).hasSizeGreaterThanOrEqualTo(MOST_TELLING);
  }

  /** The races in the folder of the test classes. */
  private static Set<String> annotated() throws IOException, URISyntaxException {
    Path here = Path.of(JcstressTest.class.getResource("JcstressTest.class").toURI()).getParent();
    try (Stream<Path> files = Files.list(here)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class"))
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .filter(JcstressTest::isRace)
          .collect(toCollection(TreeSet::new));
    }
  }

  private static boolean isRace(String name) {
    try {
      return Class.forName(fullName(name), false, JcstressTest.class.getClassLoader())
          .isAnnotationPresent(JCStressTest.class);
    } catch (ClassNotFoundException gone) {
      throw new AssertionError(gone);
    }
  }

  private static String fullName(String race) {
    return JcstressTest.class.getPackageName() + "." + race;
  }

  @TestFactory
  Stream<DynamicTest> theMostTellingRaces() throws IOException {
    List<RaceResult> results = run("telling", table.mostTelling(), Duration.ofMillis(100));
    return table.mostTelling().stream()
        .map(race -> DynamicTest.dynamicTest(race, () -> check(race, results)));
  }

  /** One test, as the build counts what it runs only rarely without running it. */
  @Tag("long")
  @Test
  void allRaces() throws IOException {
    List<RaceResult> results = run("all", table.all(), Duration.ofMillis(300));
    assertAll(table.all().stream().map(race -> () -> check(race, results)));
  }

  /**
   * Runs races, and those that have not seen enough once more, each time for longer; puts all
   * together.
   */
  private List<RaceResult> run(String name, Set<String> races, Duration first) throws IOException {
    assertThat(Runtime.getRuntime().availableProcessors()).as("processors").isGreaterThan(1);
    JcstressRun jcstress = new JcstressRun(name, ClassPath.ofThisJvm());
    List<TestResult> pieces = new ArrayList<>();
    List<String> wanting = races.stream().map(JcstressTest::fullName).toList();
    Duration each = first;
    for (int runs = 0; runs < PATIENCE && !wanting.isEmpty(); runs++) {
      pieces.addAll(jcstress.results(wanting, each, LIMIT));
      each = each.multipliedBy(3);
      wanting =
          RaceResult.of(pieces).stream()
              .filter(JcstressTest::isWanting)
              .map(RaceResult::race)
              .toList();
    }
    List<RaceResult> results = RaceResult.of(pieces);
    report(results);
    return results;
  }

  private static boolean isWanting(RaceResult result) {
    return result.trouble().isEmpty()
        && result.forbidden().isEmpty()
        && (result.samples() < SAMPLES || result.acceptable().size() < 2);
  }

  private static void check(String race, List<RaceResult> results) {
    RaceResult result =
        results.stream()
            .filter(each -> each.race().equals(fullName(race)))
            .findAny()
            .orElseThrow(() -> new AssertionError("jcstress has left out " + race));
    assertThat(result.trouble()).as(race).isEmpty();
    assertThat(RaceResult.text(result.forbidden())).as(race + ", forbidden").isEmpty();
    assertThat(result.samples()).as(race + ", samples").isGreaterThanOrEqualTo(SAMPLES);
    assertThat(result.acceptable().size())
        .as(race + ", which has seen only " + RaceResult.text(result.acceptable()))
        .isGreaterThan(1);
  }

  /** Prints what was seen, and keeps it. */
  private void report(List<RaceResult> results) throws IOException {
    StringBuilder text = new StringBuilder();
    for (RaceResult result : results) {
      String race = result.race().substring(result.race().lastIndexOf('.') + 1);
      text.append(
          String.format(
              "%s (%s): %,d samples in %d JVMs%n    seen: %s%n    forbidden: %s%n",
              table.meetings(race),
              race,
              result.samples(),
              result.jvms(),
              RaceResult.text(result.acceptable()),
              result.forbidden().isEmpty() ? "0" : RaceResult.text(result.forbidden())));
    }
    System.out.print(text);
    Files.writeString(Path.of("target", "jcstress-table.txt"), text);
  }
}
