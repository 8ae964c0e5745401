package dev.twine.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Deferred;
import java.math.BigInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockingFibonacciTest {

  @Test
  void theDeferredHasFiredWhenTheFunctionReturns() throws Exception {
    Deferred<BigInteger> result = BlockingFibonacci.fibonacci(10);

    assertThat(result.isCalled()).isTrue();
    assertThat(result.get()).isEqualTo(55);
  }

  @Test
  void theWorkIsDoneBeforeTheCallReturnsAndTheCallbackIsCalledAtOnce() throws Exception {
    try (Child child = Child.start(BlockingFibonacci.class)) {
      Child.End end = child.end();

      assertThat(end.errors()).isEmpty();
      assertThat(end.status()).isZero();
      assertThat(end.lines()).hasSize(13);
      assertThat(end.lines().subList(0, 10))
          .isEqualTo(
              IntStream.rangeClosed(1, 10)
                  .mapToObj(thousand -> "computing: " + thousand + "000 steps done")
                  .toList());
      assertThat(end.lines().get(10)).matches("the call took \\d+ ms");
      assertThat(end.lines().subList(11, 13))
          .containsExactly(
              "adding the callback now",
              "Fibonacci number 10000 is " + FastDoubling.at(10_000).here());
    }
  }
}
