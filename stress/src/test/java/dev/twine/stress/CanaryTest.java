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
 * Breaks the core in one place after the other, and has jcstress run the race that must show it, in
 * a run of its own. Only an outcome that the race doesn't list is a catch: a crash, a timeout or an
 * exception may have any reason.
 */
class CanaryTest {

  static final List<Canary> CANARIES =
      List.of(
          new TwoWinnersCanary(),
          new LostCallbackCanary(),
          new LostWakeUpCanary(),
          new RelaxedHandOffCanary(),
          new LostSwallowRightCanary(),
          new StrangerCancelledCanary(),
          new PauseOvertakenCanary(),
          new ReportBesideErrbackCanary(),
          new LostPermitCanary(),
          new WaiterOverlookedCanary(),
          new TwoHoldersCanary(),
          new LostValueCanary(),
          new ReadersLeftOutCanary(),
          new RetiredEntryCanary(),
          new LeakingInterruptCanary(),
          new HastyHopCanary(),
          new LostResumeCanary(),
          new LostCancelCanary(),
          new SleepingBodyCanary());

  /** The compiler that leaves least time between two instructions, and moves them about most. */
  private static final String[] ONE_JVM = {"-jvmArgs", "-XX:-TieredCompilation"};

  /** How often a race is run until it shows the flaw, each time for longer. */
  private static final int PATIENCE = 4;

  private static final Duration LIMIT = Duration.ofMinutes(5);

  @ParameterizedTest
  @FieldSource("CANARIES")
  void isCaught(Canary canary) {
    String classPath = ClassPath.joined(canary.compile().toString(), ClassPath.ofThisJvm());
    JcstressRun jcstress = new JcstressRun(canary.toString(), classPath);
    Duration each = Duration.ofMillis(200);
    RaceResult result = run(jcstress, canary, each);
    for (int runs = 1; runs < PATIENCE && result.forbidden().isEmpty(); runs++) {
      each = each.multipliedBy(3);
      result = run(jcstress, canary, each);
    }
    System.out.printf(
        "%s: %s in %,d samples: %s%n",
        canary,
        canary.race().getSimpleName(),
        result.samples(),
        RaceResult.text(result.forbidden()));
    assertThat(result.forbidden()).as(canary.race().getName()).isNotEmpty();
  }

  private static RaceResult run(JcstressRun jcstress, Canary canary, Duration each) {
    List<RaceResult> results =
        RaceResult.of(jcstress.results(List.of(canary.race().getName()), each, LIMIT, ONE_JVM));
    assertThat(results).extracting(RaceResult::race).containsExactly(canary.race().getName());
    assertThat(results.get(0).trouble()).isEmpty();
    return results.get(0);
  }

  /** A canary that is not in the list would never be let out. */
  @Test
  void allCanariesAreHere() throws Exception {
    Path here = Path.of(CanaryTest.class.getResource("CanaryTest.class").toURI()).getParent();
    try (Stream<Path> files = Files.list(here)) {
      Set<String> classes =
          files
              .map(file -> file.getFileName().toString().replace(".class", ""))
              .filter(name -> name.endsWith("Canary") && !name.equals("Canary"))
              .filter(name -> !name.startsWith("Lincheck"))
              .collect(toCollection(TreeSet::new));
      assertThat(CANARIES).hasSize(19);
      assertThat(CANARIES)
          .extracting(Canary::toString)
          .containsExactlyInAnyOrderElementsOf(classes);
    }
  }
}
