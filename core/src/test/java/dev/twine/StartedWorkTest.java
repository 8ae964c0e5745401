package dev.twine;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** {@code create}: work whose canceller exists only after the start. */
class StartedWorkTest {

  private final Exception boom = new Exception("boom");
  private final List<String> seen = new ArrayList<>();

  @Test
  void theStartGetsTheDeferredToFire() {
    Deferred<String> d =
        Deferred.create(
            it -> {
              it.callback("x");
              return this::stop;
            });

    assertResult(d, "x");
    assertThat(seen).isEmpty();
  }

  @Test
  void aCancelAfterTheStartRunsWhatTheStartGaveBack() {
    Deferred<String> d = Deferred.create(it -> this::stop);
    assertNoResult(d);
    d.cancel();

    assertThat(seen).containsExactly("stopped");
    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aCancelBeforeTheWorkHasSetItsCallbackUpRunsItWhenTheStartReturns() {
    Deferred<String> d =
        Deferred.create(
            it -> {
              it.cancel();
              seen.add("started");
              return this::stop;
            });

    assertThat(seen).containsExactly("started", "stopped");
    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aCancelFromAnotherThreadDuringTheStartStopsTheWork() {
    Deferred<String> d =
        Deferred.create(
            it -> {
              OtherThread.run(it::cancel);
              return this::stop;
            });

    assertThat(seen).containsExactly("stopped");
    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aCancelAfterTheFiringDoesNotStopAnything() {
    Deferred<String> d = Deferred.create(it -> this::stop);
    d.callback("x");
    d.cancel();

    assertResult(d, "x");
    assertThat(seen).isEmpty();
  }

  @Test
  void whatTheCancellerThrowsReachesWhoeverCancelsAndTheNextCancelCallsItAgain() {
    Deferred<String> d =
        Deferred.create(
            it ->
                () -> {
                  stop();
                  throw boom;
                });

    assertThatThrownBy(d::cancel).isSameAs(boom);
    assertThatThrownBy(d::cancel).isSameAs(boom);
    assertThat(seen).containsExactly("stopped", "stopped");
    assertThat(d.isCalled()).isFalse();
  }

  @Test
  void aStartThatThrowsFailsTheDeferred() {
    assertFailure(Deferred.create(it -> raise(boom)), boom);
  }

  @Test
  void aStartThatFiresAndThenThrowsIsReported() {
    Deferred<String> d =
        Deferred.create(
            it -> {
              it.callback("x");
              throw boom;
            });

    assertResult(d, "x");
    assertThat(Reports.reported()).extracting(Reports.Thrown::thrown).containsExactly(boom);
  }

  @Test
  void whatTheStoppingThrowsAfterAnEarlyCancelIsReported() {
    Deferred<String> d =
        Deferred.create(
            it -> {
              it.cancel();
              return () -> raise(boom);
            });

    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
    assertThat(Reports.reported()).extracting(Reports.Thrown::thrown).containsExactly(boom);
  }

  @Test
  void aStartThatGivesNothingBackFailsTheDeferred() {
    Deferred<String> d = Deferred.create(it -> null);

    assertThat(failureResultOf(d))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("what the start of the work gave back");
  }

  private void stop() {
    seen.add("stopped");
  }
}
