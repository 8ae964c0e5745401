package dev.twine.testing;

import static dev.twine.testing.Results.failureResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StepsTest {

  private final Steps steps = new Steps();

  @Test
  void stepsInOrderPass() {
    steps.expect(1);
    steps.expect(2);

    assertThatCode(() -> steps.finish(3)).doesNotThrowAnyException();
  }

  @Test
  void aMissedStepFails() {
    steps.expect(1);

    assertThatThrownBy(() -> steps.expect(3))
        .isInstanceOf(AssertionError.class)
        .hasMessage("expected step: 2, reached: 3, reached before: [1]");
  }

  @Test
  void finishFailsIfOneWasMissed() {
    steps.expect(1);

    assertThatThrownBy(() -> steps.finish(3))
        .isInstanceOf(AssertionError.class)
        .hasMessage("expected step: 2, reached: 3, reached before: [1]");
  }

  @Test
  void finishFailsIfOneWasReachedTwiceThoughACallbackHasSwallowedThat() {
    Deferred<String> swallowing = Deferred.succeed("a");
    swallowing.onSuccess(steps.step(1)).onSuccess(steps.step(1)).consumeErrors(wrong -> {});

    assertThatThrownBy(() -> steps.finish(2))
        .isInstanceOf(AssertionError.class)
        .hasMessage("expected step: 2, reached: 1, reached before: [1]")
        .hasCauseInstanceOf(AssertionError.class);
  }

  @Test
  void nothingComesAfterTheEnd() {
    steps.finish(1);

    assertThatThrownBy(() -> steps.expect(2))
        .hasMessage("expected step: none after finish, reached: 2, reached before: [1]");
  }

  @Test
  void aStepFailsTheDeferredThatReachesItOutOfTurn() {
    Deferred<String> deferred = Deferred.succeed("a").onSuccess(steps.step(2));

    assertThat(failureResultOf(deferred, AssertionError.class)).hasMessageContaining("reached: 2");
  }

  @Test
  void everyThreadMayReachAStep() {
    steps.expect(1);
    CompletableFuture.runAsync(() -> steps.expect(2)).join();

    assertThatCode(() -> steps.finish(3)).doesNotThrowAnyException();
  }
}
