package dev.twine.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Deferred;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The replayer sees what is wrong, and only that. */
class ReplayerTest {

  /** A Deferred that fails with its only callback's exception, and is fired again. */
  private static final String RIGHT =
      """
      {"id":"x","ops":[
        {"op":"new","d":"d0"},
        {"op":"add","d":"d0","id":"c0","cb":{"out":{"raise":{"e":"C","t":"e0"}}}},
        {"op":"fire","d":"d0","v":[1,null]},
        {"op":"fail","d":"d0","e":"A","t":"e1"},
        {"op":"new","d":"d1"},
        {"op":"timeout","d":"d1","id":"c1","after":3}],
       "trace":[[],[],
        [["cb","c0","d0","v",[1,null]]],
        [["err","fail","d0",{"f":"AlreadyCalled"}]],[],[]],
       "final":{
        "d":{"d0":{"s":"failure","r":{"t":"e0","f":"C"}},"d1":{"s":"unfired"}},
        "p":{},"timers":[3],"unhandled":[{"f":"C","t":"e0"}]}}
      """;

  /** Enough to see that a report is missing; those that come are waited for as well. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @BeforeAll
  static void silenceLibrary() {
    ReplayCommand.silenceLibrary();
  }

  @Test
  void aRightScenarioPasses() {
    Report report = replay(RIGHT);
    assertThat(report.failures()).isEmpty();
    assertThat(report.summary()).isEqualTo("1 passed, 0 failed, 0 not replayed");
    assertThat(report.details()).isEmpty();
  }

  @Test
  void anotherEventIsSeen() {
    assertFailure(
        RIGHT.replace("[[\"cb\",\"c0\",\"d0\",\"v\"", "[[\"cb\",\"c0\",\"d0\",\"e\""),
        "x: operation 3 {\"op\":\"fire\",\"d\":\"d0\",\"v\":[1,null]}, event 1:"
            + " expected [\"cb\",\"c0\",\"d0\",\"e\",[1,null]],"
            + " got [\"cb\",\"c0\",\"d0\",\"v\",[1,null]] (one thread)");
  }

  @Test
  void anEventTooFewIsSeen() {
    assertFailure(
        RIGHT.replace("[[],[],\n", "[[[\"cancel\",\"d0\"]],[],\n"),
        "x: operation 1 {\"op\":\"new\",\"d\":\"d0\"}, event 1:"
            + " expected [\"cancel\",\"d0\"], got nothing (one thread)");
  }

  @Test
  void anEventTooManyIsSeen() {
    assertFailure(
        RIGHT.replace("[[\"err\",\"fail\",\"d0\",{\"f\":\"AlreadyCalled\"}]]", "[]"),
        "x: operation 4 {\"op\":\"fail\",\"d\":\"d0\",\"e\":\"A\",\"t\":\"e1\"}, event 1:"
            + " expected nothing,"
            + " got [\"err\",\"fail\",\"d0\",{\"f\":\"AlreadyCalled\"}] (one thread)");
  }

  @Test
  void anotherFinalStateIsSeen() {
    assertFailure(
        RIGHT.replace("\"d1\":{\"s\":\"unfired\"}", "\"d1\":{\"s\":\"unfired\",\"paused\":1}"),
        "x: final state of d1: expected {\"s\":\"unfired\",\"paused\":1},"
            + " got {\"s\":\"unfired\"} (one thread)");
  }

  @Test
  void aDeferredTooManyIsSeen() {
    assertFailure(
        RIGHT.replace(",\"d1\":{\"s\":\"unfired\"}", ""),
        "x: final state of d1: expected nothing, got {\"s\":\"unfired\"} (one thread)");
  }

  @Test
  void aTimerTooFewIsSeen() {
    assertFailure(
        RIGHT.replace("\"timers\":[3]", "\"timers\":[3,3]"),
        "x: final timers: expected [3,3], got [3] (one thread)");
  }

  @Test
  void aMissingReportOfAnUnhandledFailureIsSeen() {
    assertFailure(
        RIGHT.replace("\"unhandled\":[", "\"unhandled\":[{\"f\":\"FirstError\",\"i\":0,\"s\":{}},"),
        "x: unhandled failures:"
            + " expected [{\"f\":\"C\",\"t\":\"e0\"}, {\"f\":\"FirstError\",\"i\":0,\"s\":{}}],"
            + " got [{\"f\":\"C\",\"t\":\"e0\"}] (one thread)");
  }

  @Test
  void aReportTooManyOfAnUnhandledFailureIsSeen() {
    assertFailure(
        RIGHT.replace("\"unhandled\":[{\"f\":\"C\",\"t\":\"e0\"}]", "\"unhandled\":[]"),
        "x: unhandled failures: expected [], got [{\"f\":\"C\",\"t\":\"e0\"}] (one thread)");
  }

  @Test
  void aReportOfNoScenarioIsSeen() {
    Operations leaking = with("leak", (op, replay) -> Deferred.fail(new StrayException()));
    Report report = replay(leaking, ExpectedDifferences.NONE, only("{\"op\":\"leak\"}"));
    assertThat(report.failures())
        .hasSameSizeAs(Way.values())
        .allMatch(failure -> failure.contains("of no scenario"))
        .allMatch(failure -> failure.contains("StrayException"));
  }

  @Test
  void whatDependsOnTheThreadIsSeen() {
    Thread[] first = new Thread[1];
    Operations dependent =
        with(
            "thread",
            (op, replay) -> {
              if (op.number("n") == 1) {
                first[0] = Thread.currentThread();
              } else if (!Thread.currentThread().equals(first[0])) {
                replay.record("other thread");
              }
            });
    Report report =
        replay(
            dependent,
            ExpectedDifferences.NONE,
            only("{\"op\":\"thread\",\"n\":1},{\"op\":\"thread\",\"n\":2}"));
    assertThat(report.failures())
        .containsExactly(
            "x: operation 2 {\"op\":\"thread\",\"n\":2}, event 1: expected nothing,"
                + " got [\"other thread\"] (thread per operation)");
  }

  @Test
  void waitingForSomethingInternalIsComparedWithoutItsName() {
    String waiting =
        """
        {"id":"x","ops":[
          {"op":"new","d":"d0"},{"op":"new","d":"d1"},
          {"op":"add","d":"d0","id":"c0","cb":{"out":{"d":"d1"}}},
          {"op":"fire","d":"d0","v":1}],
         "trace":[[],[],[],[["cb","c0","d0","v",1]]],
         "final":{"d":{"d0":{"s":"waiting","on":"d1"},"d1":{"s":"unfired"}},
          "p":{},"timers":[],"unhandled":[]}}
        """;
    assertThat(replay(waiting).passed()).isEqualTo(1);
    assertThat(replay(waiting.replace(",\"on\":\"d1\"", "")).passed()).isEqualTo(1);
    assertThat(replay(waiting.replace("\"on\":\"d1\"", "\"on\":\"d2\"")).failures()).hasSize(1);
  }

  @Test
  void scenariosWithUnknownOperationsAreNotReplayed() {
    Report report =
        replay(
            only(
                """
                {"op":"new","d":"d0"},{"op":"dance","p":"p0"},
                {"op":"add","d":"d0","id":"c0","cb":{"do":[{"op":"sing","p":"p0"}],"out":{"ret":1}}}
                """));
    assertThat(report.summary()).isEqualTo("0 passed, 0 failed, 1 not replayed");
    assertThat(report.notReplayedByOperation()).isEqualTo(Map.of("dance", 1, "sing", 1));
    assertThat(report.details())
        .containsExactly("scenarios not replayed, by operation: dance 1, sing 1");
  }

  @Test
  void anExpectedDifferenceThatIsNoneIsAnError() {
    Report report = replay(Operations.ALL, differing(List.of()), RIGHT);
    assertThat(report.failures())
        .containsExactly("x: is as in Twisted, but listed to differ: A reason.");
  }

  @Test
  void anExpectedDifferencePasses() {
    String twisted = RIGHT.replace("\"timers\":[3]", "\"timers\":[]");
    Report report = replay(Operations.ALL, differing(List.of(line(RIGHT))), twisted);
    assertThat(report.failures()).isEmpty();
    assertThat(report.differing()).containsExactly("x");
    assertThat(report.summary()).isEqualTo("1 passed, 0 failed, 0 not replayed");
    assertThat(report.details())
        .containsExactly("of those passed, 1 differ from Twisted as docs/differences.md says: x");
  }

  @Test
  void whatDiffersInAnotherWayThanExpectedIsAnError() {
    String twisted = RIGHT.replace("\"timers\":[3]", "\"timers\":[]");
    String ours = line(RIGHT.replace("\"timers\":[3]", "\"timers\":[4]"));
    Report report = replay(Operations.ALL, differing(List.of(ours)), twisted);
    assertThat(report.failures())
        .containsExactly(
            "x: differs otherwise than it is listed to,"
                + " final timers: expected [4], got [3] (one thread)");
  }

  @Test
  void anExpectedDifferenceNeedsWhatHappensInstead() {
    String twisted = RIGHT.replace("\"timers\":[3]", "\"timers\":[]");
    Report report = replay(Operations.ALL, differing(List.of()), twisted);
    assertThat(report.failures()).hasSize(1);
    String told = report.failures().get(0);
    assertThat(told).startsWith("x: is listed to differ, but not how; it went {");
    String ours = told.substring(told.indexOf('{'));
    assertThat(replay(Operations.ALL, differing(List.of(ours)), twisted).failures()).isEmpty();
  }

  private static void assertFailure(String scenario, String line) {
    assertThat(scenario).isNotEqualTo(RIGHT);
    Report report = replay(scenario);
    assertThat(report.failures()).containsExactly(line);
    assertThat(report.passed()).isZero();
  }

  private static Report replay(String scenario) {
    return replay(Operations.ALL, ExpectedDifferences.NONE, scenario);
  }

  private static Report replay(
      Operations operations, ExpectedDifferences differences, String scenario) {
    return new Replayer(operations, differences, EnumSet.allOf(Way.class), PATIENCE)
        .replay(List.of(Scenario.parse(scenario)));
  }

  private static ExpectedDifferences differing(List<String> ours) {
    return ExpectedDifferences.parse(List.of("A reason.", "  x"), ours);
  }

  private static String line(String scenario) {
    return Scenario.parse(scenario).line();
  }

  /** A scenario of these operations, in which nothing happens. */
  private static String only(String operations) {
    int count = Fields.of(Json.parse("{\"ops\":[" + operations + "]}")).operations("ops").size();
    return """
    {"id":"x","ops":[%s],"trace":[%s],
     "final":{"d":{},"p":{},"timers":[],"unhandled":[]}}
    """
        .formatted(operations, String.join(",", Collections.nCopies(count, "[]")));
  }

  private interface Performer {
    void perform(Op op, Replay replay);
  }

  /** Just one operation. */
  private static Operations with(String name, Performer performer) {
    return new Operations(
        List.of(
            new OperationFamily() {
              @Override
              public Set<String> names() {
                return Set.of(name);
              }

              @Override
              public void perform(Op op, Replay replay) {
                performer.perform(op, replay);
              }
            }));
  }

  private static final class StrayException extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
