package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomeTest {

  private final IOException io = new IOException("io");
  private final Failure failure = new Failure(io);

  @Test
  void aSuccessGivesItsValue() {
    Outcome<String> success = new Outcome.Success<>("x");

    assertThat(success.isSuccess()).isTrue();
    assertThat(success.get()).isEqualTo("x");
    assertThat(success.failureOrNull()).isNull();
  }

  @Test
  void aFailedOneThrowsTheVeryException() {
    Outcome<String> failed = new Outcome.Failed<>(failure);

    assertThat(failed.isSuccess()).isFalse();
    assertThatThrownBy(failed::get).isSameAs(io);
    assertThat(failed.failureOrNull()).isSameAs(failure);
  }

  @Test
  void nullIsAValueOfASuccessAndNoFailure() {
    assertThat(new Outcome.Success<@Nullable String>(null).get()).isNull();
    assertThatThrownBy(() -> new Outcome.Failed<>(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("failure");
  }

  @Test
  void outcomesAreEqualIfTheirContentsAre() {
    assertThat(new Outcome.Success<>("x"))
        .isEqualTo(new Outcome.Success<>("x"))
        .isNotEqualTo(new Outcome.Success<>("y"));
    assertThat(new Outcome.Failed<>(failure)).isEqualTo(new Outcome.Failed<>(failure));
  }
}
