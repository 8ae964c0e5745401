package dev.twine.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FibonacciTest {

  @Test
  void theFirstNumbersAreTheWellKnownOnes() {
    assertThat(IntStream.range(0, 13).mapToObj(Fibonacci::number))
        .extracting(BigInteger::intValueExact)
        .containsExactly(0, 1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144);
  }

  @Test
  void theTenThousandthIsTheOneThatDoublingFinds() {
    BigInteger number = Fibonacci.number(10_000);

    assertThat(number).isEqualTo(FastDoubling.at(10_000).here());
    assertThat(number.toString())
        .startsWith("33644764876")
        .hasSize(2090)
        .endsWith("66073310059947366875");
  }

  @Test
  void everyStepIsTold() {
    List<Integer> steps = new ArrayList<>();

    Fibonacci.number(5, steps::add);

    assertThat(steps).containsExactly(1, 2, 3, 4, 5);
  }
}
