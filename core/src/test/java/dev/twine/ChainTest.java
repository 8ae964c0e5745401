package dev.twine;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.assertTaken;
import static dev.twine.Results.failureOf;
import static dev.twine.Results.raise;
import static dev.twine.Results.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A chain that waits for another one: what runs when, and where the result goes. */
class ChainTest {

  private final Exception boom = new Exception("boom");
  private final List<Object> seen = new ArrayList<>();
  private final Deferred<String> inner = new Deferred<>();

  @Test
  void aChainWaitsForAnUnfiredDeferredThatACallbackReturns() {
    Deferred<String> outer = waitingOn(inner);
    outer.onSuccess(seen::add);

    assertThat(seen).isEmpty();
    assertThat(outer.isCalled()).isTrue();
    assertThat(outer.state()).isEqualTo(new DeferredState.Waiting<>(inner, 0));
    inner.callback("y");
    assertThat(seen).containsExactly("y");
    assertResult(outer, "y");
  }

  @Test
  void aChainGoesOnWithTheFailureOfWhatItWaitedFor() {
    Failure failure = new Failure(boom);
    Deferred<String> outer = waitingOn(inner);
    inner.errback(failure);

    assertThat(failureOf(outer)).isSameAs(failure);
  }

  @Test
  void aFiredOneIsTakenOnTheSpot() {
    Deferred<String> fired = Deferred.succeed("y");
    Deferred<String> failed = Deferred.fail(boom);

    assertResult(waitingOn(fired), "y");
    assertFailure(waitingOn(failed), boom);
    assertTaken(fired);
    assertTaken(failed);
  }

  @Test
  void theResultMovesAndTheInnerOneIsLeftWithNull() {
    Deferred<String> outer = waitingOn(inner);
    inner.callback("y");

    assertResult(outer, "y");
    assertTaken(inner);
    inner.onSuccess(seen::add);
    assertThat(seen).containsExactly((Object) null);
  }

  @Test
  void callbacksOnTheInnerOneFromBeforeTheHandOverShapeTheValueAndThoseAfterSeeNull() {
    Deferred<String> shaped = inner.addCallback(v -> v + "1");
    Deferred<String> outer = waitingOn(shaped).addCallback(v -> v + "2");
    shaped.onSuccess(v -> seen.add("after: " + v));
    outer.onSuccess(v -> seen.add("outer: " + v));
    inner.callback("y");

    assertThat(seen).containsExactly("outer: y12", "after: null");
  }

  @Test
  void aPausedInnerOneCountsAsHavingNoResult() {
    Deferred<String> paused = Deferred.succeed("y");
    paused.pause();
    Deferred<String> outer = waitingOn(paused);

    assertNoResult(outer);
    paused.unpause();
    assertResult(outer, "y");
    assertTaken(paused);
  }

  @Test
  void aResultFlowsThroughAllLevels() {
    Deferred<String> middle = waitingOn(inner).addCallback(v -> v + " middle");
    Deferred<String> outer = waitingOn(middle).addCallback(v -> v + " outer");
    inner.callback("y");

    assertResult(outer, "y middle outer");
    assertTaken(middle);
  }

  @Test
  void anErrbackMayReturnADeferredToo() {
    Deferred<String> outer = Deferred.<String>fail(boom).chainErrback(f -> inner);
    assertNoResult(outer);
    inner.callback("y");

    assertResult(outer, "y");
  }

  @Test
  void severalThatWaitForOneAreServedInOrderAndTheFirstGetsTheResult() {
    Deferred<String> first = waitingOn(inner).onSuccess(v -> seen.add("first: " + v));
    Deferred<String> second = waitingOn(inner).onSuccess(v -> seen.add("second: " + v));
    Deferred<String> third = waitingOn(inner).onSuccess(v -> seen.add("third: " + v));
    inner.callback("y");

    assertThat(seen).containsExactly("first: y", "second: null", "third: null");
    assertResult(first, "y");
    assertResult(second, null);
    assertResult(third, null);
  }

  @Test
  void theOuterOnesCallbacksRunInTheMiddleOfTheInnerOnes() {
    inner.onSuccess(v -> seen.add("inner 1"));
    Deferred<String> outer = waitingOn(inner);
    inner.onSuccess(v -> seen.add("inner 2"));
    outer.onSuccess(v -> seen.add("outer"));
    inner.callback("y");

    assertThat(seen).containsExactly("inner 1", "outer", "inner 2");
  }

  @Test
  void whileTheOuterOneRunsTheInnerOneDoesNot() {
    Deferred<String> outer = waitingOn(inner);
    inner.onSuccess(v -> seen.add("queued: " + v));
    outer.onSuccess(
        v -> {
          inner.onSuccess(late -> seen.add("added: " + late));
          seen.add("outer: " + v);
        });
    inner.callback("y");

    assertThat(seen).containsExactly("queued: null", "added: null", "outer: y");
  }

  @Test
  void whatIsAddedToAnInnerOneWithoutAQueueFromTheOuterOneRunsAtOnce() {
    waitingOn(inner)
        .onSuccess(
            v -> {
              inner.onSuccess(late -> seen.add("added: " + late)).addErrback(f -> "never");
              seen.add("outer: " + v);
            });
    inner.callback("y");

    assertThat(seen).containsExactly("added: null", "outer: y");
    assertThat(successResultOf(inner)).isNull();
  }

  @Test
  void aFailureBehindTheHandOverIsTheInnerOnesOwn() {
    Deferred<String> outer = waitingOn(inner);
    inner.onSuccess(v -> raise(boom));
    inner.callback("y");

    assertResult(outer, "y");
    assertFailure(inner, boom);
  }

  @Test
  void anInnerOneMayWaitAgainBehindTheHandOver() {
    Deferred<String> another = new Deferred<>();
    Deferred<String> outer = waitingOn(inner);
    Deferred<String> rest = inner.chainCallback(v -> another);
    inner.callback("y");

    assertResult(outer, "y");
    assertThat(rest.state()).isEqualTo(new DeferredState.Waiting<>(another, 0));
    another.callback("z");
    assertResult(rest, "z");
  }

  @Test
  void anOuterOneTakesAnInnerOneThatIsIdleWithAQueue() {
    Deferred<String> outer = waitingOn(inner);
    inner.onSuccess(v -> seen.add("queued"));
    Deferred<String> second = new Deferred<>();
    outer.onSuccess(v -> second.callback("s"));
    Deferred<String> end = second.chainCallback(v -> inner);
    inner.callback("y");

    assertThat(seen).containsExactly("queued");
    assertResult(end, null);
  }

  @Test
  @Tag("probe")
  void lookingForAResultThatWasTakenWarns() {
    Deferred<String> taken = Deferred.succeed("once");
    Deferred<String> taking = Deferred.succeed(1).chainCallback(one -> taken);
    Reports.takenAgain();

    assertThat(taken.outcomeOrNull()).isEqualTo(new Outcome.Success<>(null));

    assertThat(Reports.takenAgain()).containsExactly(taken);
    Results.assertResult(taking, "once");
  }

  @Test
  @Tag("probe")
  void aTakenResultThatIsWantedAgainIsReported() {
    Reports.takenAgain();
    Reports.logged();
    Deferred<String> once = Deferred.succeed("y");
    assertResult(waitingOn(once), "y");
    assertResult(waitingOn(once), null);

    assertThat(Reports.takenAgain()).containsExactly(once);
    assertThat(Reports.logged())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getLevel()).isEqualTo(Level.WARNING);
              assertThat(line.getMessage()).contains("taken by another one", "fork()");
            });
  }

  @Test
  @Tag("probe")
  void aTakenMemberOfAListOrARaceIsReported() {
    Deferred<String> listed = Deferred.succeed("y");
    Deferred<String> raced = Deferred.succeed("y");
    assertResult(waitingOn(listed), "y");
    assertResult(waitingOn(raced), "y");
    Reports.takenAgain();
    assertResult(Deferred.gatherResults(List.of(listed)), Arrays.asList((Object) null));
    assertResult(Deferred.race(raced), new Winner<>(0, null));

    assertThat(Reports.takenAgain()).containsExactly(listed, raced);
  }

  @Test
  void aListIsADeferredToWaitForLikeAnyOther() {
    Deferred<List<String>> list = Deferred.gatherResults(List.of(inner));
    Deferred<List<String>> outer = Deferred.succeed("x").chainCallback(v -> list);
    inner.callback("y");

    assertResult(outer, List.of("y"));
  }

  @Test
  void aChainMayReturnOneDeferredAfterTheOther() {
    Deferred<String> second = new Deferred<>();
    Deferred<String> outer = waitingOn(inner).chainCallback(v -> second);
    inner.callback("y");
    assertThat(outer.state()).isEqualTo(new DeferredState.Waiting<>(second, 0));
    second.callback("z");

    assertResult(outer, "z");
  }

  @Test
  void aCallbackThatIsAddedWhileTheChainWaitsRunsAfterThoseBefore() {
    Deferred<String> outer = waitingOn(inner).onSuccess(v -> seen.add("before"));
    outer.onSuccess(v -> seen.add("while waiting")).addErrback(f -> "never");
    inner.callback("y");

    assertThat(seen).containsExactly("before", "while waiting");
  }

  @Test
  void aRunningInnerOneIsWaitedForFromItsOwnCallback() {
    Deferred<String> outer = new Deferred<>();
    inner
        .onSuccess(
            v -> {
              outer.callback("x");
              seen.add("inner goes on");
            })
        .onSuccess(v -> seen.add("inner, last"));
    Deferred<String> end = outer.chainCallback(v -> inner).onSuccess(v -> seen.add("outer: " + v));
    inner.callback("y");

    assertThat(seen).containsExactly("inner goes on", "inner, last", "outer: y");
    assertResult(end, "y");
  }

  @Test
  void aCallbackAddedByAnotherThreadWhileOneRunsGoesToTheEndOfTheQueue() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch added = new CountDownLatch(1);
    inner.onSuccess(
        v -> {
          entered.countDown();
          OtherThread.await(added);
          seen.add("first");
        });
    inner.onSuccess(v -> seen.add("second"));
    OtherThread firing = OtherThread.start(() -> inner.callback("y"));
    OtherThread.await(entered);
    inner.onSuccess(v -> seen.add("third, on " + Thread.currentThread().getName()));
    assertThat(inner.state()).isEqualTo(new DeferredState.Running<>(0));
    added.countDown();
    firing.join();

    assertThat(seen).containsExactly("first", "second", "third, on other");
  }

  private static Deferred<String> waitingOn(Deferred<String> inner) {
    return Deferred.succeed("x").chainCallback(v -> inner);
  }

  @Test
  void afterAPlainHandOverTheInnerOneGoesOnAsUsual() {
    Deferred<String> outer = waitingOn(inner);
    inner.callback("y");
    inner.addErrback(f -> "never");
    Deferred<String> rest = inner.addCallback(v -> "new life");

    assertResult(outer, "y");
    assertResult(rest, "new life");
  }

  @Test
  void afterAPlainHandOverOthersMayWaitForTheInnerOneAgain() {
    Deferred<String> next = new Deferred<>();
    Deferred<String> outer = waitingOn(inner);
    inner.callback("y");
    Deferred<String> rest = inner.chainCallback(v -> next);
    Deferred<String> second = waitingOn(rest);
    Deferred<String> third = waitingOn(rest);
    rest.onSuccess(v -> seen.add("rest: " + v));
    next.callback("z");

    assertResult(outer, "y");
    assertResult(second, "z");
    assertResult(third, null);
    assertThat(seen).containsExactly("rest: null");
  }

  @Test
  void afterAPlainHandOverTheInnerOneCanBePausedAndUnpaused() {
    Deferred<String> outer = waitingOn(inner);
    inner.callback("y");
    inner.pause();
    inner.onSuccess(v -> seen.add("while paused: " + v));
    inner.unpause();

    assertResult(outer, "y");
    assertThat(seen).containsExactly("while paused: null");
  }

  @Test
  void aLinkAddedToAFiredOneRunsAtOnce() {
    Deferred<String> fired = Deferred.succeed("x");
    Deferred<String> target = new Deferred<>();
    fired.chainDeferred(target);

    assertResult(target, "x");
    assertResult(fired, null);
  }

  @Test
  void aSingleCallbackThatReturnsADeferredOrThrowsGoesOnLikeMany() {
    Deferred<String> single = new Deferred<>();
    Deferred<String> end = single.chainCallback(v -> Deferred.succeed(v + v));
    single.callback("x");
    Deferred<String> throwing = new Deferred<>();
    throwing.onSuccess(v -> raise(boom)).callback("x");
    Deferred<String> passed = new Deferred<>();
    passed.addErrback(f -> "never").callback("x");
    Deferred<String> failing = new Deferred<>();
    failing.onSuccess(seen::add).errback(boom);

    assertResult(end, "xx");
    assertFailure(throwing, boom);
    assertResult(passed, "x");
    assertFailure(failing, boom);
    assertThat(seen).isEmpty();
  }

  @Test
  void aSingleErrbackThatPassesItsFailureOnKeepsIt() {
    Failure failure = new Failure(boom);
    Deferred<String> single = new Deferred<>();
    single.onFailure(f -> seen.add(f)).errback(failure);

    assertThat(seen).containsExactly(failure);
    assertThat(failureOf(single)).isSameAs(failure);
  }
}
