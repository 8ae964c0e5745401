package dev.twine.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What became of the scenarios of one file, or of several. */
final class Report {

  private int passed;
  private final List<String> differing = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private int notReplayed;
  private final Map<String, Integer> notReplayedByOperation = new TreeMap<>();

  /** Counts a scenario in which the library does as Twisted does. */
  void addPassed() {
    passed++;
  }

  /** Counts a scenario in which the library differs from Twisted as it is meant to. */
  void addDiffering(Scenario scenario) {
    passed++;
    differing.add(scenario.id());
  }

  /** Counts a failed scenario; the text says on one line what is wrong. */
  void addFailed(String text) {
    failures.add(text);
  }

  /** Counts a scenario that uses operations which can't be replayed. */
  void addNotReplayed(Set<String> operations) {
    notReplayed++;
    operations.forEach(name -> notReplayedByOperation.merge(name, 1, Integer::sum));
  }

  /** Counts all that another report counts. */
  void addAll(Report other) {
    passed += other.passed;
    differing.addAll(other.differing);
    failures.addAll(other.failures);
    notReplayed += other.notReplayed;
    other.notReplayedByOperation.forEach(
        (name, count) -> notReplayedByOperation.merge(name, count, Integer::sum));
  }

  /** How many scenarios went as they should, those that differ as expected included. */
  int passed() {
    return passed;
  }

  /** The scenarios that differ as expected. */
  List<String> differing() {
    return List.copyOf(differing);
  }

  /** One line for each scenario that did not go as it should. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  int notReplayed() {
    return notReplayed;
  }

  /** How many scenarios were not replayed because of an operation, by its name. */
  Map<String, Integer> notReplayedByOperation() {
    return Map.copyOf(notReplayedByOperation);
  }

  /** The line with the three numbers. */
  String summary() {
    return passed + " passed, " + failures.size() + " failed, " + notReplayed + " not replayed";
  }

  /** The lines that stand before the summary, if there is anything to say. */
  List<String> details() {
    List<String> details = new ArrayList<>();
    if (!notReplayedByOperation.isEmpty()) {
      List<String> counts = new ArrayList<>();
      notReplayedByOperation.forEach((name, count) -> counts.add(name + " " + count));
      details.add("scenarios not replayed, by operation: " + String.join(", ", counts));
    }
    if (!differing.isEmpty()) {
      details.add(
          "of those passed, "
              + differing.size()
              + " differ from Twisted as docs/differences.md says: "
              + String.join(", ", differing));
    }
    return details;
  }
}
