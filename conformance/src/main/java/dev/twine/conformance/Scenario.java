package dev.twine.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A small program and what Twisted did when it ran it.
 *
 * @param id its name
 * @param operations the program
 * @param trace for each operation the events that happened while it ran
 * @param finalState the state after the last operation
 */
record Scenario(
    String id,
    List<Op> operations,
    List<@Nullable Object> trace,
    Map<String, @Nullable Object> finalState) {

  /**
   * Reads a scenario.
   *
   * @throws IllegalArgumentException if the line is not a scenario
   */
  static Scenario parse(String line) {
    Fields scenario = Fields.of(Json.parse(line));
    String id = scenario.text("id");
    List<Op> operations = scenario.operations("ops");
    List<@Nullable Object> trace = scenario.list("trace");
    if (operations.size() != trace.size()) {
      throw new IllegalArgumentException(
          id + ": " + operations.size() + " operations, but the trace has " + trace.size());
    }
    if (!trace.stream().allMatch(List.class::isInstance)) {
      throw new IllegalArgumentException(id + ": the trace is no list of lists of events");
    }
    return new Scenario(id, operations, trace, scenario.object("final").members());
  }

  /** What is reported as unhandled once everything is garbage. */
  List<@Nullable Object> unhandled() {
    return finalState.get("unhandled") instanceof List<?> list ? Fields.listOf(list) : List.of();
  }

  /** Writes the scenario as a line of a file. */
  String line() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("id", id);
    members.put("ops", operations.stream().map(Op::members).toList());
    members.put("trace", trace);
    members.put("final", finalState);
    return Json.write(members);
  }
}
