package dev.twine.stress;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a Deferred does in a single thread, in the words of Twisted's own algorithm: what Lincheck
 * holds the outcome of every race against. It shares no code and no idea with the core.
 *
 * <p>A result is a text, null, or the other oracle that this one waits for; a failure is {@link
 * #FAILURE}.
 */
final class LincheckOracle {

  /** The only failure there is: that of a cancelled Deferred. */
  static final String FAILURE = "failure";

  /** A callback that is also its own errback. */
  interface Step {
    Object after(Object result);
  }

  /** Appends something to a text; a failure is one, too, and handled by that. */
  record Append(Object more) implements Step {
    @Override
    public Object after(Object result) {
      return String.valueOf(result) + more;
    }
  }

  /** Hands the result over to another one, which has come to wait for it. */
  private record HandOver(LincheckOracle outer) implements Step {
    @Override
    public Object after(Object result) {
      throw new AssertionError("the run knows this one");
    }

    @Override
    public String toString() {
      return "HandOver[" + outer.name + "]";
    }
  }

  private final String name;
  private final String ofCanceller;
  private final Deque<Step> steps = new ArrayDeque<>();
  private Object result;
  private boolean fired;
  private boolean swallows;
  private boolean runs;
  private int pauses;

  /** A Deferred without a canceller. */
  LincheckOracle(String name) {
    this(name, null);
  }

  /** A Deferred whose canceller fires it with a value. */
  LincheckOracle(String name, String ofCanceller) {
    this.name = name;
    this.ofCanceller = ofCanceller;
  }

  void add(Step step) {
    steps.add(step);
    run();
  }

  /** Whether the firing was accepted, or swallowed. */
  boolean fire(Object with) {
    if (fired) {
      boolean accepted = swallows;
      swallows = false;
      return accepted;
    }
    fired = true;
    result = with;
    run();
    return true;
  }

  void cancel() {
    if (result instanceof LincheckOracle inner) {
      inner.cancel();
    } else if (!fired) {
      swallows = ofCanceller == null;
      fired = true;
      result = ofCanceller == null ? FAILURE : ofCanceller;
      run();
    }
  }

  void pause() {
    pauses++;
  }

  /** False if there was no pause. */
  boolean unpause() {
    if (pauses == 0) {
      return false;
    }
    pauses--;
    run();
    return true;
  }

  /** What can be said of it at rest: how often it is paused, or else all of its result. */
  String state() {
    if (pauses > 0) {
      return (fired ? "fired" : "unfired") + ", paused " + pauses;
    }
    if (result instanceof LincheckOracle inner) {
      return "waits for " + inner.name;
    }
    return fired ? "has " + result : "unfired";
  }

  private void run() {
    while (isFree() && !steps.isEmpty()) {
      Step step = steps.remove();
      if (step instanceof HandOver to) {
        Object given = result;
        result = null;
        to.outer.result = given;
        to.outer.run();
      } else {
        runs = true;
        result = step.after(result);
        runs = false;
        if (result instanceof LincheckOracle inner) {
          waitFor(inner);
        }
      }
    }
  }

  private boolean isFree() {
    return fired && pauses == 0 && !runs && !(result instanceof LincheckOracle);
  }

  private void waitFor(LincheckOracle inner) {
    if (inner.isFree()) {
      result = inner.result;
      inner.result = null;
    } else {
      inner.steps.add(new HandOver(this));
    }
  }

  /** All of it; two that print the same are the same. */
  @Override
  public String toString() {
    return name + " " + state() + " " + result(result) + " " + swallows + " " + steps;
  }

  private static Object result(Object result) {
    return result instanceof LincheckOracle inner ? inner.name : result;
  }
}
