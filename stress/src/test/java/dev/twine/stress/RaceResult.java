package dev.twine.stress;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.grading.GradingResult;
import org.openjdk.jcstress.infra.grading.ReportUtils;

/**
 * What came out of all samples of a race, in all the JVMs that ran it.
 *
 * @param whole all the results of the race in one
 * @param jvms how many JVMs there were
 */
record RaceResult(TestResult whole, long jvms) {

  /** Puts the pieces of each race together. */
  static List<RaceResult> of(Collection<TestResult> pieces) {
    return ReportUtils.mergedByName(pieces).stream()
        .sorted(Comparator.comparing(TestResult::getName))
        .map(whole -> new RaceResult(whole, count(pieces, whole.getName())))
        .toList();
  }

  private static long count(Collection<TestResult> pieces, String race) {
    return pieces.stream().filter(piece -> piece.getName().equals(race)).count();
  }

  /** The name of the class. */
  String race() {
    return whole.getName();
  }

  /** How often the two actors have met. */
  long samples() {
    return whole.getTotalCount();
  }

  /** The outcomes that the race lists, as far as they were seen. */
  List<GradingResult> acceptable() {
    return seen().filter(outcome -> outcome.expect == Expect.ACCEPTABLE).toList();
  }

  /** The outcomes that it doesn't list, or forbids. */
  List<GradingResult> forbidden() {
    return seen().filter(outcome -> outcome.expect != Expect.ACCEPTABLE).toList();
  }

  private Stream<GradingResult> seen() {
    return whole.grading().gradingResults.values().stream().filter(outcome -> outcome.count > 0);
  }

  /** Why there are no samples, or not all: a crash, an exception, a timeout. Else empty. */
  String trouble() {
    if (whole.status() == Status.NORMAL) {
      return "";
    }
    return Stream.of(whole.getMessages(), whole.getVmErr())
        .flatMap(List::stream)
        .limit(20)
        .collect(joining("\n", whole.status() + "\n", ""));
  }

  /** Outcomes with their counts, on one line. */
  static String text(List<GradingResult> outcomes) {
    return outcomes.stream()
        .map(outcome -> "[" + outcome.id + "] " + outcome.count)
        .collect(joining("  "));
  }
}
