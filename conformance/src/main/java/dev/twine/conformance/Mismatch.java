package dev.twine.conformance;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The first thing in which a replay differs from its scenario.
 *
 * @param where the place in the scenario
 * @param expected what Twisted did
 * @param got what this library did
 */
record Mismatch(String where, String expected, String got) {

  /** Stands for an event, or a member of the final state, that is not there. */
  private static final String NOTHING = "nothing";

  /** Compares traces; returns null if they are equal. */
  static @Nullable Mismatch ofTraces(Scenario scenario, List<@Nullable Object> got) {
    for (int i = 0; i < scenario.operations().size(); i++) {
      List<?> expectedEvents = (List<?>) scenario.trace().get(i);
      List<?> gotEvents = (List<?>) got.get(i);
      if (!same(expectedEvents, gotEvents)) {
        String place = "operation " + (i + 1) + " " + scenario.operations().get(i);
        return ofEvents(place, expectedEvents, gotEvents);
      }
    }
    return null;
  }

  private static Mismatch ofEvents(String place, List<?> expected, List<?> got) {
    int same = 0;
    while (same < expected.size() && same < got.size() && same(expected.get(same), got.get(same))) {
      same++;
    }
    return new Mismatch(place + ", event " + (same + 1), at(expected, same), at(got, same));
  }

  private static String at(List<?> events, int index) {
    return index < events.size() ? Json.write(events.get(index)) : NOTHING;
  }

  /** Compares final states, but for unhandled failures; returns null if they are equal. */
  static @Nullable Mismatch ofFinalStates(
      Map<String, @Nullable Object> expected, Map<String, @Nullable Object> got) {
    for (String part : List.of("d", "p", "timers")) {
      Object expectedPart = expected.get(part);
      Object gotPart = got.get(part);
      if (expectedPart instanceof Map<?, ?> expectedMembers
          && gotPart instanceof Map<?, ?> gotMembers) {
        Mismatch mismatch = ofMembers("final state of ", expectedMembers, gotMembers);
        if (mismatch != null) {
          return mismatch;
        }
      } else if (!same(expectedPart, gotPart)) {
        return new Mismatch("final " + part, Json.write(expectedPart), Json.write(gotPart));
      }
    }
    return null;
  }

  private static @Nullable Mismatch ofMembers(String place, Map<?, ?> expected, Map<?, ?> got) {
    Set<Object> names = new LinkedHashSet<>(expected.keySet());
    names.addAll(got.keySet());
    for (Object name : names) {
      Object expectedState = expected.get(name);
      Object gotState = got.get(name);
      if (!same(expectedState, gotState)) {
        return new Mismatch(place + name, text(expectedState), text(gotState));
      }
    }
    return null;
  }

  /** Compares JSON values. */
  private static boolean same(@Nullable Object expected, @Nullable Object got) {
    if (expected instanceof List<?> expectedList && got instanceof List<?> gotList) {
      return expectedList.size() == gotList.size()
          && IntStream.range(0, gotList.size())
              .allMatch(i -> same(expectedList.get(i), gotList.get(i)));
    }
    if (expected instanceof Map<?, ?> state
        && got instanceof Map<?, ?> gotState
        && "waiting".equals(state.get("s"))
        && !state.containsKey("on")) {
      // It waits for something internal to the library; what we wait for is our own affair.
      Map<?, ?> withoutOn = new HashMap<>(gotState);
      withoutOn.remove("on");
      return state.equals(withoutOn);
    }
    return Objects.equals(expected, got);
  }

  private static String text(@Nullable Object json) {
    return json == null ? NOTHING : Json.write(json);
  }

  /** Compares what was reported as unhandled, in any order; returns null if it is the same. */
  static @Nullable Mismatch ofUnhandled(List<?> expected, List<?> got) {
    List<String> expectedTexts = sorted(expected);
    List<String> gotTexts = sorted(got);
    return expectedTexts.equals(gotTexts)
        ? null
        : new Mismatch("unhandled failures", expectedTexts.toString(), gotTexts.toString());
  }

  private static List<String> sorted(List<?> failures) {
    return failures.stream().map(Json::writeSorted).sorted().toList();
  }

  @Override
  public String toString() {
    return where + ": expected " + expected + ", got " + got;
  }
}
