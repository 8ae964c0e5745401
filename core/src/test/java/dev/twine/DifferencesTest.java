package dev.twine;

import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.assertTaken;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** The closed list of differences from Twisted that the core has, one test or more for each. */
class DifferencesTest {

  private final Exception boom = new Exception("boom");
  private final List<Object> seen = new ArrayList<>();
  private final ManualClock clock = new ManualClock();

  @Test
  void pausingInsideOnesOwnCallbackStopsTheChainBeforeTheNext() {
    Deferred<String> d = new Deferred<>();
    d.onSuccess(v -> d.pause()).onSuccess(v -> seen.add("next")).callback("x");
    assertThat(seen).isEmpty();
    d.unpause();

    assertThat(seen).containsExactly("next");
  }

  @Test
  void callbacksBehindAHandOverRunThoughTheOuterIsPaused() {
    Deferred<String> inner = new Deferred<>();
    Deferred<String> outer = Deferred.succeed("o").chainCallback(v -> inner);
    inner.onSuccess(v -> seen.add("behind"));
    outer.pause();
    inner.callback("x");

    assertThat(seen).containsExactly("behind");
    outer.unpause();
    assertResult(outer, "x");
  }

  @Test
  void unpausingMoreOftenThanPausingIsRefused() {
    Deferred<String> d = new Deferred<>();
    d.pause();
    d.unpause();

    assertThatThrownBy(d::unpause).isInstanceOf(IllegalStateException.class);
    assertThat(d.state()).isEqualTo(new DeferredState.Unfired<>(0));
  }

  @Test
  void returningOnesOwnDeferredFails() {
    Deferred<String> d = new Deferred<>();
    Deferred<String> end = d.chainCallback(v -> d);
    d.callback("x");

    assertThat(failureResultOf(end))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("would wait for itself for ever");
  }

  @Test
  void withDebuggingOnReturningALongerCycleFails() {
    Deferred.setDebugging(true);
    try {
      Deferred<String> a = new Deferred<>();
      Deferred<String> b = new Deferred<>();
      Deferred<String> endOfA = a.chainCallback(v -> b);
      Deferred<String> endOfB = b.chainCallback(v -> a);
      a.callback("x");
      b.callback("x");

      assertThat(failureResultOf(endOfA))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("both would wait for ever");
      assertTaken(endOfB);
    } finally {
      Deferred.setDebugging(false);
    }
  }

  @Test
  void theWalkAlongACycleStopsAfterAThousandLinks() {
    Deferred.setDebugging(true);
    try {
      assertThat(closedCycle(1_000).state()).isNotInstanceOf(DeferredState.Waiting.class);
      assertThat(closedCycle(1_001).state()).isInstanceOf(DeferredState.Waiting.class);
    } finally {
      Deferred.setDebugging(false);
    }
  }

  /** The first of so many Deferreds and one more, each of which waits for the next. */
  private static Deferred<String> closedCycle(int links) {
    List<Deferred<String>> all = new ArrayList<>();
    for (int i = 0; i <= links; i++) {
      all.add(new Deferred<>());
    }
    for (int i = 0; i <= links; i++) {
      Deferred<String> next = all.get((i + 1) % all.size());
      assertNoResult(all.get(i).chainCallback(v -> next));
    }
    all.forEach(d -> d.callback("x"));
    all.get(0).consumeErrors(refused -> {});
    return all.get(0);
  }

  @Test
  void cancellingACycleEnds() {
    Deferred<String> first = closedCycle(2);

    assertThatThrownBy(first::cancel)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("over 3 links");
  }

  @Test
  void firingWithADeferredIsRefused() {
    Deferred<Object> d = new Deferred<>();

    assertThatThrownBy(() -> d.callback(Deferred.succeed("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a Deferred can't be the value of a Deferred");
    assertThat(d.isCalled()).isFalse();
  }

  @Test
  void aCancellerIsNeverEnteredTwiceAtATime() {
    Deferred<String> d =
        new Deferred<>(
            it -> {
              seen.add("canceller");
              it.cancel();
            });
    d.cancel();

    assertThat(seen).containsExactly("canceller");
    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aTimeoutSettlesItsDeferredEvenIfTheCancellerThrows() {
    Deferred<String> d = new Deferred<>(it -> raise(boom));
    d.addTimeout(Duration.ofSeconds(1), clock);
    clock.advance(Duration.ofSeconds(1));

    assertThat(failureResultOf(d))
        .isInstanceOf(TimeoutException.class)
        .hasSuppressedException(boom);
  }

  @Test
  void aListOfNothingWithFireOnOneCallbackIsRefused() {
    assertThatThrownBy(() -> DeferredList.first(List.<Deferred<String>>of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRaceOfNothingIsRefused() {
    assertThatThrownBy(() -> Deferred.race(List.<Deferred<String>>of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRaceFiresThoughTheCancellerOfALoserThrows() {
    Deferred<String> loser = new Deferred<>(it -> raise(boom));
    Deferred<String> winner = new Deferred<>();
    Deferred<Winner<String>> race = Deferred.race(loser, winner);
    winner.callback("x");

    assertResult(race, new Winner<>(1, "x"));
    assertThat(Reports.reported()).extracting(Reports.Thrown::thrown).containsExactly(boom);
  }

  @Test
  void aLateFailureOfAMemberOfARaceIsIgnored() {
    Deferred<String> member = new Deferred<>();
    member.pause();
    Deferred<Winner<String>> race = Deferred.race(member, new Deferred<>());
    race.cancel();
    assertThat(failureResultOf(race)).isInstanceOf(CancellationException.class);
    member.unpause();

    assertResult(member, null);
  }

  @Test
  void anExceptionFromATimedCallLeavesAdvanceAndTheRestStaysQueued() {
    IllegalStateException thrown = new IllegalStateException();
    clock.callLater(Duration.ofSeconds(1), () -> raise(thrown));
    clock.callLater(Duration.ofSeconds(1), () -> seen.add("second"));

    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(1))).isSameAs(thrown);
    assertThat(seen).isEmpty();
    clock.advance(Duration.ZERO);
    assertThat(seen).containsExactly("second");
  }

  @Test
  void anExceptionFromATimedCallLeavesTheSystemSchedulerGoing() throws Exception {
    IllegalStateException thrown = new IllegalStateException();
    CompletableFuture<Throwable> uncaught = new CompletableFuture<>();
    CountDownLatch second = new CountDownLatch(1);
    Scheduler.system()
        .callLater(
            Duration.ZERO,
            () -> {
              Thread.currentThread().setUncaughtExceptionHandler((t, e) -> uncaught.complete(e));
              throw thrown;
            });
    Scheduler.system().callLater(Duration.ZERO, second::countDown);

    assertThat(uncaught.get(10, TimeUnit.SECONDS)).isSameAs(thrown);
    OtherThread.await(second);
    Scheduler.system()
        .callLater(Duration.ZERO, () -> Thread.currentThread().setUncaughtExceptionHandler(null));
  }

  @Test
  void chainDeferredIsIterative() {
    OtherThread.runWithStack(
        256 * 1024,
        () -> {
          Deferred<Integer> first = new Deferred<>();
          Deferred<Integer> last = first;
          for (int i = 0; i < 100_000; i++) {
            Deferred<Integer> next = new Deferred<>();
            last.chainDeferred(next);
            last = next;
          }
          first.callback(1);

          assertResult(last, 1);
        });
  }

  @Test
  void failingNeedsAnException() {
    assertThatThrownBy(() -> Deferred.fail((Throwable) null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> new Deferred<>().errback((Throwable) null))
        .isInstanceOf(NullPointerException.class);
  }
}
