package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureGroupExceptionTest {

  @Test
  void itHoldsTheFailuresInTheOrderOfTheMembers() {
    Failure one = new Failure(new IOException("one"));
    Failure two = new Failure(new IOException("two"));
    FailureGroupException group = new FailureGroupException(List.of(one, two));

    assertThat(group.failures()).containsExactly(one, two);
    assertThat(group).hasMessage("all 2 members failed").hasCause(one.value());
    assertThat(group.getSuppressed()).containsExactly(two.value());
    assertThat(group.getStackTrace()).isEmpty();
  }

  @Test
  void aGroupOfNothingIsRefused() {
    assertThatThrownBy(() -> new FailureGroupException(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
  }

  @Test
  void aCopyThatWasSentSomewhereHasItsFailuresToo() throws Exception {
    FailureGroupException group =
        new FailureGroupException(
            List.of(new Failure(new IOException("one")), new Failure(new IOException("two"))));

    assertThat(Copies.sent(group).failures())
        .extracting(Failure::getErrorMessage)
        .containsExactly("one", "two");
  }
}
