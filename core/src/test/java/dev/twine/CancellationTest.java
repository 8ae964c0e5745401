package dev.twine;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.assertTaken;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Cancelling: the canceller, the walk along waiting chains, and cancels kept for a run. */
class CancellationTest {

  private final Exception boom = new Exception("boom");
  private final List<Object> seen = new ArrayList<>();

  // ---- without a canceller

  @Test
  void cancellingOneWithoutACancellerFailsIt() {
    Deferred<String> d = new Deferred<>();
    d.cancel();

    assertThat(failureResultOf(d))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("cancelled before it fired");
  }

  @Test
  void everyCancelMakesAFreshExceptionWithoutAStackTrace() {
    Throwable one = cancelled(new Deferred<>());
    Throwable two = cancelled(new Deferred<>());

    assertThat(one).isNotSameAs(two);
    assertThat(one.getStackTrace()).isEmpty();
  }

  @Test
  void exactlyOneLateFiringIsSwallowed() {
    Deferred<String> valued = new Deferred<>();
    Deferred<String> failed = new Deferred<>();
    assertThat(cancelled(valued)).isNotNull();
    assertThat(cancelled(failed)).isNotNull();
    valued.callback("late");
    failed.errback(boom);

    assertAlreadyCalled(() -> valued.callback("too late"));
    assertAlreadyCalled(() -> failed.callback("too late"));
    assertResult(valued, null);
  }

  @Test
  void severalCancelsSwallowOnlyOneFiring() {
    Deferred<String> d = new Deferred<>();
    d.cancel();
    d.cancel();
    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
    d.cancel();
    d.callback("late");
    d.cancel();

    assertAlreadyCalled(() -> d.callback("too late"));
  }

  @Test
  void aFiringByAnErrbackOfTheCancelledOneIsTheOneSwallowed() {
    Deferred<String> d = new Deferred<>();
    d.consumeErrors(f -> d.callback("swallowed"));
    d.cancel();

    assertResult(d, null);
    assertAlreadyCalled(() -> d.callback("too late"));
  }

  @Test
  void theRightToSwallowOutlivesCallbacksThatAreAdded() {
    Deferred<String> d = new Deferred<>();
    d.consumeErrors(f -> d.onSuccess(seen::add).onSuccess(seen::add));
    d.cancel();
    d.onSuccess(seen::add);
    d.callback("swallowed");

    assertThat(seen).containsExactly(null, null, null);
    assertAlreadyCalled(() -> d.callback("too late"));
  }

  @Test
  void theRightToSwallowOutlivesASuspension() {
    Deferred<String> inner = new Deferred<>();
    Deferred<String> d = new Deferred<>();
    d.chainErrback(f -> inner);
    d.cancel();
    d.onSuccess(v -> seen.add("added while waiting"));
    d.callback("swallowed");
    assertAlreadyCalled(() -> d.callback("too late"));
    inner.callback("y");

    assertResult(d, "y");
  }

  @Test
  void oneThatWasSuspendedAfterACancelStillSwallowsWhenItIsIdle() {
    Deferred<String> inner = new Deferred<>();
    Deferred<String> d = new Deferred<>();
    d.chainErrback(f -> inner);
    d.cancel();
    inner.callback("y");
    d.callback("swallowed");

    assertAlreadyCalled(() -> d.callback("too late"));
    assertResult(d, "y");
  }

  @Test
  void cancellingAFiredOneDoesNothing() {
    Deferred<String> d = new Deferred<>(it -> seen.add("canceller"));
    d.callback("x");
    d.cancel();

    assertResult(d, "x");
    assertThat(seen).isEmpty();
  }

  @Test
  void cancellingAPausedOneKeepsTheCancellationUntilTheUnpause() {
    Deferred<String> d = new Deferred<>();
    d.onFailure(f -> seen.add(f.value())).pause();
    d.cancel();
    assertThat(seen).isEmpty();
    assertThat(d.isCalled()).isTrue();
    d.callback("swallowed");
    d.unpause();

    assertThat(seen).containsExactly(failureResultOf(d));
  }

  @Test
  void cancellingAFiredAndPausedOneDoesNothing() {
    Deferred<String> d = new Deferred<>();
    d.pause();
    d.callback("x");
    d.cancel();
    d.unpause();

    assertResult(d, "x");
  }

  // ---- with a canceller

  @Test
  void aCancellerThatDoesNotFireLeavesACancellation() {
    Deferred<String> d = new Deferred<>(seen::add);
    d.cancel();

    assertThat(seen).containsExactly(d);
    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
  }

  @Test
  void withACancellerNothingIsSwallowed() {
    Deferred<String> d = new Deferred<>(seen::add);
    d.cancel();

    assertAlreadyCalled(() -> d.callback("late"));
    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aCancellerMayFireWithAValueOrAnError() {
    Deferred<String> valued = new Deferred<>(it -> it.callback("instead"));
    Deferred<String> failed = new Deferred<>(it -> it.errback(boom));
    valued.cancel();
    failed.cancel();

    assertResult(valued, "instead");
    assertFailure(failed, boom);
  }

  @Test
  void theCancellerRunsOnce() {
    Deferred<String> d = new Deferred<>(seen::add);
    d.cancel();
    d.cancel();

    assertThat(seen).hasSize(1);
    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
  }

  @Test
  void whatACancellerThrowsReachesWhoeverCancelsAndTheNextCancelCallsItAgain() {
    Deferred<String> d = new Deferred<>(it -> throwing());
    assertThatThrownBy(d::cancel).isSameAs(boom);
    assertThat(d.isCalled()).isFalse();
    assertThatThrownBy(d::cancel).isSameAs(boom);
    d.callback("x");

    assertThat(seen).containsExactly("thrown", "thrown");
    assertResult(d, "x");
  }

  private void throwing() throws Exception {
    seen.add("thrown");
    throw boom;
  }

  @Test
  void aCancellerThatFiresAndThenThrowsHasFired() {
    Deferred<String> d =
        new Deferred<>(
            it -> {
              it.callback("fired");
              throw boom;
            });
    assertThatThrownBy(d::cancel).isSameAs(boom);
    d.cancel();

    assertResult(d, "fired");
  }

  @Test
  void aCancellerThatCancelsItsOwnDeferredIsNotEnteredAgain() {
    Deferred<String> d =
        new Deferred<>(
            it -> {
              seen.add("entered");
              it.cancel();
            });
    d.cancel();

    assertThat(seen).containsExactly("entered");
    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aCancellerMayAddCallbacksWhichRunAfterThoseThere() {
    Deferred<String> d = new Deferred<>(it -> it.onFailure(f -> seen.add("added")));
    d.onFailure(f -> seen.add("there"));
    d.cancel();

    assertThat(seen).containsExactly("there", "added");
    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aCancellerMayPauseItsDeferred() {
    Deferred<String> d = new Deferred<>(Deferred::pause);
    d.cancel();
    assertThat(d.state().pauses()).isEqualTo(1);
    d.unpause();

    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aSecondCancelWhileTheCancellerRunsElsewhereReturnsAtOnce() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Deferred<String> d =
        new Deferred<>(
            it -> {
              entered.countDown();
              OtherThread.await(leave);
            });
    OtherThread first = OtherThread.start(d::cancel);
    OtherThread.await(entered);
    d.cancel();
    assertThat(d.isCalled()).isFalse();
    leave.countDown();
    first.join();

    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aFiringWhileTheCancellerRunsElsewhereWins() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Deferred<String> d =
        new Deferred<>(
            it -> {
              entered.countDown();
              OtherThread.await(leave);
            });
    OtherThread first = OtherThread.start(d::cancel);
    OtherThread.await(entered);
    d.callback("x");
    leave.countDown();
    first.join();

    assertResult(d, "x");
  }

  // ---- along waiting chains

  @Test
  void aCancelOfAWaitingOneGoesToWhatItWaitsForAndNotToItsOwnCanceller() {
    Deferred<String> inner = new Deferred<>(it -> seen.add("inner"));
    Deferred<String> outer = new Deferred<>(it -> seen.add("outer"));
    Deferred<String> end = outer.chainCallback(v -> inner);
    outer.callback("x");
    outer.cancel();

    assertThat(seen).containsExactly("inner");
    assertThat(failureResultOf(end)).isInstanceOf(CancellationException.class);
    assertTaken(inner);
  }

  @Test
  void aCancelGoesDownToTheInnermost() {
    Deferred<String> innermost = new Deferred<>(seen::add);
    Deferred<String> outer = waitingOn(waitingOn(waitingOn(innermost)));
    outer.cancel();

    assertThat(seen).containsExactly(innermost);
    assertThat(failureResultOf(outer)).isInstanceOf(CancellationException.class);
  }

  @Test
  void theOuterOneReceivesWhateverTheInnerOneEndsWith() {
    Deferred<String> recovering = new Deferred<>();
    recovering.addErrback(f -> "recovered");
    Deferred<String> answering = new Deferred<>(it -> it.callback("answer"));
    Deferred<String> one = waitingOn(recovering);
    Deferred<String> two = waitingOn(answering);
    one.cancel();
    two.cancel();

    assertResult(one, "recovered");
    assertResult(two, "answer");
  }

  @Test
  void cancellingTheInnerOneDirectlyIsSeenAsAnyFailure() {
    Deferred<String> inner = new Deferred<>();
    Deferred<String> outer = waitingOn(inner);
    inner.cancel();

    assertThat(failureResultOf(outer)).isInstanceOf(CancellationException.class);
  }

  @Test
  void theOneThatSwallowsIsTheOneCancelled() {
    Deferred<String> inner = new Deferred<>();
    Deferred<String> outer = waitingOn(inner);
    outer.cancel();
    inner.callback("swallowed");

    assertAlreadyCalled(() -> inner.callback("too late"));
    assertAlreadyCalled(() -> outer.callback("never"));
    assertThat(failureResultOf(outer)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aCancelThatReachesAFiredAndPausedOneDoesNothing() {
    Deferred<String> inner = new Deferred<>();
    inner.pause();
    Deferred<String> outer = waitingOn(inner);
    inner.callback("y");
    outer.cancel();
    assertNoResult(outer);
    inner.unpause();

    assertResult(outer, "y");
  }

  @Test
  void aCancelOfAPausedWaitingOneGoesToWhatItWaitsFor() {
    Deferred<String> inner = new Deferred<>(seen::add);
    Deferred<String> outer = waitingOn(inner);
    outer.pause();
    outer.cancel();

    assertThat(seen).containsExactly(inner);
    outer.unpause();
    assertThat(failureResultOf(outer)).isInstanceOf(CancellationException.class);
  }

  @Test
  void whatTheInnerCancellerThrowsReachesWhoeverCancelsTheOuterOne() {
    Deferred<String> inner = new Deferred<>(it -> throwing());
    Deferred<String> outer = waitingOn(inner);

    assertThatThrownBy(outer::cancel).isSameAs(boom);
    assertNoResult(outer);
    inner.callback("y");
    assertResult(outer, "y");
  }

  @Test
  void oneThatHasHandedItsResultOverIsNotCancelledThroughItsTaker() {
    Deferred<String> next = new Deferred<>(it -> seen.add("cancelled"));
    Deferred<String> inner = new Deferred<>();
    Deferred<String> outer = waitingOn(inner);
    Deferred<String> rest = inner.chainCallback(v -> next);
    inner.callback("y");
    outer.cancel();

    assertThat(seen).isEmpty();
    assertResult(outer, "y");
    next.callback("z");
    assertResult(rest, "z");
  }

  @Test
  void anInnerOneThatWaitsBehindTheHandOverCanBeCancelled() {
    Deferred<String> next = new Deferred<>(seen::add);
    Deferred<String> inner = new Deferred<>();
    Deferred<String> outer = waitingOn(inner);
    Deferred<String> rest = inner.chainCallback(v -> next);
    inner.callback("y");
    inner.cancel();

    assertThat(seen).containsExactly(next);
    assertResult(outer, "y");
    assertThat(failureResultOf(rest)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aSecondOneThatWaitsAfterTheHandOverCanBeCancelled() {
    Deferred<String> next = new Deferred<>(seen::add);
    Deferred<String> inner = new Deferred<>();
    Deferred<String> first = waitingOn(inner);
    Deferred<String> rest = inner.chainCallback(v -> next);
    inner.callback("y");
    Deferred<String> second = waitingOn(rest);
    Deferred<String> third = waitingOn(rest);
    third.cancel();

    assertThat(seen).containsExactly(next);
    assertResult(first, "y");
    assertThat(failureResultOf(second)).isInstanceOf(CancellationException.class);
    assertResult(third, null);
  }

  // ---- from inside, and while the chain runs elsewhere

  @Test
  void cancellingFromItsOwnCallbackDoesNothing() {
    Deferred<String> inner = new Deferred<>(it -> seen.add("cancelled"));
    Deferred<String> d = new Deferred<>();
    Deferred<String> end = d.onSuccess(v -> d.cancel()).chainCallback(v -> inner);
    d.callback("x");

    assertThat(seen).isEmpty();
    inner.callback("y");
    assertResult(end, "y");
  }

  @Test
  void cancellingAnotherOneFromACallbackWorksNormally() {
    Deferred<String> other = new Deferred<>();
    assertResult(Deferred.succeed("x").onSuccess(v -> other.cancel()), "x");

    assertThat(failureResultOf(other)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aCancelFromElsewhereIsKeptForTheFirstThatTheRunComesToWaitOn() throws Exception {
    Deferred<String> inner = new Deferred<>(seen::add);
    Deferred<String> end = cancelledWhileRunning(v -> inner);

    assertThat(seen).containsExactly(inner);
    assertThat(failureResultOf(end)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aKeptCancelGoesDownToTheInnermostOfWhatTheRunComesToWaitOn() throws Exception {
    Deferred<String> innermost = new Deferred<>(seen::add);
    Deferred<String> end = cancelledWhileRunning(v -> waitingOn(waitingOn(innermost)));

    assertThat(seen).containsExactly(innermost);
    assertThat(failureResultOf(end)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aKeptCancelIsDroppedWhenTheRunEndsWithoutWaiting() throws Exception {
    Deferred<String> end = cancelledWhileRunning(v -> Deferred.succeed("taken at once"));
    assertResult(end, "taken at once");
    Deferred<String> inner = new Deferred<>(it -> seen.add("cancelled"));
    Deferred<String> later = end.chainCallback(v -> inner);

    assertThat(seen).isEmpty();
    inner.callback("y");
    assertResult(later, "y");
  }

  /** Cancels, from this thread, a chain that another one runs, before it gets to the function. */
  private static Deferred<String> cancelledWhileRunning(Callback<String, Deferred<String>> function)
      throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    Deferred<String> d = new Deferred<>();
    Deferred<String> end =
        d.onSuccess(
                v -> {
                  entered.countDown();
                  OtherThread.await(cancelled);
                })
            .chainCallback(function);
    OtherThread firing = OtherThread.start(() -> d.callback("x"));
    OtherThread.await(entered);
    d.cancel();
    cancelled.countDown();
    firing.join();
    return end;
  }

  @Test
  void aCancelThroughAWaitingOneIsKeptByTheRunningOneBelow() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    Deferred<String> innermost = new Deferred<>(seen::add);
    Deferred<String> inner = new Deferred<>();
    Deferred<String> end =
        inner
            .onSuccess(
                v -> {
                  entered.countDown();
                  OtherThread.await(cancelled);
                })
            .chainCallback(v -> innermost);
    Deferred<String> outer = waitingOn(end);
    OtherThread firing = OtherThread.start(() -> inner.callback("x"));
    OtherThread.await(entered);
    outer.cancel();
    cancelled.countDown();
    firing.join();

    assertThat(seen).containsExactly(innermost);
    assertThat(failureResultOf(outer)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aCancelKeptByTheInnerOneFollowsTheResultToTheOuterOne() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    Deferred<String> next = new Deferred<>(seen::add);
    Deferred<String> inner = new Deferred<>();
    inner.onSuccess(
        v -> {
          entered.countDown();
          OtherThread.await(cancelled);
        });
    Deferred<String> outer = waitingOn(inner).chainCallback(v -> next);
    OtherThread firing = OtherThread.start(() -> inner.callback("x"));
    OtherThread.await(entered);
    outer.cancel();
    cancelled.countDown();
    firing.join();

    assertThat(seen).containsExactly(next);
    assertThat(failureResultOf(outer)).isInstanceOf(CancellationException.class);
  }

  @Test
  void severalCancelsAreKeptForOneRun() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    Deferred<String> innermost = new Deferred<>(seen::add);
    Deferred<String> inner = new Deferred<>();
    Deferred<String> end =
        inner
            .onSuccess(
                v -> {
                  entered.countDown();
                  OtherThread.await(cancelled);
                })
            .chainCallback(v -> innermost);
    Deferred<String> first = waitingOn(end);
    Deferred<String> second = waitingOn(end);
    OtherThread firing = OtherThread.start(() -> inner.callback("x"));
    OtherThread.await(entered);
    first.cancel();
    second.cancel();
    end.cancel();
    cancelled.countDown();
    firing.join();

    assertThat(seen).containsExactly(innermost);
    assertThat(failureResultOf(first)).isInstanceOf(CancellationException.class);
    assertResult(second, null);
  }

  @Test
  @Tag("probe")
  void whatTheCancellerThrowsForAKeptCancelIsReported() throws Exception {
    Deferred<String> inner = new Deferred<>(it -> throwing());
    Deferred<String> end = cancelledWhileRunning(v -> inner);

    assertThat(Reports.reported())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.thrown()).isSameAs(boom);
              assertThat(report.where()).contains("canceller");
            });
    assertNoResult(end);
    inner.callback("y");
    assertResult(end, "y");
  }

  @Test
  void theCancelFromElsewhereOfARunThatIsPausedIsKept() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    Deferred<String> inner = new Deferred<>(seen::add);
    Deferred<String> d = new Deferred<>();
    Deferred<String> end =
        d.onSuccess(
                v -> {
                  entered.countDown();
                  OtherThread.await(cancelled);
                })
            .chainCallback(v -> inner);
    OtherThread firing = OtherThread.start(() -> d.callback("x"));
    OtherThread.await(entered);
    d.pause();
    d.cancel();
    d.unpause();
    cancelled.countDown();
    firing.join();

    assertThat(seen).containsExactly(inner);
    assertThat(failureResultOf(end)).isInstanceOf(CancellationException.class);
  }

  // ---- whose turn it is

  @Test
  void aThreadThatFollowsTheRunningOneIsInsideTheChainsTurn() {
    Deferred<String> inner = new Deferred<>(it -> seen.add("cancelled"));
    Deferred<String> d = new Deferred<>();
    Deferred<String> end =
        d.onSuccess(
                v -> {
                  Thread resumer = Thread.currentThread();
                  OtherThread.run(
                      () -> {
                        Turn.follow(() -> resumer);
                        d.cancel();
                        Turn.follow(null);
                      });
                })
            .chainCallback(v -> inner);
    d.callback("x");

    assertThat(seen).isEmpty();
    inner.callback("y");
    assertResult(end, "y");
  }

  @Test
  void aCancelFromWithinATurnStillCountsFromAnotherThread() {
    Deferred<String> inner = new Deferred<>(it -> seen.add("cancelled"));
    Deferred<String> d = new Deferred<>();
    Deferred<String> end = d.onSuccess(v -> OtherThread.run(d::cancel)).chainCallback(v -> inner);
    d.callback("x");

    assertThat(seen).containsExactly("cancelled");
    assertThat(failureResultOf(end)).isInstanceOf(CancellationException.class);
  }

  private static Throwable cancelled(Deferred<String> d) {
    d.cancel();
    return failureResultOf(d);
  }

  private static void assertAlreadyCalled(Action firing) {
    assertThatThrownBy(firing::run).isInstanceOf(AlreadyCalledException.class);
  }

  private static Deferred<String> waitingOn(Deferred<String> inner) {
    return Deferred.succeed("x").chainCallback(v -> inner);
  }

  // ---- after a plain hand-over

  @Test
  void whoeverWaitsForAnInnerOneAgainCanCancelWhatThatWaitsFor() {
    Deferred<String> next = new Deferred<>(seen::add);
    Deferred<String> inner = new Deferred<>();
    Deferred<String> first = waitingOn(inner);
    inner.callback("y");
    Deferred<String> rest = inner.chainCallback(v -> next);
    Deferred<String> second = waitingOn(rest);
    Deferred<String> third = waitingOn(rest);
    first.cancel();
    assertThat(seen).isEmpty();
    third.cancel();

    assertThat(seen).containsExactly(next);
    assertResult(first, "y");
    assertThat(failureResultOf(second)).isInstanceOf(CancellationException.class);
    assertResult(third, null);
  }

  @Test
  void aCancelledMemberOfAListThatWaitsIsCancelledWhereItWaits() {
    Deferred<String> inner = new Deferred<>(seen::add);
    Deferred<List<Outcome<String>>> list =
        DeferredList.of(List.of(waitingOn(inner)), DeferredList.Option.CONSUME_ERRORS);
    Deferred<List<Outcome<String>>> outer = Deferred.succeed("o").chainCallback(v -> list);
    outer.cancel();

    assertThat(seen).containsExactly(inner);
    assertThat(successResultOf(outer)).extracting(Outcome::isSuccess).containsExactly(false);
  }

  @Test
  void aKeptCancelReachesTheMembersOfAListThatTheRunComesToWaitOn() throws Exception {
    Deferred<String> member = new Deferred<>(seen::add);
    Deferred<String> end =
        cancelledWhileRunning(
            v ->
                DeferredList.of(List.of(member), DeferredList.Option.CONSUME_ERRORS)
                    .addCallback(outcomes -> "answered"));

    assertThat(seen).containsExactly(member);
    assertResult(end, "answered");
  }

  @Test
  void aCancelOfOneThatIsIdleWithAQueueDoesNothing() {
    Deferred<String> next = new Deferred<>(seen::add);
    Deferred<String> inner = new Deferred<>();
    Deferred<String> outer = waitingOn(inner);
    Deferred<String> rest = inner.chainCallback(v -> next);
    outer.onSuccess(v -> inner.cancel());
    inner.callback("y");

    assertResult(outer, "y");
    assertThat(seen).isEmpty();
    next.callback("z");
    assertResult(rest, "z");
  }

  @Test
  void twoCancelsOfOneChainAreKeptOnce() throws Exception {
    Deferred<String> inner = new Deferred<>(it -> throwing());
    Deferred<String> d = new Deferred<>();
    Deferred<String> end =
        d.onSuccess(
                v ->
                    OtherThread.run(
                        () -> {
                          d.cancel();
                          d.cancel();
                        }))
            .chainCallback(v -> inner);
    d.callback("x");

    assertThat(seen).containsExactly("thrown");
    inner.callback("y");
    assertResult(end, "y");
    assertThat(Reports.reported()).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void aCancelOfAPausedFiredOneWithAQueueDoesNothing() {
    Deferred<String> d = new Deferred<>();
    d.pause();
    d.callback("x");
    d.onSuccess(seen::add);
    d.cancel();
    d.unpause();

    assertThat(seen).containsExactly("x");
    assertResult(d, "x");
  }
}
