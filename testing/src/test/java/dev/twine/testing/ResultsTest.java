package dev.twine.testing;

import static dev.twine.testing.Results.assertNoResult;
import static dev.twine.testing.Results.failureResultOf;
import static dev.twine.testing.Results.flushLoggedErrors;
import static dev.twine.testing.Results.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.twine.Deferred;
import dev.twine.DeferredState;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is provoked here must not be reported either: a failure that a helper has seen is handled.
 */
@LeavesNothingBehind
class ResultsTest {

  private final IOException lost = new IOException("no route");

  @Test
  void aSuccessIsTakenAndNullRemains() {
    Deferred<String> deferred = Deferred.succeed("a");

    assertThat(successResultOf(deferred)).isEqualTo("a");

    assertThat(successResultOf(deferred)).isNull();
    assertThat(deferred.state()).isEqualTo(new DeferredState.Value<String>(null, false, 0));
  }

  @Test
  void aFailureIsNoSuccessAndItsTracebackIsShown() {
    Deferred<String> deferred = Deferred.fail(lost);

    AssertionError error =
        catchThrowableOfType(AssertionError.class, () -> successResultOf(deferred));

    assertThat(error)
        .hasMessageContaining("expected a value")
        .hasMessageContaining("java.io.IOException: no route")
        .hasMessageContaining("at dev.twine.testing.ResultsTest")
        .hasCause(lost);
  }

  @Test
  void aFailureIsTakenAndHandled() {
    Deferred<String> deferred = Deferred.fail(lost);

    assertThat(failureResultOf(deferred).value()).isSameAs(lost);

    assertThat(successResultOf(deferred)).isNull();
  }

  @Test
  void aFailureOfAKindIsGivenAsThatKind() {
    IOException found = failureResultOf(Deferred.fail(lost), IOException.class);

    assertThat(found).isSameAs(lost);
  }

  @Test
  void subclassesOfAKindAreAccepted() {
    FileNotFoundException special = new FileNotFoundException("x");

    assertThat(failureResultOf(Deferred.fail(special), IOException.class)).isSameAs(special);
    assertThat(
            failureResultOf(Deferred.fail(special), IllegalStateException.class, IOException.class)
                .value())
        .isSameAs(special);
  }

  @Test
  void aFailureOfAnotherKindFailsTheTestAndIsHandled() {
    assertThatThrownBy(
            () ->
                failureResultOf(
                    Deferred.fail(lost), IllegalStateException.class, ArithmeticException.class))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("java.lang.IllegalStateException or java.lang.ArithmeticException")
        .hasMessageContaining("java.io.IOException: no route")
        .hasMessageContaining("at dev.twine.testing.ResultsTest")
        .hasCause(lost);
    assertThatThrownBy(() -> failureResultOf(Deferred.fail(lost), IllegalStateException.class))
        .hasMessageContaining("expected a failure with java.lang.IllegalStateException");
  }

  @Test
  void withoutKindsAnyFailureDoes() {
    @SuppressWarnings("unchecked")
    Class<? extends Throwable>[] none = (Class<? extends Throwable>[]) new Class<?>[0];

    assertThat(failureResultOf(Deferred.fail(lost), none).value()).isSameAs(lost);
  }

  @Test
  void aSuccessIsNoFailure() {
    Deferred<String> deferred = Deferred.succeed("a");

    assertThatThrownBy(() -> failureResultOf(deferred))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected a failure of")
        .hasMessageContaining("it has the value a");
    assertThat(successResultOf(deferred)).isNull();
  }

  static Stream<Deferred<String>> withoutResult() {
    Deferred<String> unfired = new Deferred<>();
    Deferred<String> waiting = Deferred.succeed("a").chainCallback(a -> unfired);
    Deferred<String> paused = Deferred.succeed("a");
    paused.pause();
    return Stream.of(unfired, waiting, paused);
  }

  @ParameterizedTest
  @MethodSource("withoutResult")
  void whatIsUnfiredWaitingOrPausedHasNoResult(Deferred<String> deferred) {
    DeferredState<String> before = deferred.state();

    assertNoResult(deferred);
    assertThatThrownBy(() -> successResultOf(deferred))
        .isInstanceOf(AssertionError.class)
        .hasMessage("expected a value, but there is no result: " + deferred);
    assertThatThrownBy(() -> failureResultOf(deferred))
        .isInstanceOf(AssertionError.class)
        .hasMessage("expected a failure, but there is no result: " + deferred);

    assertThat(deferred.state()).isEqualTo(before);
  }

  @Test
  void aFailureThatAPauseHoldsBackIsNoResult() {
    Deferred<String> deferred = Deferred.fail(lost);
    deferred.pause();

    assertNoResult(deferred);
    assertThatThrownBy(() -> failureResultOf(deferred)).hasMessageContaining("paused 1");

    deferred.unpause();
    assertThat(failureResultOf(deferred).value()).isSameAs(lost);
  }

  @Test
  void whatIsRunningHasNoResult() {
    Deferred<String> deferred = new Deferred<>();
    Deferred<String> inside =
        deferred.onSuccess(
            a -> {
              assertNoResult(deferred);
              assertThatThrownBy(() -> successResultOf(deferred))
                  .hasMessageContaining("there is no result")
                  .hasMessageContaining("[running]");
            });

    deferred.callback("a");

    assertThat(successResultOf(inside)).isEqualTo("a");
  }

  @Test
  void askingTooEarlyLeavesNoCollectorBehind() {
    Deferred<String> deferred = new Deferred<>();
    assertThatThrownBy(() -> successResultOf(deferred)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> failureResultOf(deferred)).isInstanceOf(AssertionError.class);

    deferred.callback("a");

    assertThat(successResultOf(deferred)).isEqualTo("a");
  }

  @Test
  void noResultIsTransparentForALaterOne() {
    Deferred<String> succeeding = new Deferred<>();
    Deferred<String> failing = new Deferred<>();
    assertNoResult(succeeding);
    assertNoResult(failing);

    succeeding.callback("a");
    failing.errback(lost);

    assertThat(successResultOf(succeeding)).isEqualTo("a");
    assertThat(failureResultOf(failing).value()).isSameAs(lost);
  }

  @Test
  void aResultWhereNoneIsExpectedFailsTheTest() {
    Deferred<String> deferred = Deferred.succeed("a");

    assertThatThrownBy(() -> assertNoResult(deferred))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected no result")
        .hasMessageContaining("the value a");
    assertThat(successResultOf(deferred)).isEqualTo("a");
  }

  @Test
  void aFailureWhereNoneIsExpectedIsShownOnce() {
    Deferred<String> deferred = Deferred.fail(lost);

    assertThatThrownBy(() -> assertNoResult(deferred))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected no result")
        .hasMessageContaining("java.io.IOException: no route")
        .hasCause(lost);
    assertThat(successResultOf(deferred)).isNull();
  }

  @Test
  void nullIsRefused() {
    Consumer<Deferred<?>> each = Results::assertNoResult;

    assertThatThrownBy(() -> successResultOf(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> failureResultOf(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> each.accept(null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void expectedErrorsAreTakenOut() {
    drop(lost);
    drop(new IllegalStateException("other"));

    assertThat(flushLoggedErrors(IOException.class)).containsExactly(lost);

    assertThat(flushLoggedErrors()).singleElement().isInstanceOf(IllegalStateException.class);
    assertThat(flushLoggedErrors()).isEmpty();
  }

  private static void drop(Throwable thrown) {
    Deferred<String> unused = Deferred.fail(thrown);
  }
}
