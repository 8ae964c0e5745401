package dev.twine.testing;

import static dev.twine.testing.TwineAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import dev.twine.DeferredState;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A failure that was only looked at is unhandled, and would fail these tests. */
@LeavesNothingBehind
class DeferredAssertTest {

  private final IOException lost = new IOException("no route");

  @Test
  void lookingAtAValueTakesNothing() {
    Deferred<String> deferred = Deferred.succeed("a");

    assertThat(deferred).hasFiredWith("a").hasFiredWith("a");
    assertThat(deferred).hasFired().isEqualTo("a");

    assertThat(deferred.state()).isEqualTo(new DeferredState.Value<>("a", false, 0));
  }

  @Test
  void nullIsAValue() {
    Deferred<@Nullable String> deferred = Deferred.succeed(null);

    assertThat(deferred).hasFiredWith(null);
    assertThat(deferred).hasFired().isNull();
  }

  @Test
  void anotherValueFails() {
    Deferred<String> deferred = Deferred.succeed("a");

    assertThatThrownBy(() -> assertThat(deferred).as("the page").hasFiredWith("b"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("[the page]")
        .hasMessageContaining(deferred.toString())
        .hasMessageContaining("to have fired with%n  b%nbut it has fired with%n  a".formatted());
  }

  @Test
  void aFailureIsShownWhereAValueIsExpectedAndIsNotHandledByThat() {
    Deferred<String> deferred = Deferred.fail(lost);

    assertThatThrownBy(() -> assertThat(deferred).hasFiredWith("a"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("java.io.IOException: no route")
        .hasMessageContaining("at dev.twine.testing.DeferredAssertTest")
        .hasCause(lost);
    assertThatThrownBy(() -> assertThat(deferred).hasFired()).hasCause(lost);

    assertThat(deferred).hasFailedWith(IOException.class);
  }

  @Test
  void aFailureIsHandledAndItsExceptionCanBeLookedAt() {
    Deferred<String> deferred = Deferred.fail(lost);

    assertThat(deferred).hasFailedWith(IOException.class).isSameAs(lost).hasMessage("no route");

    assertThat(deferred).hasFiredWith(null);
  }

  @Test
  void aFailureOfAnotherKindFails() {
    Deferred<String> deferred = Deferred.fail(lost);

    assertThatThrownBy(() -> assertThat(deferred).hasFailedWith(IllegalStateException.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a failure with java.lang.IllegalStateException")
        .hasMessageContaining("java.io.IOException: no route");
  }

  @Test
  void whatHasNotFiredHasNoResult() {
    Deferred<String> deferred = new Deferred<>();

    assertThat(deferred).hasNoResult().isUnfired();

    assertThatThrownBy(() -> assertThat(deferred).hasFired())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("[unfired]")
        .hasMessageContaining("to have fired");
    assertThatThrownBy(() -> assertThat(deferred).hasFailedWith(IOException.class))
        .hasMessageContaining("there is no result");
  }

  @Test
  void whatHasFiredHasAResult() {
    Deferred<String> deferred = Deferred.succeed("a");

    assertThatThrownBy(() -> assertThat(deferred).hasNoResult())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("to have no result");
    assertThatThrownBy(() -> assertThat(deferred).isUnfired())
        .hasMessageContaining("to be unfired");
  }

  @Test
  void whatIsWaitedForIsKnown() {
    Deferred<String> inner = new Deferred<>();
    Deferred<String> other = new Deferred<>();
    Deferred<String> outer = Deferred.succeed("a").chainCallback(a -> inner);

    assertThat(outer).isWaitingOn(inner).hasNoResult();

    assertThatThrownBy(() -> assertThat(outer).isWaitingOn(other))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("to wait on " + other);
    assertThatThrownBy(() -> assertThat(inner).isWaitingOn(other))
        .hasMessageContaining("to wait on " + other);
  }

  @Test
  void aPauseIsSeen() {
    Deferred<String> deferred = Deferred.succeed("a");
    deferred.pause();

    assertThat(deferred).isPaused().hasNoResult();

    deferred.unpause();
    assertThatThrownBy(() -> assertThat(deferred).isPaused())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("to be paused");
    assertThat(deferred).hasFiredWith("a");
  }

  @Test
  void nullIsNoDeferred() {
    Deferred<String> none = null;

    assertThatThrownBy(() -> assertThat(none).hasNoResult())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("not to be null");
  }
}
