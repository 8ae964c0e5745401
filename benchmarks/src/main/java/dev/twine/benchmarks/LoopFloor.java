package dev.twine.benchmarks;

import java.util.Objects;
import java.util.function.Supplier;

/** A floor that takes step after step, as long as they give true. */
final class LoopFloor extends Floor {

  private final Supplier<Step> steps;

  LoopFloor(Supplier<Step> steps) {
    super(null);
    this.steps = steps;
    goOn(true);
  }

  private void goOn(Object first) {
    Object more = first;
    while (Boolean.TRUE.equals(more)) {
      Step step = steps.get();
      Object given = step.state();
      if (given == null) {
        if (step.cas(null, this)) {
          return;
        }
        given = Objects.requireNonNull(step.state());
      }
      more = given;
    }
    cas(null, more);
  }

  /** One step; its word is the loop while that waits for it. */
  static final class Step extends Floor {

    Step() {
      super(null);
    }

    /** One that has fired. */
    Step(boolean more) {
      super(more);
    }

    void fire(boolean more) {
      for (; ; ) {
        Object s = state();
        if (cas(s, more)) {
          if (s instanceof LoopFloor loop) {
            loop.goOn(more);
          }
          return;
        }
      }
    }
  }
}
