package dev.twine.conformance;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one replay of a scenario has shown. It refers to no Deferred, so that those nobody else
 * refers to are collected.
 */
final class Result {

  private final Scenario scenario;
  private final List<@Nullable Object> trace;
  private final Map<String, @Nullable Object> finalState;
  private final Set<Throwable> failures;
  private final WeakReference<?> remains;
  private final List<Object> unhandled = new ArrayList<>();

  private Result(
      Scenario scenario,
      List<@Nullable Object> trace,
      Map<String, @Nullable Object> finalState,
      Set<Throwable> failures,
      WeakReference<?> remains) {
    this.scenario = scenario;
    this.trace = trace;
    this.finalState = finalState;
    this.failures = failures;
    this.remains = remains;
  }

  /**
   * Replays a scenario.
   *
   * @throws IllegalStateException if it does not end
   */
  static Result of(Scenario scenario, Operations operations, Way way) {
    Set<Throwable> failures = Collections.newSetFromMap(new IdentityHashMap<>());
    Replay replay = new Replay(operations, failures);
    List<@Nullable Object> trace = new ArrayList<>();
    List<Runnable> steps = new ArrayList<>();
    for (Op op : scenario.operations()) {
      steps.add(
          () -> {
            replay.perform(op);
            trace.add(replay.takeEvents());
          });
    }
    ReplayProbe.listenFor(replay);
    try {
      way.run(steps, scenario.id());
    } finally {
      ReplayProbe.listenFor(null);
    }
    Map<String, @Nullable Object> finalState = replay.finalState();
    return new Result(scenario, trace, finalState, failures, replay.end());
  }

  /** Tells whether the replay, and so all that only it referred to, is still in memory. */
  boolean inMemory() {
    return !remains.refersTo(null);
  }

  /** Tells whether this exception was made or met in the replay. */
  boolean knows(Throwable thrown) {
    return failures.contains(thrown);
  }

  /** Adds a failure that was reported as unhandled, as the format writes it. */
  void addUnhandled(Object failure) {
    unhandled.add(failure);
  }

  Scenario scenario() {
    return scenario;
  }

  /** Compares this result with a trace of the scenario; returns null if it is the same. */
  @Nullable Mismatch compare(Scenario expected) {
    Mismatch mismatch = Mismatch.ofTraces(expected, trace);
    if (mismatch == null) {
      mismatch = Mismatch.ofFinalStates(expected.finalState(), finalState);
    }
    return mismatch != null ? mismatch : Mismatch.ofUnhandled(expected.unhandled(), unhandled);
  }

  /** The scenario with what happened in this replay in place of what Twisted did. */
  Scenario asScenario() {
    Map<String, @Nullable Object> state = new LinkedHashMap<>(finalState);
    state.put(
        "unhandled", unhandled.stream().sorted(Comparator.comparing(Json::writeSorted)).toList());
    return new Scenario(scenario.id(), scenario.operations(), trace, state);
  }
}
