package dev.twine.stress;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Breaks the core in one place after the other, and has Lincheck run the race that must show it, in
 * a process of its own. Only an outcome that no single thread could have is a catch: an operation
 * that hangs, or throws what it may not, may have any reason.
 */
class LincheckCanaryTest {

  static final List<LincheckCanary> CANARIES =
      List.of(
          new LincheckTwoWinnersCanary(),
          new LincheckLostCallbackCanary(),
          new LincheckLostWaiterCanary(),
          new LincheckLostCountCanary(),
          new LincheckPauseOvertakenCanary(),
          new LincheckWaiterOverlookedCanary(),
          new LincheckWaiterBesideValueCanary());

  private static final Duration LIMIT = Duration.ofMinutes(5);

  /** A core with a flaw may also hang, and then Lincheck has no results to call invalid. */
  private static final int TRIES = 3;

  @ParameterizedTest
  @FieldSource("CANARIES")
  void isCaught(LincheckCanary canary) {
    String classPath = ClassPath.joined(canary.compile().toString(), ClassPath.ofThisJvm());
    LincheckResult result = run(canary, classPath);
    for (int i = 1; i < TRIES && result.verdict() == LincheckResult.Verdict.BROKEN; i++) {
      result = run(canary, classPath);
    }
    System.out.print(canary + ": " + result.line());
    assertThat(result.verdict()).isEqualTo(LincheckResult.Verdict.INVALID_RESULTS);
  }

  private static LincheckResult run(LincheckCanary canary, String classPath) {
    return LincheckProcess.start(canary.toString(), classPath, List.of(canary.run()))
        .results(LIMIT)
        .get(0);
  }

  /** A canary that is not in the list would never be let out. */
  @Test
  void allCanariesAreHere() throws Exception {
    Path here =
        Path.of(LincheckCanaryTest.class.getResource("LincheckCanaryTest.class").toURI())
            .getParent();
    try (Stream<Path> files = Files.list(here)) {
      Set<String> classes =
          files
              .map(file -> file.getFileName().toString().replace(".class", ""))
              .filter(name -> name.matches("Lincheck.+Canary"))
              .collect(toCollection(TreeSet::new));
      assertThat(CANARIES).hasSize(7);
      assertThat(CANARIES)
          .extracting(LincheckCanary::toString)
          .containsExactlyInAnyOrderElementsOf(classes);
    }
  }
}
