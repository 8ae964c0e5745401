package dev.twine;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureOf;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.time.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Making, firing, and the order of callbacks. */
class DeferredTest {

  private final Exception boom = new Exception("boom");
  private final List<Object> seen = new ArrayList<>();

  // ---- made

  @Test
  void aNewOneHasNotBeenFired() {
    Deferred<String> d = new Deferred<>();

    assertThat(d.isCalled()).isFalse();
    assertNoResult(d);
  }

  @Test
  void succeedMakesAFiredOne() {
    Deferred<String> d = Deferred.succeed("x");

    assertThat(d.isCalled()).isTrue();
    assertResult(d, "x");
  }

  @Test
  void nullIsAResultLikeAnyOther() {
    Deferred<@Nullable String> fired = new Deferred<>();
    Deferred<@Nullable String> made = Deferred.succeed(null);
    fired.onSuccess(seen::add).callback(null);
    made.onSuccess(seen::add);

    assertThat(seen).containsExactly(null, null);
    assertThat(fired.isCalled()).isTrue();
  }

  @Test
  void failMakesAFailedOne() {
    Failure failure = new Failure(boom);

    assertFailure(Deferred.fail(boom), boom);
    assertThat(failureOf(Deferred.fail(failure))).isSameAs(failure);
  }

  @Test
  void aFailureAsAValueCountsAsFailing() {
    Failure failure = new Failure(boom);
    Deferred<Object> fired = new Deferred<>();
    fired.callback(failure);

    assertThat(failureOf(fired)).isSameAs(failure);
    assertThat(failureOf(Deferred.<Object>succeed(failure))).isSameAs(failure);
    assertThat(failureOf(Deferred.<Object>execute(() -> failure))).isSameAs(failure);
    assertThat(failureOf(Deferred.maybeDeferred((Callable<Object>) () -> failure)))
        .isSameAs(failure);
  }

  @Test
  void executeMakesOneOfWhatAFunctionReturnsOrThrows() {
    assertResult(Deferred.execute(() -> "x"), "x");
    assertFailure(Deferred.execute(this::throwing), boom);
    assertResult(Deferred.execute(() -> addSeen("ran")), null);
    assertFailure(Deferred.execute(this::explode), boom);
    assertThat(seen).containsExactly("ran");
  }

  @Test
  void executeRefusesAReturnedDeferred() {
    Deferred<?> refused = Deferred.execute(() -> Deferred.succeed("x"));

    assertThat(failureResultOf(refused))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a Deferred can't be the value of a Deferred");
  }

  @Test
  void maybeDeferredGivesTheVeryDeferredThatTheFunctionReturns() {
    Deferred<String> pending = new Deferred<>();

    assertThat(Deferred.<String>maybeDeferred(() -> pending)).isSameAs(pending);
    assertThat(Deferred.maybeDeferred((Callable<Object>) () -> pending)).isSameAs(pending);
  }

  @Test
  void maybeDeferredTakesNullInPlaceOfADeferredAsTheResultNull() {
    DeferredCallable<String> nothing = () -> null;

    assertResult(Deferred.maybeDeferred(nothing), null);
  }

  @Test
  void maybeDeferredMakesAFiredOneOfAValueOrAnException() {
    Callable<String> value = () -> "x";
    DeferredCallable<String> failing = () -> raise(boom);

    assertResult(Deferred.maybeDeferred(value), "x");
    assertFailure(Deferred.maybeDeferred(failing), boom);
    assertThat(failureResultOf(Deferred.maybeDeferred((Callable<String>) this::throwing)))
        .isSameAs(boom);
    assertResult(Deferred.maybeDeferred(() -> addSeen("ran")), null);
    assertFailure(Deferred.maybeDeferred(this::explode), boom);
  }

  @Test
  void succeedAndFailIgnoreCancel() {
    Deferred<String> succeeded = Deferred.succeed("x");
    Deferred<String> failed = Deferred.fail(boom);
    succeeded.cancel();
    failed.cancel();

    assertResult(succeeded, "x");
    assertFailure(failed, boom);
  }

  // ---- fired

  @Test
  void callbacksRunInTheOrderInWhichTheyWereAddedBeforeTheFiringReturns() {
    Deferred<String> d = new Deferred<>();
    Deferred<String> end =
        d.addCallback(v -> v + 1).addCallback(v -> v + 2).addCallback(v -> v + 3);
    d.callback("v");

    assertResult(end, "v123");
  }

  @Test
  void aCallbackAddedToAFiredOneRunsBeforeAddReturnsAndSeesTheCurrentResult() {
    Deferred<Integer> d = Deferred.succeed(1).addCallback(v -> v + 1);

    assertResult(d.addCallback(v -> v * 10), 20);
  }

  @Test
  void aValuePassesErrbacksAndAFailurePassesCallbacks() {
    Failure failure = new Failure(boom);
    Deferred<String> good = new Deferred<>();
    Deferred<String> bad = new Deferred<>();
    good.addErrback(f -> "never");
    Deferred<String> after = bad.addCallback(v -> "never");
    good.callback("x");
    bad.errback(failure);

    assertResult(good, "x");
    assertThat(failureOf(after)).isSameAs(failure);
  }

  @Test
  void theErrbackSeesTheVeryExceptionThatACallbackThrew() {
    IOException io = new IOException();
    Deferred<String> d = new Deferred<>();
    Deferred<String> end =
        d.<String>addCallback(
            v -> {
              throw io;
            });
    d.callback("x");

    assertFailure(end, io);
  }

  @Test
  void everyThrowableIsCaptured() {
    for (Throwable thrown :
        List.of(new AssertionError("a"), new Error("e"), new Throwable("t"), boom)) {
      Deferred<String> d = Deferred.succeed("x").addCallback(v -> raise(thrown));

      assertFailure(d, thrown);
    }
  }

  @Test
  void aCallbackThatReturnsAFailureFails() {
    Failure failure = new Failure(boom);

    assertThat(failureOf(Deferred.succeed("x").<Object>addCallback(v -> failure)))
        .isSameAs(failure);
  }

  @Test
  void anErrbackThatReturnsEndsTheFailure() {
    Deferred<@Nullable String> d = Deferred.fail(boom);
    d.addErrback(f -> null).onSuccess(seen::add);

    assertThat(seen).containsExactly((Object) null);
  }

  @Test
  void anErrbackThatThrowsReplacesTheFailure() {
    Exception second = new Exception("second");
    Deferred<String> d = Deferred.fail(boom);
    d.addErrback(f -> raise(second));

    assertThat(failureResultOf(d)).isSameAs(second).hasNoCause().hasNoSuppressedExceptions();
  }

  @Test
  void throwingTheSameExceptionAgainMakesANewFailureAroundIt() {
    Failure first = new Failure(boom);
    Deferred<String> d = Deferred.fail(first);
    d.addErrback(Failure::raise);

    assertThat(failureOf(d)).isNotSameAs(first).extracting(Failure::value).isSameAs(boom);
  }

  @Test
  void theTwoHalvesOfAPairDoNotFeedEachOther() {
    Deferred<String> bad = Deferred.succeed("x").addCallbacks(v -> raise(boom), f -> "never");
    Deferred<String> good =
        Deferred.<String>fail(boom).addCallbacks(v -> "never", f -> "recovered");

    assertFailure(bad, boom);
    assertResult(good, "recovered");
  }

  @Test
  void aCallbackAddedByARunningOneGoesToTheEndOfTheQueue() {
    Deferred<String> d = new Deferred<>();
    Deferred<String> end =
        d.addCallback(
                v -> {
                  d.onSuccess(late -> seen.add("added by the first: " + late));
                  seen.add("first");
                  return v + 1;
                })
            .addCallback(
                v -> {
                  seen.add("second");
                  return v + 2;
                });
    d.callback("v");

    assertThat(seen).containsExactly("first", "second", "added by the first: v12");
    assertResult(end, "v12");
  }

  @Test
  void whatARunningCallbackAddsSeesItsFailure() {
    Deferred<String> d = new Deferred<>();
    d.onSuccess(
        v -> {
          d.consumeErrors(failure -> seen.add(failure.value()));
          throw boom;
        });
    d.callback("x");

    assertThat(seen).containsExactly(boom);
  }

  @Test
  void whatACallbackOfAFiredOneAddsRunsAfterIt() {
    Deferred<String> d = Deferred.succeed("x");
    d.onSuccess(
        v -> {
          d.onSuccess(inner -> seen.add("inner")).onFailure(never -> seen.add("never"));
          seen.add("outer");
        });

    assertThat(seen).containsExactly("outer", "inner");
  }

  @Test
  void firingAnotherOneFromACallbackRunsItsChainAtOnce() {
    Deferred<String> other = new Deferred<>();
    other.onSuccess(seen::add);
    Deferred<String> d = new Deferred<>();
    d.onSuccess(
        v -> {
          seen.add("before");
          other.callback("other");
          seen.add("after");
        });
    d.callback("x");

    assertThat(seen).containsExactly("before", "other", "after");
  }

  @Test
  void aFailureInAnotherOneDoesNotDisturbTheCallbackThatFiredIt() {
    Deferred<String> other = new Deferred<>();
    other.onSuccess(v -> explode());
    Deferred<String> d = new Deferred<>();
    d.onSuccess(v -> other.callback(v)).callback("x");

    assertResult(d, "x");
    assertFailure(other, boom);
  }

  @Test
  void aSecondFiringIsRefusedAndChangesNothing() {
    Deferred<String> good = Deferred.succeed("x");
    Deferred<String> bad = Deferred.fail(boom);

    assertRefused(() -> good.callback("y"));
    assertRefused(() -> good.errback(new IOException()));
    assertRefused(() -> bad.callback("y"));
    assertRefused(() -> bad.errback(new Failure(new IOException())));
    assertResult(good, "x");
    assertFailure(bad, boom);
  }

  @Test
  void firingFromItsOwnCallbackIsASecondFiring() {
    Deferred<String> d = new Deferred<>();
    d.onSuccess(v -> d.callback("again")).callback("x");

    assertThat(failureResultOf(d)).isInstanceOf(AlreadyCalledException.class);
  }

  @Test
  void firingAPausedOneTwiceIsASecondFiring() {
    Deferred<String> d = new Deferred<>();
    d.pause();
    d.callback("x");

    assertThat(d.isCalled()).isTrue();
    assertRefused(() -> d.callback("y"));
    assertRefused(() -> d.errback(boom));
    d.unpause();
    assertResult(d, "x");
  }

  @Test
  void firingOneThatWaitsIsASecondFiring() {
    Deferred<String> inner = new Deferred<>();
    Deferred<String> d = Deferred.succeed("x").chainCallback(v -> inner);

    assertRefused(() -> d.callback("y"));
    inner.callback("z");
    assertResult(d, "z");
  }

  private static void assertRefused(Action again) {
    assertThatThrownBy(again::run)
        .isInstanceOf(AlreadyCalledException.class)
        .hasMessageContaining("fires once only");
  }

  // ---- the chain

  @Test
  void everyAddReturnsTheSameObject() {
    Deferred<String> d = new Deferred<>();
    ManualClock clock = new ManualClock();

    assertThat(d.addCallback(v -> v)).isSameAs(d);
    assertThat(d.chainCallback(Deferred::succeed)).isSameAs(d);
    assertThat(d.addCallbacks(v -> v, f -> "")).isSameAs(d);
    assertThat(d.chainCallbacks(Deferred::succeed, f -> Deferred.succeed(""))).isSameAs(d);
    assertThat(d.addBoth(Outcome::get)).isSameAs(d);
    assertThat(d.chainBoth(outcome -> Deferred.succeed(outcome.get()))).isSameAs(d);
    assertThat(d.asVoid()).isSameAs(d);
    assertThat(d.addErrback(f -> "")).isSameAs(d);
    assertThat(d.addErrback(IOException.class, e -> "")).isSameAs(d);
    assertThat(d.chainErrback(f -> Deferred.succeed(""))).isSameAs(d);
    assertThat(d.chainErrback(IOException.class, e -> Deferred.succeed(""))).isSameAs(d);
    assertThat(d.consumeErrors(f -> {})).isSameAs(d);
    assertThat(d.consumeErrors(IOException.class, e -> {})).isSameAs(d);
    assertThat(d.onSuccess(v -> {})).isSameAs(d);
    assertThat(d.onFailure(f -> {})).isSameAs(d);
    assertThat(d.onFailure(IOException.class, e -> {})).isSameAs(d);
    assertThat(d.onEither(outcome -> {})).isSameAs(d);
    assertThat(d.onEither(() -> {})).isSameAs(d);
    assertThat(d.addTimeout(Duration.ofSeconds(1), clock)).isSameAs(d);
    assertThat(d.addTimeout(Duration.ofSeconds(1), clock, (outcome, t) -> "")).isSameAs(d);
    assertThat(d.continueOn(Runnable::run)).isSameAs(d);
    assertThat(Deferred.<Object>widen(d)).isSameAs(d);
    assertThat(Deferred.<Object>flatten(d.addCallback(v -> Deferred.succeed(v)))).isSameAs(d);
  }

  @Test
  void theChainTwinsWaitForTheDeferredsTheyReturn() {
    Deferred<Integer> inner = new Deferred<>();
    Deferred<Integer> a = Deferred.succeed("x").chainCallback(v -> inner);
    assertNoResult(a);
    inner.callback(1);

    assertResult(a, 1);
    assertResult(good().chainCallbacks(v -> two(), f -> a), 2);
    assertResult(bad().chainCallbacks(v -> a, f -> two()), 2);
    assertResult(good().chainBoth(outcome -> two()), 2);
    assertResult(bad().chainBoth(outcome -> two()), 2);
    assertResult(bad().chainErrback(f -> Deferred.succeed("y")), "y");
    assertResult(Deferred.flatten(good().addCallback(v -> two())), 2);
  }

  @Test
  void nullInPlaceOfADeferredIsTheResultNull() {
    assertResult(good().<Integer>chainCallback(v -> null), null);
  }

  @Test
  void asVoidDropsAValueAndKeepsAFailure() {
    assertResult(good().asVoid(), null);
    assertFailure(bad().asVoid(), boom);
  }

  @Test
  void passthruGivesWhatItGets() {
    assertResult(good().addCallback(Deferred.passthru()), "x");
  }

  @Test
  void logErrorLogsTheFailureAndPassesItOn() {
    Reports.logged();
    Failure failure = new Failure(boom);
    Deferred<String> d = Deferred.fail(failure);
    d.addErrback(Deferred.logError());

    assertThat(failureOf(d)).isSameAs(failure);
    assertThat(Reports.logged())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getLevel()).isEqualTo(Level.SEVERE);
              assertThat(line.getThrown()).isSameAs(boom);
            });
  }

  @Test
  void timeoutFailsADeferred() {
    Deferred<String> d = new Deferred<>();
    Deferred.timeout(d);

    assertThat(failureResultOf(d))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("time");
    assertThatThrownBy(() -> Deferred.timeout(d)).isInstanceOf(AlreadyCalledException.class);
  }

  // ---- continueOn

  @Test
  void continueOnRunsTheRestOnTheExecutor() {
    ManualExecutor executor = new ManualExecutor();
    Deferred<String> d = new Deferred<>();
    d.onSuccess(v -> seen.add("before")).continueOn(executor).onSuccess(v -> seen.add("after"));
    d.callback("x");

    assertThat(seen).containsExactly("before");
    assertThat(d.state()).isInstanceOf(DeferredState.Waiting.class);
    assertThat(executor.waiting()).isEqualTo(1);
    executor.runAll();
    assertThat(seen).containsExactly("before", "after");
    assertResult(d, "x");
  }

  @Test
  void continueOnTakesFailuresAlong() {
    ManualExecutor executor = new ManualExecutor();
    Deferred<String> d = bad().continueOn(executor);
    executor.runAll();

    assertFailure(d, boom);
  }

  @Test
  void whatARefusingExecutorThrowsIsTheNextResult() {
    RejectedExecutionException refused = new RejectedExecutionException("full");
    Deferred<String> d = good().continueOn(task -> raise(refused));

    assertFailure(d, refused);
  }

  @Test
  void aCancelFailsWhatWaitsForAnExecutorAndTheExecutorFindsItDone() {
    ManualExecutor executor = new ManualExecutor();
    Deferred<String> d = good().continueOn(executor);
    d.cancel();

    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
    executor.runAll();
    assertResult(d, null);
  }

  private Deferred<String> good() {
    return Deferred.succeed("x");
  }

  private Deferred<String> bad() {
    return Deferred.fail(boom);
  }

  private static Deferred<Integer> two() {
    return Deferred.succeed(2);
  }

  private void explode() throws Exception {
    throw boom;
  }

  private String throwing() throws Exception {
    throw boom;
  }

  private void addSeen(Object what) {
    seen.add(what);
  }
}
