package dev.twine;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.assertTaken;
import static dev.twine.Results.failureResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** {@code get()}: a plain thread waits. */
class GettingTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  private final Exception boom = new Exception("boom");

  @Test
  void getThrowsATimeoutOfTheChainItself() {
    ManualClock clock = new ManualClock();
    Deferred<String> late = new Deferred<String>().addTimeout(Duration.ofSeconds(1), clock);
    clock.advance(Duration.ofSeconds(1));
    TimeoutException own = new TimeoutException("the user's own");

    assertThatThrownBy(late::get).isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> Deferred.fail(own).get()).isSameAs(own);
  }

  @Test
  void aFiredOneGivesItsValueAndKeepsIt() throws Exception {
    Deferred<String> d = Deferred.succeed("x");

    assertThat(d.get()).isEqualTo("x");
    assertThat(d.get(Duration.ZERO)).isEqualTo("x");
    assertResult(d, "x");
  }

  @Test
  void nullIsAValue() throws Exception {
    assertThat(Deferred.succeed(null).get()).isNull();
  }

  @Test
  void theVeryExceptionIsThrownAndCountsAsHandled() {
    Deferred<String> d = Deferred.fail(boom);

    assertThatThrownBy(d::get).isSameAs(boom);
    assertThatThrownBy(d::get).isSameAs(boom);
    assertThat(d.state()).isInstanceOf(DeferredState.Failed.class);
    assertHandled(d);
  }

  @Test
  void itWaitsForAFiringOnAnotherThread() throws Exception {
    Deferred<String> d = new Deferred<>();
    OtherThread getting = OtherThread.start(() -> assertThat(d.get()).isEqualTo("x"));
    getting.awaitParked();
    d.callback("x");
    getting.join();

    assertResult(d, "x");
  }

  @Test
  void itSeesTheResultAtItsPlaceInTheChain() {
    Deferred<Integer> d = new Deferred<>();
    Deferred<Integer> one = d.addCallback(v -> v + 1);
    OtherThread getting = OtherThread.start(() -> assertThat(one.get()).isEqualTo(2));
    getting.awaitParked();
    Deferred<Integer> two = one.addCallback(v -> v + 1);
    d.callback(1);
    getting.join();

    assertResult(two, 3);
  }

  @Test
  void aFailureThatAWaitingThreadGotIsHandled() {
    Deferred<String> d = new Deferred<>();
    OtherThread getting =
        OtherThread.start(() -> assertThatThrownBy(() -> d.get(LONG)).isSameAs(boom));
    getting.awaitParked();
    d.errback(boom);
    getting.join();

    assertHandled(d);
  }

  @Test
  void aWaitingOneIsWaitedFor() {
    Deferred<String> inner = new Deferred<>();
    Deferred<String> outer = Deferred.succeed("x").chainCallback(v -> inner);
    OtherThread getting = OtherThread.start(() -> assertThat(outer.get()).isEqualTo("y"));
    getting.awaitParked();
    inner.callback("y");
    getting.join();

    assertResult(outer, "y");
  }

  @Test
  void aTimeoutThrowsAndTheDeferredIsNeitherCancelledNorConsumed() {
    Deferred<String> d = new Deferred<>();

    assertThatThrownBy(() -> d.get(Duration.ofMillis(1)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining(d.toString());
    assertThat(d.isCalled()).isFalse();
    d.callback("x");
    assertResult(d, "x");
  }

  @Test
  void aFailureThatNobodyWaitsForAnyMoreStaysUnhandled() {
    Deferred<String> d = new Deferred<>();
    assertThatThrownBy(() -> d.get(Duration.ZERO)).isInstanceOf(TimeoutException.class);
    d.errback(boom);

    assertThat(d.stateAcquire()).isInstanceOf(Unhandled.class);
    assertFailure(d, boom);
  }

  /** The failure is there, and not marked to be reported. */
  private static void assertHandled(Deferred<?> d) {
    assertThat(d.state()).isInstanceOf(DeferredState.Failed.class);
    assertThat(d.stateAcquire()).isNotInstanceOf(Unhandled.class);
  }

  @Test
  void anInterruptThrowsAndTheDeferredIsNeitherCancelledNorConsumed() {
    Deferred<String> d = new Deferred<>();
    OtherThread getting =
        OtherThread.start(
            () -> assertThatThrownBy(d::get).isInstanceOf(InterruptedException.class));
    getting.awaitParked();
    getting.thread.interrupt();
    getting.join();

    assertThat(d.isCalled()).isFalse();
    d.callback("x");
    assertResult(d, "x");
  }

  @Test
  void anInterruptedThreadDoesNotWait() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> new Deferred<>().get()).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aSpuriousWakeUpGoesOnWaiting() {
    Deferred<String> d = new Deferred<>();
    OtherThread getting = OtherThread.start(() -> assertThat(d.get()).isEqualTo("x"));
    getting.awaitParked();
    LockSupport.unpark(getting.thread);
    getting.awaitParked();
    d.callback("x");
    getting.join();

    assertResult(d, "x");
  }

  @Test
  void aTimeoutBeyondWhatALongHoldsIsForEver() {
    Deferred<String> d = new Deferred<>();
    OtherThread getting =
        OtherThread.start(
            () -> assertThat(d.get(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo("x"));
    getting.awaitParked();
    d.callback("x");
    getting.join();

    assertResult(d, "x");
  }

  @Test
  void aNegativeTimeoutIsRefused() {
    Deferred<String> d = new Deferred<>();

    assertThatThrownBy(() -> d.get(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a timeout can't be negative");
    assertThat(d.stateAcquire()).isNull();
  }

  @Test
  void aPausedOneIsWaitedForUntilItIsUnpaused() {
    Deferred<String> d = Deferred.succeed("x");
    d.pause();
    OtherThread getting = OtherThread.start(() -> assertThat(d.get()).isEqualTo("x"));
    getting.awaitParked();
    d.unpause();
    getting.join();

    assertResult(d, "x");
  }

  // ---- from inside

  @Test
  void fromInsideTheChainsOwnCallbackItIsRefused() {
    Deferred<String> d = new Deferred<>();
    d.onSuccess(v -> d.get(LONG)).callback("x");

    assertThat(failureResultOf(d))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("get()");
  }

  @Test
  void fromInsideACallbackOfAFiredOneItIsRefused() {
    Deferred<String> d = Deferred.succeed("x");
    d.onSuccess(v -> d.get(LONG));

    assertThat(failureResultOf(d)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void gettingOneThatWaitsForTheRunningChainIsRefused() {
    Deferred<String> running = new Deferred<>();
    List<Deferred<String>> waiting = new ArrayList<>();
    running.onSuccess(
        v -> {
          waiting.add(Deferred.succeed("w").chainCallback(w -> running));
          waiting.get(0).get(LONG);
        });
    running.callback("x");

    assertThat(failureResultOf(waiting.get(0))).isInstanceOf(IllegalStateException.class);
    assertTaken(running);
  }

  @Test
  void aThreadThatFollowsTheRunningOneIsRefusedToo() {
    Deferred<String> d = new Deferred<>();
    d.onSuccess(
            v -> {
              Thread resumer = Thread.currentThread();
              OtherThread.run(
                  () -> {
                    Turn.follow(() -> resumer);
                    try {
                      assertThatThrownBy(() -> d.get(Duration.ofSeconds(5)))
                          .isInstanceOf(IllegalStateException.class);
                    } finally {
                      Turn.follow(null);
                    }
                  });
            })
        .callback("x");

    assertResult(d, "x");
  }

  @Test
  void anotherFiredDeferredCanBeGotFromACallback() {
    Deferred<String> other = Deferred.succeed("other");
    Deferred<String> d = Deferred.succeed("x").addCallback(v -> other.get());

    assertResult(d, "other");
  }

  @Test
  void anotherPendingDeferredCanBeGotFromACallback() {
    Deferred<String> other = new Deferred<>();
    Deferred<String> d =
        Deferred.succeed("x")
            .addCallback(
                v -> {
                  OtherThread.start(() -> other.callback("other"));
                  return other.get(LONG);
                });

    assertResult(d, "other");
  }

  @Test
  void aThreadMayGetAChainThatAnotherOneRuns() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Deferred<String> d = new Deferred<>();
    d.onSuccess(
        v -> {
          entered.countDown();
          OtherThread.await(leave);
        });
    OtherThread firing = OtherThread.start(() -> d.callback("x"));
    OtherThread.await(entered);
    OtherThread getting = OtherThread.start(() -> assertThat(d.get(LONG)).isEqualTo("x"));
    getting.awaitParked();
    leave.countDown();
    firing.join();
    getting.join();

    assertResult(d, "x");
  }

  @Test
  void oneThatWaitsForItselfIsNobodysTurn() {
    Deferred<String> a = new Deferred<>();
    Deferred<String> b = new Deferred<>();
    Deferred<String> c = new Deferred<>();
    Deferred<String> endOfA = a.chainCallback(v -> b);
    Deferred<String> endOfB = b.chainCallback(v -> c);
    Deferred<String> endOfC = c.chainCallback(v -> a);
    for (Deferred<String> d : List.of(a, b, c)) {
      d.callback("x");
    }

    assertThatThrownBy(() -> endOfA.get(Duration.ZERO)).isInstanceOf(TimeoutException.class);
    assertNoResult(endOfB);
    assertNoResult(endOfC);
  }

  @Test
  void aLongChainThatWaitsForTheRunningOneIsRefusedToo() {
    Deferred<String> running = new Deferred<>();
    List<Deferred<String>> waiting = new ArrayList<>();
    running.onSuccess(
        v -> {
          waiting.add(running);
          for (int i = 0; i < 5; i++) {
            Deferred<String> before = waiting.get(i);
            waiting.add(Deferred.succeed("w").chainCallback(w -> before));
          }
          waiting.get(5).get(LONG);
        });
    running.callback("x");

    assertThat(failureResultOf(waiting.get(5))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatWasAddedBehindAGetThatGaveUpStillRuns() throws Exception {
    Deferred<String> d = new Deferred<>();
    OtherThread getting =
        OtherThread.start(
            () -> assertThatThrownBy(d::get).isInstanceOf(InterruptedException.class));
    getting.awaitParked();
    Deferred<String> end = d.addCallback(v -> v + v);
    getting.thread.interrupt();
    getting.join();
    d.callback("x");

    assertResult(end, "xx");
  }
}
