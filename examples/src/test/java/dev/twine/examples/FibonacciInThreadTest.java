package dev.twine.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FibonacciInThreadTest {

  @Test
  void theMainThreadGoesOnAndTheReactorStopsWhenTheNumberIsThere() throws Exception {
    try (Child child = Child.start(FibonacciInThread.class)) {
      Child.End end = child.end();

      assertThat(end.errors()).isEmpty();
      assertThat(end.lines())
          .containsExactly(
              "the callback has been added",
              "the main thread has time for something else",
              "Fibonacci number 10000 is " + FastDoubling.at(10_000).here());
      assertThat(end.status()).isZero();
    }
  }
}
