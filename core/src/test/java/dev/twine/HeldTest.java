package dev.twine;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.assertTaken;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Pausing and unpausing. */
class HeldTest {

  private final Exception boom = new Exception("boom");
  private final List<Object> seen = new ArrayList<>();
  private final Deferred<String> d = new Deferred<>();

  @Test
  void firingAPausedOneKeepsTheResultAndRunsNothing() {
    d.onSuccess(seen::add).pause();
    d.callback("x");

    assertThat(seen).isEmpty();
    assertThat(d.state()).isEqualTo(new DeferredState.Value<>("x", false, 1));
    d.unpause();
    assertThat(seen).containsExactly("x");
  }

  @Test
  void aPausedFailureIsDeliveredOnUnpause() {
    d.pause();
    d.errback(boom);
    d.onFailure(f -> seen.add(f.value()));

    assertThat(d.state()).isInstanceOf(DeferredState.Failed.class);
    assertThat(d.state().pauses()).isEqualTo(1);
    assertThat(seen).isEmpty();
    d.unpause();
    assertThat(seen).containsExactly(boom);
    assertFailure(d, boom);
  }

  @Test
  void pausesCount() {
    d.onSuccess(seen::add).pause();
    d.pause();
    d.callback("x");
    d.unpause();
    assertThat(d.state().pauses()).isEqualTo(1);
    assertThat(seen).isEmpty();
    d.unpause();

    assertThat(seen).containsExactly("x");
    assertThat(d.state()).isEqualTo(new DeferredState.Value<>("x", false, 0));
  }

  @Test
  void pausingAndUnpausingBeforeTheFiringHasNoEffect() {
    d.onSuccess(seen::add).pause();
    assertThat(d.state()).isEqualTo(new DeferredState.Unfired<>(1));
    d.onSuccess(v -> seen.add("added while paused"));
    d.unpause();
    assertThat(d.state()).isEqualTo(new DeferredState.Unfired<>(0));
    d.callback("x");

    assertThat(seen).containsExactly("x", "added while paused");
  }

  @Test
  void pausingAFiredOneHoldsBackWhatIsAddedLater() {
    d.callback("x");
    d.pause();
    d.onSuccess(v -> seen.add(1)).onSuccess(v -> seen.add(2));
    assertThat(seen).isEmpty();
    d.unpause();

    assertThat(seen).containsExactly(1, 2);
  }

  @Test
  void pausingAFiredOneWithoutCallbacksChangesNothing() {
    d.callback("x");
    d.pause();
    d.unpause();

    assertResult(d, "x");
  }

  @Test
  void pausingFromItsOwnCallbackStopsTheChainBeforeTheNext() {
    d.onSuccess(v -> d.pause()).onSuccess(seen::add).callback("x");

    assertThat(seen).isEmpty();
    assertThat(d.state()).isEqualTo(new DeferredState.Value<>("x", false, 1));
    d.unpause();
    assertThat(seen).containsExactly("x");
  }

  @Test
  void pausingFromTheLastCallbackHoldsBackWhatIsAddedLater() {
    d.onSuccess(v -> d.pause()).callback("x");
    d.onSuccess(seen::add);
    assertThat(seen).isEmpty();
    d.unpause();

    assertThat(seen).containsExactly("x");
  }

  @Test
  void pausingAndUnpausingFromItsOwnCallbackStartsNoSecondRun() {
    d.onSuccess(
            v -> {
              d.pause();
              d.unpause();
              seen.add("first");
            })
        .onSuccess(v -> seen.add("second"))
        .callback("x");

    assertThat(seen).containsExactly("first", "second");
  }

  @Test
  void pausingAnotherOneFromACallbackWorksNormally() {
    Deferred<String> other = new Deferred<>();
    other.onSuccess(seen::add);
    d.onSuccess(v -> other.pause()).onSuccess(other::callback).callback("x");
    assertThat(seen).isEmpty();
    other.unpause();

    assertThat(seen).containsExactly("x");
  }

  @Test
  void whatACallbackAddsBeforeItPausesRunsAfterTheUnpauseBehindTheRest() {
    d.onSuccess(
            v -> {
              d.onSuccess(late -> seen.add("added"));
              d.pause();
            })
        .onSuccess(v -> seen.add("queued"))
        .callback("x");
    d.onSuccess(v -> seen.add("added while paused"));
    assertThat(seen).isEmpty();
    d.unpause();

    assertThat(seen).containsExactly("queued", "added", "added while paused");
  }

  @Test
  void aPauseOfAWaitingOneIsCountedOnTopOfTheWaiting() {
    Deferred<String> inner = new Deferred<>();
    Deferred<String> outer = Deferred.succeed("x").chainCallback(v -> inner);
    outer.onSuccess(seen::add).pause();
    assertThat(outer.state()).isEqualTo(new DeferredState.Waiting<>(inner, 1));
    inner.callback("y");

    assertThat(seen).isEmpty();
    assertTaken(inner);
    assertThat(outer.state()).isEqualTo(new DeferredState.Value<>("y", false, 1));
    outer.unpause();
    assertThat(seen).containsExactly("y");
  }

  @Test
  void unpausingAWaitingOneLeavesItWaiting() {
    Deferred<String> inner = new Deferred<>();
    Deferred<String> outer = Deferred.succeed("x").chainCallback(v -> inner).onSuccess(seen::add);
    outer.pause();
    outer.unpause();
    assertThat(seen).isEmpty();
    inner.callback("y");

    assertThat(seen).containsExactly("y");
  }

  @Test
  void theInnerOnesLaterCallbacksRunAtOnceThoughTheOuterOneIsPaused() {
    Deferred<String> inner = new Deferred<>();
    Deferred<String> outer = Deferred.succeed("x").chainCallback(v -> inner);
    inner.onSuccess(v -> seen.add("behind: " + v));
    outer.pause();
    inner.callback("y");

    assertThat(seen).containsExactly("behind: null");
    outer.unpause();
    assertResult(outer, "y");
  }

  @Test
  void aPausedInnerOneKeepsItsWaiter() {
    Deferred<String> inner = new Deferred<>();
    inner.pause();
    Deferred<String> outer = Deferred.succeed("x").chainCallback(v -> inner).onSuccess(seen::add);
    inner.callback("y");
    assertThat(outer.state()).isEqualTo(new DeferredState.Waiting<>(inner, 0));
    inner.unpause();

    assertThat(seen).containsExactly("y");
  }

  @Test
  void pausingAnInnerOneThatHasAWaiterPutsTheHandOverOff() {
    Deferred<String> inner = new Deferred<>();
    Deferred<String> outer = Deferred.succeed("x").chainCallback(v -> inner);
    inner.pause();
    inner.callback("y");
    assertNoResult(outer);
    inner.unpause();

    assertResult(outer, "y");
    assertTaken(inner);
  }

  @Test
  void aPausedInnerOneMayPauseItselfOnTheWayToTheHandOver() {
    Deferred<String> inner = new Deferred<>();
    inner.onSuccess(v -> inner.pause());
    Deferred<String> outer = Deferred.succeed("x").chainCallback(v -> inner);
    inner.callback("y");
    assertNoResult(outer);
    inner.unpause();

    assertResult(outer, "y");
  }

  @Test
  void unpausingTooOftenIsRefused() {
    assertThatThrownBy(d::unpause)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("unpause() without a pause()");
    d.pause();
    d.unpause();
    assertThatThrownBy(d::unpause).isInstanceOf(IllegalStateException.class);
    d.callback("x");
    assertThatThrownBy(d::unpause).isInstanceOf(IllegalStateException.class);

    assertResult(d, "x");
  }

  @Test
  void pausingARunOnAnotherThreadStopsItBeforeTheNextCallback() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch paused = new CountDownLatch(1);
    d.onSuccess(
            v -> {
              entered.countDown();
              OtherThread.await(paused);
            })
        .onSuccess(v -> seen.add("on " + Thread.currentThread().getName()));
    OtherThread firing = OtherThread.start(() -> d.callback("x"));
    OtherThread.await(entered);
    d.pause();
    assertThat(d.state()).isEqualTo(new DeferredState.Running<>(1));
    paused.countDown();
    firing.join();

    assertThat(seen).isEmpty();
    d.unpause();
    assertThat(seen).containsExactly("on " + Thread.currentThread().getName());
  }

  @Test
  void unpausingARunThatHasNotStoppedYetLetsItGoOn() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch unpaused = new CountDownLatch(1);
    d.onSuccess(
            v -> {
              entered.countDown();
              OtherThread.await(unpaused);
            })
        .onSuccess(v -> seen.add("on " + Thread.currentThread().getName()));
    OtherThread firing = OtherThread.start(() -> d.callback("x"));
    OtherThread.await(entered);
    d.pause();
    d.unpause();
    unpaused.countDown();
    firing.join();

    assertThat(seen).containsExactly("on other");
  }

  @Test
  void aPauseInTheMiddleOfManyCallbacksKeepsTheirOrder() {
    d.onSuccess(v -> seen.add(1))
        .onSuccess(v -> d.pause())
        .onSuccess(v -> seen.add(2))
        .onSuccess(v -> d.pause())
        .onSuccess(v -> seen.add(3))
        .callback("x");
    d.unpause();
    assertThat(seen).containsExactly(1, 2);
    d.onSuccess(v -> seen.add(4));
    d.unpause();

    assertThat(seen).containsExactly(1, 2, 3, 4);
    assertResult(d, "x");
  }

  @Test
  void aSwallowingOneCanBePausedAndUnpaused() {
    d.cancel();
    d.pause();
    d.unpause();
    d.callback("swallowed");

    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> d.callback("too late")).isInstanceOf(AlreadyCalledException.class);
  }

  // ---- the record

  @Test
  void whoWaitsIsOnlyListedOnceAResultWasHandedOver() {
    Held plain = Held.of(Idle.NULL);
    Held handed = Held.of(Idle.HANDED);
    Deferred<String> outer = new Deferred<>();

    assertThat(plain.withWaiter(outer)).isSameAs(plain);
    assertThat(plain.withoutWaiter(outer)).isSameAs(plain);
    assertThat(plain.hasWaiter(outer)).isTrue();
    assertThat(handed.hasWaiter(outer)).isFalse();
    assertThat(handed.withoutWaiter(outer)).isSameAs(handed);
    Held waiting = handed.withWaiter(d).withWaiter(outer);
    assertThat(waiting.hasWaiter(d)).isTrue();
    assertThat(waiting.withoutWaiter(d).hasWaiter(d)).isFalse();
    assertThat(waiting.withoutWaiter(d).hasWaiter(outer)).isTrue();
    assertThat(waiting.simple()).isSameAs(handed.simple());
  }

  @Test
  void aHandedOverResultThatIsReplacedKeepsItsWaiters() {
    Held handed = Held.of(Idle.HANDED);

    assertThat(handed.withResult(Idle.TAKEN).simple()).isInstanceOf(Held.class);
    assertThat(handed.simple()).isSameAs(Idle.HANDED);
    assertThat(Held.of(Idle.NULL).withResult(Idle.HANDED).simple()).isSameAs(Idle.HANDED);
  }

  @Test
  void callbacksPushedWhilePausedRunBehindTheRestOfASwallowingChain() {
    d.onFailure(f -> d.pause()).onFailure(f -> seen.add("rest"));
    d.cancel();
    d.onFailure(f -> seen.add("pushed 1"));
    d.onFailure(f -> seen.add("pushed 2"));
    d.unpause();
    d.callback("swallowed");

    assertThat(seen).containsExactly("rest", "pushed 1", "pushed 2");
    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
  }

  @Test
  void whatIsAddedToARunWithARestFromAPauseKeepsTheOrder() {
    d.onSuccess(v -> d.pause())
        .onSuccess(
            v -> {
              d.onSuccess(late -> seen.add("added by the rest"));
              seen.add("rest");
            })
        .callback("x");
    d.onSuccess(v -> seen.add("pushed"));
    d.unpause();

    assertThat(seen).containsExactly("rest", "pushed", "added by the rest");
  }

  @Test
  void aFailureThatCameWhilePausedIsMarkedByTheUnpause() {
    d.pause();
    d.errback(boom);
    assertThat(d.stateAcquire()).isInstanceOf(Held.class);
    d.unpause();

    assertThat(d.stateAcquire()).isInstanceOf(Unhandled.class);
    assertFailure(d, boom);
  }

  @Test
  void takingFromAPausedAndUnpausedOneAfterACancelKeepsTheRightToSwallow() {
    d.consumeErrors(f -> {});
    d.cancel();
    Deferred<String> taker = Deferred.succeed("t").chainCallback(v -> d);
    assertResult(taker, null);
    assertTaken(d);
    d.callback("swallowed");

    assertThatThrownBy(() -> d.callback("too late")).isInstanceOf(AlreadyCalledException.class);
  }

  @Test
  void aPassThroughOnAnIdleOneThatMaySwallowRunsNothing() {
    d.consumeErrors(f -> {});
    d.cancel();
    d.addErrback(f -> raise(new AssertionError("never")));
    assertResult(d, null);
    d.callback("swallowed");

    assertResult(d, null);
  }
}
