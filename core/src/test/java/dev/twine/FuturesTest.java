package dev.twine;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** To and from the JDK's futures. */
class FuturesTest {

  private final IOException boom = new IOException("boom");

  // ---- from

  @Test
  void aDeferredFromAStageFiresAsTheStageCompletes() {
    CompletableFuture<String> good = new CompletableFuture<>();
    CompletableFuture<String> bad = new CompletableFuture<>();
    Deferred<String> fromGood = Deferred.from(good);
    Deferred<String> fromBad = Deferred.from(bad);
    assertNoResult(fromGood);
    good.complete("x");
    bad.completeExceptionally(boom);

    assertResult(fromGood, "x");
    assertFailure(fromBad, boom);
  }

  @Test
  void aCompletedStageGivesAFiredDeferred() {
    assertResult(Deferred.from(CompletableFuture.completedStage("x")), "x");
    assertFailure(Deferred.from(CompletableFuture.failedStage(boom)), boom);
    assertResult(Deferred.from(CompletableFuture.completedFuture(null)), null);
  }

  @Test
  void completionExceptionsAreTakenOffAtEveryDepth() {
    Throwable wrapped = new CompletionException(new CompletionException(boom));

    assertFailure(Deferred.from(CompletableFuture.failedStage(wrapped)), boom);
    assertFailure(
        Deferred.from(
            CompletableFuture.<String>failedFuture(boom).thenApply(v -> v).thenApply(v -> v)),
        boom);
  }

  @Test
  void aCompletionExceptionAroundNothingStaysWhatItIs() {
    CompletionException empty = new CompletionException("nothing inside", null);

    assertFailure(Deferred.from(CompletableFuture.failedStage(empty)), empty);
  }

  @Test
  void aStageThatWasCancelledGivesItsOwnCancellation() {
    CompletableFuture<String> future = new CompletableFuture<>();
    Deferred<String> d = Deferred.from(future);
    future.cancel(true);

    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
  }

  @Test
  void cancellingTheDeferredCancelsTheFutureAndItEndsAsTheFutureDoes() {
    CompletableFuture<String> future = new CompletableFuture<>();
    Deferred<String> d = Deferred.from(future);
    d.cancel();

    assertThat(future).isCancelled();
    assertThat(failureResultOf(d))
        .isInstanceOf(CancellationException.class)
        .isNotInstanceOf(Cancelled.class);
  }

  @Test
  void aFutureThatAnswersItsCancelWithAValueDecides() {
    CompletableFuture<String> future =
        new CompletableFuture<>() {
          @Override
          public boolean cancel(boolean mayInterruptIfRunning) {
            return complete("answer");
          }
        };
    Deferred<String> d = Deferred.from(future);
    d.cancel();

    assertResult(d, "answer");
  }

  @Test
  void aStageThatOnlyGivesACopyLeavesACancellationAtOnce() {
    CompletableFuture<String> work = new CompletableFuture<>();
    CompletionStage<String> stage = work.minimalCompletionStage();
    Deferred<String> d = Deferred.from(stage);
    d.cancel();

    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
    assertThat(work).isNotDone();
    work.complete("goes nowhere");
    assertResult(d, null);
  }

  @Test
  void aDerivedStagePassesNoCancelUpwards() {
    CompletableFuture<String> work = new CompletableFuture<>();
    Deferred<String> d = Deferred.from(work.thenApply(v -> v));
    d.cancel();

    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
    assertThat(work).isNotDone();
  }

  @Test
  void aStageThatCompletesWithADeferredFailsTheDeferred() {
    Deferred<Object> d =
        Deferred.from(CompletableFuture.<Object>completedFuture(Deferred.succeed("x")));

    assertThat(failureResultOf(d))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("completed with a Deferred");
  }

  // ---- toCompletableFuture

  @Test
  void theFutureTakesTheResult() {
    Deferred<String> good = new Deferred<>();
    Deferred<String> bad = new Deferred<>();
    CompletableFuture<String> fromGood = good.toCompletableFuture();
    CompletableFuture<String> fromBad = bad.toCompletableFuture();
    good.callback("x");
    bad.errback(boom);

    assertThat(fromGood).isCompletedWithValue("x");
    assertThat(catchThrowable(fromBad::get)).hasCause(boom);
    assertResult(good, null);
    assertResult(bad, null);
  }

  @Test
  void cancellingTheFutureCancelsTheDeferredWhoseFiringGoesNowhere() {
    Deferred<String> d = new Deferred<>();
    CompletableFuture<String> future = d.toCompletableFuture();

    assertThat(future.cancel(true)).isTrue();
    assertThat(future).isCancelled();
    assertThat(d.isCalled()).isTrue();
    d.callback("late");
    assertResult(d, null);
  }

  @Test
  void cancellingACompletedFutureDoesNotReachTheDeferred() {
    Deferred<String> d = new Deferred<>();
    CompletableFuture<String> future = d.toCompletableFuture();
    d.callback("x");

    assertThat(future.cancel(true)).isFalse();
    assertThat(future).isCompletedWithValue("x");
  }

  @Test
  void cancellingWhatIsDerivedFromTheFutureDoesNotReachTheDeferred() {
    Deferred<String> d = new Deferred<>();
    CompletableFuture<Integer> length = d.toCompletableFuture().thenApply(String::length);

    assertThat(length.cancel(true)).isTrue();
    assertThat(d.isCalled()).isFalse();
  }

  @Test
  void thereAndBackGivesTheSameExceptionObject() {
    Deferred<String> d = Deferred.fail(boom);

    assertFailure(Deferred.from(d.toCompletableFuture().thenApply(v -> v)), boom);
  }
}
