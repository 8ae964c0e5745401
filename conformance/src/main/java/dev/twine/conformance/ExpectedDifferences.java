package dev.twine.conformance;

import dev.twine.Engine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The scenarios in which this library differs from Twisted on purpose: the decision that explains
 * each, and what happens instead.
 *
 * @param reasons the decisions by scenario
 * @param ours the scenarios with the trace of this library, by id; for those only that are replayed
 */
record ExpectedDifferences(Map<String, String> reasons, Map<String, Scenario> ours) {

  /** Nothing differs. */
  static final ExpectedDifferences NONE = new ExpectedDifferences(Map.of(), Map.of());

  /**
   * What is in {@code expected-differences.txt} and {@code expected-differences.jsonl}, and for
   * platform threads in {@code expected-differences-platform} as well.
   */
  static ExpectedDifferences shipped() {
    return Engine.current() == Engine.PLATFORM_THREADS
        ? shipped("/expected-differences", "/expected-differences-platform")
        : shipped("/expected-differences");
  }

  private static ExpectedDifferences shipped(String... names) {
    List<String> decisions = new ArrayList<>();
    List<String> ours = new ArrayList<>();
    for (String name : names) {
      decisions.addAll(lines(name + ".txt"));
      ours.addAll(lines(name + ".jsonl"));
    }
    return parse(decisions, ours);
  }

  private static List<String> lines(String name) {
    InputStream resource =
        Objects.requireNonNull(ExpectedDifferences.class.getResourceAsStream(name));
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the differences.
   *
   * @param decisions lines of text: one that begins at the margin is a decision, the indented ones
   *     below it are the scenarios it explains, and {@code #} begins a comment
   * @param ours the lines of a file of scenarios
   */
  static ExpectedDifferences parse(List<String> decisions, List<String> ours) {
    Map<String, String> reasons = new LinkedHashMap<>();
    String reason = null;
    for (String line : decisions) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (!line.startsWith(" ")) {
        reason = line.strip();
      } else if (reason == null || reasons.put(line.strip(), reason) != null) {
        throw new IllegalArgumentException("no decision, or a second one, for " + line.strip());
      }
    }
    Map<String, Scenario> scenarios = new LinkedHashMap<>();
    ours.stream().map(Scenario::parse).forEach(one -> scenarios.put(one.id(), one));
    return new ExpectedDifferences(reasons, scenarios);
  }

  /** Why a scenario differs, or null if it must not. */
  @Nullable String reason(Scenario scenario) {
    return reasons.get(scenario.id());
  }

  /** What is to happen in a scenario: what Twisted did, unless it is known to differ. */
  Scenario expected(Scenario scenario) {
    return ours.getOrDefault(scenario.id(), scenario);
  }
}
