package dev.twine;

import static dev.twine.Results.assertFailure;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** {@code addTimeout}: the cancel when the time has passed, and the translation at its place. */
class TimeoutTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Exception boom = new Exception("boom");
  private final ManualClock clock = new ManualClock();
  private final List<Object> seen = new ArrayList<>();

  @Test
  void aDeferredThatTakesTooLongFailsWithATimeout() {
    Deferred<String> d = new Deferred<>();
    d.addTimeout(SECOND, clock);
    clock.advance(Duration.ofMillis(999));
    assertNoResult(d);
    clock.advance(Duration.ofMillis(1));

    assertThat(failureResultOf(d))
        .isInstanceOf(TimeoutException.class)
        .hasMessageStartingWith("no result within 1 s from Deferred@");
  }

  @Test
  void theMessageNamesTheTime() {
    Deferred<String> d = new Deferred<>();
    d.addTimeout(Duration.ofMillis(1500), clock);
    clock.advance(Duration.ofSeconds(2));

    assertThat(failureResultOf(d)).hasMessageStartingWith("no result within 1.5s");
  }

  @Test
  void eachTimeoutMakesAFreshExceptionWithoutAStackTrace() {
    Throwable one = timedOut();
    Throwable two = timedOut();

    assertThat(one).isNotSameAs(two);
    assertThat(one.getStackTrace()).isEmpty();
  }

  private Throwable timedOut() {
    Deferred<String> d = new Deferred<>();
    d.addTimeout(SECOND, clock);
    clock.advance(SECOND);
    return failureResultOf(d);
  }

  @Test
  void aResultBeforeTheTimeoutRemovesTheTimerAndPasses() {
    Deferred<String> good = new Deferred<>();
    Deferred<String> bad = new Deferred<>();
    good.addTimeout(SECOND, clock);
    bad.addTimeout(SECOND, clock);
    good.callback("x");
    bad.errback(boom);

    assertThat(clock.pendingCalls()).isEmpty();
    assertResult(good, "x");
    assertFailure(bad, boom);
  }

  @Test
  void onAFiredOneTheTimerIsMadeAndRemovedAtOnce() {
    assertResult(Deferred.succeed("x").addTimeout(SECOND, clock), "x");
    assertThat(clock.pendingCalls()).isEmpty();
  }

  @Test
  void aCancelBeforeTheTimeoutStaysACancellation() {
    Deferred<String> d = new Deferred<>();
    d.addTimeout(SECOND, clock);
    d.cancel();

    assertThat(clock.pendingCalls()).isEmpty();
    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
  }

  @Test
  void theCancellersOwnAnswerPassesTheTranslation() {
    Deferred<String> answering = new Deferred<>(it -> it.callback("answer"));
    Deferred<String> failing = new Deferred<>(it -> it.errback(boom));
    answering.addTimeout(SECOND, clock);
    failing.addTimeout(SECOND, clock);
    clock.advance(SECOND);

    assertResult(answering, "answer");
    assertFailure(failing, boom);
  }

  @Test
  void anErrbackBeforeTheTimeoutMaySwallowTheCancellation() {
    Deferred<String> d = new Deferred<>();
    d.addErrback(f -> "recovered").addTimeout(SECOND, clock);
    clock.advance(SECOND);

    assertResult(d, "recovered");
  }

  @Test
  void whatComesAfterTheTimeoutIsOutside() {
    Deferred<String> slow = new Deferred<>();
    Deferred<String> d = new Deferred<>();
    Deferred<String> end = d.addTimeout(SECOND, clock).chainCallback(v -> slow);
    d.callback("x");

    assertThat(clock.pendingCalls()).isEmpty();
    assertNoResult(end);
    slow.callback("y");
    assertResult(end, "y");
  }

  @Test
  void aTimeoutCancelsWhatAnEarlierCallbackWaitsFor() {
    Deferred<String> inner = new Deferred<>(seen::add);
    Deferred<String> d = Deferred.succeed("x").chainCallback(v -> inner);
    d.addTimeout(SECOND, clock);
    clock.advance(SECOND);

    assertThat(seen).containsExactly(inner);
    assertThat(failureResultOf(d)).isInstanceOf(TimeoutException.class);
  }

  @Test
  void timeoutsStackAndTheInnerTranslationPassesTheOuterOne() {
    Deferred<String> d = new Deferred<>();
    d.addTimeout(SECOND, clock).addTimeout(Duration.ofSeconds(2), clock);
    clock.advance(Duration.ofSeconds(2));

    assertThat(failureResultOf(d))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("within 1 s");
    assertThat(clock.pendingCalls()).isEmpty();
  }

  @Test
  void aTimeoutOfZeroNeedsTheClockToRun() {
    Deferred<String> d = new Deferred<>();
    d.addTimeout(Duration.ZERO, clock);
    assertNoResult(d);
    clock.advance(Duration.ZERO);

    assertThat(failureResultOf(d)).isInstanceOf(TimeoutException.class);
  }

  @Test
  void afterATimeoutWithoutACancellerOneLateFiringIsSwallowed() {
    Deferred<String> d = new Deferred<>();
    d.addTimeout(SECOND, clock);
    clock.advance(SECOND);
    d.callback("late");

    assertThat(failureResultOf(d)).isInstanceOf(TimeoutException.class);
    assertThatThrownBy(() -> d.callback("too late")).isInstanceOf(AlreadyCalledException.class);
  }

  @Test
  void anotherTranslationGetsTheOutcomeAndTheTime() {
    Deferred<String> d = new Deferred<>();
    d.addTimeout(
        SECOND,
        clock,
        (outcome, time) -> {
          seen.add(outcome);
          seen.add(time);
          return "translated";
        });
    clock.advance(SECOND);

    assertResult(d, "translated");
    assertThat(seen).hasSize(2).contains(SECOND);
    assertThat(((Outcome<?>) seen.get(0)).failureOrNull().value())
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void anotherTranslationIsNotAskedUnlessTheTimeHasPassed() {
    Deferred<String> good = new Deferred<>();
    Deferred<String> bad = new Deferred<>();
    Deferred<String> cancelled = new Deferred<>();
    for (Deferred<String> d : List.of(good, bad, cancelled)) {
      d.addTimeout(SECOND, clock, (outcome, time) -> "never");
    }
    good.callback("x");
    bad.errback(boom);
    cancelled.cancel();
    clock.advance(SECOND);

    assertResult(good, "x");
    assertFailure(bad, boom);
    assertThat(failureResultOf(cancelled)).isInstanceOf(CancellationException.class);
  }

  @Test
  void anotherTranslationSeesTheCancellersAnswer() {
    Deferred<String> d = new Deferred<>(it -> it.callback("answer"));
    d.addTimeout(SECOND, clock, (outcome, time) -> outcome.get() + ", late");
    clock.advance(SECOND);

    assertResult(d, "answer, late");
  }

  @Test
  void whatAnotherTranslationThrowsIsTheNextResult() {
    Deferred<String> d = new Deferred<>();
    d.addTimeout(SECOND, clock, (outcome, time) -> raise(boom));
    clock.advance(SECOND);

    assertFailure(d, boom);
  }

  @Test
  void oneThatWasFiredWhilePausedRemembersThatTheTimeHasPassed() {
    Deferred<String> d = new Deferred<>();
    d.addTimeout(SECOND, clock, (outcome, time) -> outcome.get() + ", but late").pause();
    d.callback("x");
    clock.advance(SECOND);
    d.unpause();

    assertResult(d, "x, but late");
  }

  @Test
  void aTimeoutSettlesOneWhoseCancellerThrows() {
    Deferred<String> d = new Deferred<>(it -> raise(boom));
    d.addTimeout(SECOND, clock);
    clock.advance(SECOND);

    assertThat(failureResultOf(d))
        .isInstanceOf(TimeoutException.class)
        .hasSuppressedException(boom);
  }

  @Test
  void aTimeoutSettlesAWaitingOneWhoseInnerCancellerThrows() {
    Deferred<String> inner = new Deferred<>(it -> raise(boom));
    Deferred<String> d = Deferred.succeed("x").chainCallback(v -> inner);
    d.addTimeout(SECOND, clock);
    clock.advance(SECOND);

    assertThat(failureResultOf(d))
        .isInstanceOf(TimeoutException.class)
        .hasSuppressedException(boom);
    assertTaken(inner);
  }

  @Test
  void aTimeoutOfAListSettlesItsMembersByTheirOwnCancellers() {
    Deferred<String> member = new Deferred<>(seen::add);
    Deferred<List<String>> list = Deferred.gatherResults(List.of(member)).addTimeout(SECOND, clock);
    clock.advance(SECOND);

    assertThat(seen).containsExactly(member);
    assertThat(failureResultOf(list)).isInstanceOf(FirstErrorException.class);
    assertThat(failureResultOf(member)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aTimeoutWhileTheChainRunsElsewhereIsNotLost() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch passed = new CountDownLatch(1);
    Deferred<String> inner = new Deferred<>(seen::add);
    Deferred<String> d = new Deferred<>();
    Deferred<String> end =
        d.onSuccess(
                v -> {
                  entered.countDown();
                  OtherThread.await(passed);
                })
            .chainCallback(v -> inner)
            .addTimeout(SECOND, clock);
    OtherThread firing = OtherThread.start(() -> d.callback("x"));
    OtherThread.await(entered);
    clock.advance(SECOND);
    passed.countDown();
    firing.join();

    assertThat(seen).containsExactly(inner);
    assertThat(failureResultOf(end)).isInstanceOf(TimeoutException.class);
  }

  @Test
  void aNegativeTimeoutIsRefusedAndNothingIsAdded() {
    Deferred<String> d = new Deferred<>();

    assertThatThrownBy(() -> d.addTimeout(Duration.ofNanos(-1), clock))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a timeout can't be negative: PT-0.000000001S");
    assertThatThrownBy(() -> d.addTimeout(Duration.ofNanos(-1), clock, (outcome, time) -> ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(clock.pendingCalls()).isEmpty();
    assertThat(d.stateAcquire()).isNull();
  }

  @Test
  void aSchedulerThatRefusesLeavesTheChainAsItWas() {
    Deferred<String> d = new Deferred<>();
    Scheduler refusing =
        new Scheduler() {
          @Override
          public Duration now() {
            return Duration.ZERO;
          }

          @Override
          public DelayedCall callLater(Duration delay, Runnable call) {
            throw new RejectedExecutionException("shut down");
          }
        };

    assertThatThrownBy(() -> d.addTimeout(SECOND, refusing))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(d.stateAcquire()).isNull();
  }

  @Test
  void aTimeoutWhileACancellerRunsSettlesTheDeferredIfThatThrows() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch passed = new CountDownLatch(1);
    Deferred<String> d =
        new Deferred<>(
            it -> {
              entered.countDown();
              OtherThread.await(passed);
              throw boom;
            });
    d.addTimeout(SECOND, clock);
    OtherThread cancelling = OtherThread.start(() -> assertThatThrownBy(d::cancel).isSameAs(boom));
    OtherThread.await(entered);
    clock.advance(SECOND);
    passed.countDown();
    cancelling.join();

    assertThat(failureResultOf(d))
        .isInstanceOf(TimeoutException.class)
        .hasSuppressedException(boom);
  }

  @Test
  void aTimeoutThatComesWhileTheChainRunsActsNoMoreOnceTheChainHasPassedItsPlace()
      throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch passed = new CountDownLatch(1);
    Deferred<String> inner = new Deferred<>(seen::add);
    Deferred<String> d = new Deferred<>();
    Deferred<String> end =
        d.onSuccess(
                v -> {
                  entered.countDown();
                  OtherThread.await(passed);
                })
            .addTimeout(SECOND, clock)
            .chainCallback(v -> inner);
    OtherThread firing = OtherThread.start(() -> d.callback("x"));
    OtherThread.await(entered);
    clock.advance(SECOND);
    passed.countDown();
    firing.join();

    assertThat(seen).isEmpty();
    assertNoResult(end);
    inner.callback("y");
    assertResult(end, "y");
  }

  @Test
  void aTimerThatStartsAfterTheChainHasPassedItsPlaceDoesNothing() {
    List<Runnable> timers = new ArrayList<>();
    Scheduler late =
        new Scheduler() {
          @Override
          public Duration now() {
            return Duration.ZERO;
          }

          @Override
          public DelayedCall callLater(Duration delay, Runnable call) {
            timers.add(call);
            return new ManualClock().callLater(delay, call);
          }
        };
    Deferred<String> inner = new Deferred<>(seen::add);
    Deferred<String> d = new Deferred<>();
    Deferred<String> end = d.addTimeout(SECOND, late).chainCallback(v -> inner);
    d.callback("x");
    timers.forEach(Runnable::run);

    assertThat(seen).isEmpty();
    inner.callback("y");
    assertResult(end, "y");
  }

  @Test
  void aTimeoutWithoutLimitIsAnyTime() {
    assertThat(TimedOut.seconds(null)).isEqualTo("any time");
  }
}
