package dev.twine.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.twine.Deferred;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class NestedCoroutinesTest {

  private final Deferred<Integer> some = new Deferred<>();
  private final Deferred<Integer> other = new Deferred<>();
  private final Deferred<Integer> sum =
      new NestedCoroutines(some, other).myDeferredReturningFunction();

  @Test
  void theSumIsThereWhenBothAre() throws Exception {
    other.callback(2);
    assertThat(sum.isCalled()).isFalse();
    some.callback(40);

    assertThat(sum.get()).isEqualTo(42);
  }

  @Test
  void whatFailsDeepInsideFailsTheWhole() {
    IOException thrown = new IOException();
    other.callback(2);
    some.errback(thrown);

    assertThat(catchThrowable(sum::get)).isSameAs(thrown);
  }

  @Test
  void theProgramPrintsTheSum() throws Exception {
    try (Child child = Child.start(NestedCoroutines.class)) {
      Child.End end = child.end();

      assertThat(end.errors()).isEmpty();
      assertThat(end.lines()).containsExactly("the sum is 42");
      assertThat(end.status()).isZero();
    }
  }
}
