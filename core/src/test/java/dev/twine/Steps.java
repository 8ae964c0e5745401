package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

/** The order in which things happen, written as numbers. */
final class Steps {

  private int reached;

  synchronized void expect(int number) {
    assertThat(number).as("the step").isEqualTo(++reached);
  }

  void finish(int number) {
    expect(number);
  }

  /** An action that is a step; what it throws in the wrong order fails the Deferred. */
  <A> Effect<A> step(int number) {
    return ignored -> expect(number);
  }
}
