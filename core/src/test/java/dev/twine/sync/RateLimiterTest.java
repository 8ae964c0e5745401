package dev.twine.sync;

import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import dev.twine.DelayedCall;
import dev.twine.OtherThread;
import dev.twine.Scheduler;
import dev.twine.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimiterTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualClock clock = new ManualClock();
  private final List<Object> steps = new ArrayList<>();

  /** One turn a second, two of them kept. */
  private final RateLimiter limiter = new RateLimiter(clock, 1, SECOND, 2);

  private void takeAll() {
    assertResult(limiter.acquire(), null);
    assertResult(limiter.acquire(), null);
  }

  private Deferred<Void> acquire(String name) {
    return limiter.acquire().onSuccess(nothing -> steps.add(name + " at " + clock.now()));
  }

  @Nested
  class Turns {

    @Test
    void aNewLimiterHasAsManyAsItMayKeep() {
      takeAll();

      assertNoResult(limiter.acquire());
    }

    @Test
    void callersAreServedInTheOrderOfTheirCallsEachAtItsTime() {
      takeAll();
      acquire("first");
      acquire("second");
      acquire("third");

      clock.pump(SECOND.minusNanos(1), Duration.ofNanos(1), SECOND, SECOND);

      assertThat(steps).containsExactly("first at PT1S", "second at PT2S", "third at PT3S");
    }

    @Test
    void turnsThatNobodyTakesAreKeptUpToTheBurst() {
      takeAll();

      clock.advance(Duration.ofHours(1));

      takeAll();
      assertNoResult(limiter.acquire());
    }

    @Test
    void aLateCallOfTheClockServesAllWhoseTurnsHaveCome() {
      takeAll();
      acquire("first");
      acquire("second");
      acquire("third");

      clock.advance(Duration.ofSeconds(60));
      assertThat(steps).containsExactly("first at PT1M", "second at PT1M");
      clock.advance(SECOND);

      assertThat(steps).hasSize(3).last().isEqualTo("third at PT1M1S");
    }

    @Test
    void whoComesWhileOthersWaitDoesNotOvertakeThem() {
      takeAll();
      Scheduler stopped = clock;
      acquire("first");
      // the time has come, but the clock has not called yet
      RateLimiter late = limiter;
      stopped.callLater(
          SECOND,
          () -> {
            steps.add("in between");
            late.acquire().onSuccess(nothing -> steps.add("late at " + clock.now()));
          });

      clock.pump(SECOND, SECOND);

      assertThat(steps).containsExactly("first at PT1S", "in between", "late at PT2S");
    }

    @Test
    void aTurnInsideACallbackIsOneMore() {
      takeAll();
      limiter
          .acquire()
          .onSuccess(
              nothing -> {
                steps.add("first");
                acquire("again");
              });
      acquire("second");

      clock.pump(SECOND, SECOND, SECOND);

      assertThat(steps).containsExactly("first", "second at PT2S", "again at PT3S");
    }

    @Test
    void aFreeTurnHasFiredOnReturn() {
      assertThat(limiter.acquire().isCalled()).isTrue();
      assertThat(clock.dueTimes()).isEmpty();
    }

    @Test
    void aTurnThatWasWaitedForFiresOnTheThreadOfTheScheduler() {
      takeAll();
      limiter.acquire().onSuccess(nothing -> steps.add(Thread.currentThread()));
      OtherThread advancing = OtherThread.start(() -> clock.advance(SECOND));
      advancing.join();

      assertThat(steps).hasSize(1).doesNotContain(Thread.currentThread());
    }

    @ParameterizedTest
    @CsvSource({
      "3, PT1S, 1",
      "3, PT1S, 5",
      "7, PT0.013S, 1",
      "1000, PT1S, 17",
      "1, PT3M, 1",
      "1, PT3M, 4",
      "11, PT17.000000001S, 2",
    })
    void inTenMinutesThereAreExactlyTheBurstAndWhatTheTimeIsWorth(
        int turns, Duration per, int burst) {
      RateLimiter exact = new RateLimiter(clock, turns, per, burst);
      Duration time = Duration.ofMinutes(10);
      long most = burst + time.toNanos() * turns / per.toNanos();
      long[] served = new long[1];
      for (long i = 0; i < most + 10; i++) {
        exact.acquire().onSuccess(nothing -> served[0]++);
      }
      assertThat(served[0]).isEqualTo(burst);

      List<Duration> tooMany = new ArrayList<>();
      for (Duration next = clock.dueTimes().get(0);
          next.compareTo(time) <= 0;
          next = clock.dueTimes().get(0)) {
        clock.advance(next.minus(clock.now()));
        if (served[0] > burst + next.toNanos() * turns / per.toNanos()) {
          tooMany.add(next);
        }
      }

      assertThat(tooMany).isEmpty();
      assertThat(served[0]).isEqualTo(most);
      assertThat(exact.waiters()).hasSize(10);
      assertThat(clock.dueTimes()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"3, PT1S, 50", "7, PT0.013S, 5000", "1000, PT1S, 3000", "1, PT3M, 1"})
    void aClockThatIsMovedInUnevenStepsLosesNoTurn(int turns, Duration per, int burst) {
      RateLimiter exact = new RateLimiter(clock, turns, per, burst);
      Duration time = Duration.ofSeconds(10);
      long most = burst + time.toNanos() * turns / per.toNanos();
      long[] served = new long[1];
      for (long i = 0; i < most + 10; i++) {
        exact.acquire().onSuccess(nothing -> served[0]++);
      }
      long step = 1;
      while (clock.now().compareTo(time) < 0) {
        Duration next = Duration.ofNanos(step);
        Duration left = time.minus(clock.now());
        clock.advance(next.compareTo(left) < 0 ? next : left);
        step = step * 31 % 998_244_353;
      }

      assertThat(served[0]).isEqualTo(most);
    }
  }

  @Nested
  class Leaving {

    @Test
    void whoCancelsLeavesTheQueueAndCostsNoTurn() {
      takeAll();
      Deferred<Void> first = limiter.acquire();
      acquire("second");

      first.cancel();
      clock.advance(SECOND);

      assertThat(steps).containsExactly("second at PT1S");
      assertThat(failureResultOf(first)).isInstanceOf(CancellationException.class);
    }

    @Test
    void whoTimesOutLeavesTheQueueAndCostsNoTurn() {
      takeAll();
      Deferred<Void> first = limiter.acquire().addTimeout(Duration.ofMillis(500), clock);
      acquire("second");

      clock.pump(Duration.ofMillis(500), Duration.ofMillis(500));

      assertThat(steps).containsExactly("second at PT1S");
      assertThat(failureResultOf(first)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void whenTheLastOneCancelsNothingIsLeftOnTheClock() {
      takeAll();
      List<Deferred<Void>> waiting = List.of(limiter.acquire(), limiter.acquire());

      waiting.get(1).cancel();
      assertThat(clock.dueTimes()).containsExactly(SECOND);
      waiting.get(0).cancel();

      assertThat(clock.dueTimes()).isEmpty();
      assertThat(limiter.waiters()).isEmpty();
      waiting.forEach(
          each -> assertThat(failureResultOf(each)).isInstanceOf(CancellationException.class));
    }

    @Test
    void afterTheLastOneHasCancelledTheNextOneIsServedAtItsTime() {
      takeAll();
      Deferred<Void> first = limiter.acquire();
      clock.advance(Duration.ofMillis(400));
      first.consumeErrors(cancelled -> {}).cancel();

      acquire("second");

      assertThat(clock.dueTimes()).containsExactly(SECOND);
      clock.advance(Duration.ofMillis(600));
      assertThat(steps).containsExactly("second at PT1S");
    }

    @Test
    void whenTheLastOneIsServedNothingIsLeftOnTheClock() {
      takeAll();
      acquire("first");
      acquire("second");

      clock.advance(Duration.ofSeconds(2));

      assertThat(steps).hasSize(2);
      assertThat(clock.dueTimes()).isEmpty();
    }

    @Test
    void whoIsCancelledByTheOneServedBeforeCostsNoTurn() {
      takeAll();
      List<Deferred<Void>> second = new ArrayList<>();
      limiter.acquire().onSuccess(nothing -> second.get(0).cancel());
      second.add(limiter.acquire());
      acquire("third");

      clock.advance(Duration.ofSeconds(2));

      assertThat(steps).containsExactly("third at PT2S");
      assertThat(failureResultOf(second.get(0))).isInstanceOf(CancellationException.class);
      assertThat(clock.dueTimes()).isEmpty();
    }

    @Test
    void whoWasFiredByHandCostsNoTurnAndLeavesNothingOnTheClock() {
      takeAll();
      limiter.acquire().callback(null);
      acquire("second");

      clock.advance(SECOND);

      assertThat(steps).containsExactly("second at PT1S");
      assertThat(limiter.waiters()).isEmpty();
      assertThat(clock.dueTimes()).isEmpty();
    }

    @Test
    void waitersIsASnapshotInTheOrderOfComing() {
      Deferred.setDebugging(true);
      try {
        takeAll();
        Deferred<Void> first = limiter.acquire();
        assertNoResult(limiter.acquire());
        List<Claimant> before = limiter.waiters();

        first.consumeErrors(cancelled -> {}).cancel();

        assertThat(before).hasSize(2);
        assertThat(limiter.waiters()).containsExactly(before.get(1));
        assertThat(before.get(1).since()).isNotNull();
        assertThat(before.get(1).from()).isNotNull();
        assertThat(before.get(1).name()).isNull();
      } finally {
        Deferred.setDebugging(false);
      }
    }

    @Test
    void withoutDebuggingAWaiterHasNoTimeAndNoPlace() {
      takeAll();
      assertNoResult(limiter.acquire());

      assertThat(limiter.waiters()).containsExactly(new Claimant(null, null, null));
    }
  }

  @Nested
  class BadInput {

    @Test
    void numbersBelowOneAreRefused() {
      assertThatThrownBy(() -> new RateLimiter(clock, 0, SECOND, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the number of turns is 0; it is at least 1");
      assertThatThrownBy(() -> new RateLimiter(clock, 1, SECOND, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("the burst is 0; it is at least 1");
    }

    @Test
    void aPeriodThatIsNotPositiveOrTooLongIsRefused() {
      for (Duration bad :
          List.of(
              Duration.ZERO, SECOND.negated(), Duration.ofDays(365 * 293), forever().negated())) {
        assertThatThrownBy(() -> new RateLimiter(clock, 1, bad, 1))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("the period is " + bad);
      }
    }

    @Test
    void aBurstThatCanNotBeCountedIsRefused() {
      assertThatThrownBy(() -> new RateLimiter(clock, 1, Duration.ofDays(365), 1_000))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("a burst of 1000 turns can't be counted exactly");
    }

    private Duration forever() {
      return Duration.ofSeconds(Long.MAX_VALUE);
    }

    @Test
    void nullIsRefused() {
      assertThatThrownBy(() -> new RateLimiter(null, 1, SECOND, 1))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("scheduler");
      assertThatThrownBy(() -> new RateLimiter(clock, 1, null, 1))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("per");
    }
  }

  /** Has the time of the clock, and may refuse calls. */
  private final class Refusing implements Scheduler {
    Throwable refusal = new RejectedExecutionException("shut down");
    boolean refuses;

    @Override
    public Duration now() {
      return clock.now();
    }

    @Override
    public DelayedCall callLater(Duration delay, Runnable call) {
      if (refuses) {
        if (refusal instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) refusal;
      }
      return clock.callLater(delay, call);
    }
  }

  @Nested
  class Refusals {

    private final Refusing scheduler = new Refusing();
    private final RateLimiter refused = new RateLimiter(scheduler, 1, SECOND, 1);

    @Test
    void whoWouldHaveToWaitFailsWithWhatTheSchedulerThrows() {
      scheduler.refuses = true;
      assertResult(refused.acquire(), null);

      Deferred<Void> waiting = refused.acquire();

      assertThat(failureResultOf(waiting)).isSameAs(scheduler.refusal);
      assertThat(refused.waiters()).isEmpty();
    }

    @Test
    void allWhoWaitFailWhenTheSchedulerTakesNoMoreCalls() {
      assertResult(refused.acquire(), null);
      Deferred<Void> first = refused.acquire();
      Deferred<Void> second = refused.acquire().onFailure(failure -> steps.add("second"));
      Deferred<Void> third = refused.acquire().onFailure(failure -> steps.add("third"));
      scheduler.refuses = true;

      clock.advance(SECOND);

      assertResult(first, null);
      assertThat(steps).containsExactly("second", "third");
      assertThat(failureResultOf(second)).isSameAs(scheduler.refusal);
      assertThat(failureResultOf(third)).isSameAs(scheduler.refusal);
      assertThat(refused.waiters()).isEmpty();
    }

    @Test
    void turnsThatAreThereAreGivenAllTheSame() {
      scheduler.refuses = true;
      assertResult(refused.acquire(), null);
      assertThat(failureResultOf(refused.acquire())).isSameAs(scheduler.refusal);

      clock.advance(SECOND);

      assertResult(refused.acquire(), null);
    }

    @Test
    void whenTheSchedulerTakesCallsAgainCallersWaitAgain() {
      scheduler.refuses = true;
      assertResult(refused.acquire(), null);
      assertThat(failureResultOf(refused.acquire())).isSameAs(scheduler.refusal);

      scheduler.refuses = false;
      Deferred<Void> waiting = refused.acquire();
      assertNoResult(waiting);
      clock.advance(SECOND);

      assertResult(waiting, null);
    }

    @Test
    void anErrorOfTheSchedulerIsNoDifferent() {
      scheduler.refusal = new LinkageError("no thread");
      scheduler.refuses = true;
      assertResult(refused.acquire(), null);
      assertThat(failureResultOf(refused.acquire())).isSameAs(scheduler.refusal);

      scheduler.refuses = false;
      Deferred<Void> waiting = refused.acquire();
      clock.advance(SECOND);

      assertResult(waiting, null);
    }
  }

  @Nested
  class Threads {

    @Test
    void whileACallbackRunsEveryMethodGoesOnOnOtherThreads() {
      takeAll();
      Deferred<Void> first = limiter.acquire().onSuccess(nothing -> OtherThread.run(this::useAll));

      clock.advance(SECOND);

      assertResult(first, null);
      assertThat(clock.dueTimes()).isEmpty();
    }

    private void useAll() {
      Deferred<Void> next = limiter.acquire();
      assertThat(limiter.waiters()).hasSize(1);
      next.consumeErrors(cancelled -> {}).cancel();
      assertThat(limiter.waiters()).isEmpty();
    }

    @Test
    void aHundredThousandTurnsAtOnceNeedNoStack() {
      int[] served = new int[1];
      OtherThread.runWithStack(
          256 * 1024,
          () -> {
            RateLimiter quick = new RateLimiter(clock, 100_000, SECOND, 100_000);
            clock.advance(SECOND);
            for (int i = 0; i < 200_000; i++) {
              quick.acquire().onSuccess(nothing -> served[0]++);
            }
            clock.advance(SECOND);
          });

      assertThat(served[0]).isEqualTo(200_000);
    }

    @Test
    void aHundredThousandRefusedTurnsNeedNoStack() {
      int[] served = new int[1];
      OtherThread.runWithStack(
          256 * 1024,
          () -> {
            takeAll();
            for (int i = 0; i < 100_000; i++) {
              limiter.acquire().callback(null);
            }
            limiter.acquire().onSuccess(nothing -> served[0]++);
            clock.advance(SECOND);
          });

      assertThat(served[0]).isEqualTo(1);
      assertThat(clock.dueTimes()).isEmpty();
    }

    /** The last one who waits is cancelled while his turn comes. */
    @Test
    @Tag("race")
    void cancelAgainstTurn() {
      TwoSides.race(
          () ->
              new TwoSides.Round() {
                final ManualClock time = new ManualClock();
                final RateLimiter raced = new RateLimiter(time, 1, SECOND, 1);
                final Deferred<Void> taken = raced.acquire();
                final List<Object> ends = new ArrayList<>();
                final Deferred<Void> last = raced.acquire();
                final Deferred<?> end =
                    last.onSuccess(nothing -> ends.add("turn"))
                        .consumeErrors(CancellationException.class, e -> ends.add("cancelled"));

                @Override
                public void left() {
                  time.advance(SECOND);
                }

                @Override
                public void right() {
                  last.cancel();
                }

                @Override
                public void check() {
                  assertThat(taken.isCalled()).isTrue();
                  assertThat(end.isCalled()).isTrue();
                  assertThat(ends).hasSize(1);
                  assertThat(raced.waiters()).isEmpty();
                  assertThat(time.dueTimes()).isEmpty();
                  boolean turnIsLeft = ends.contains("cancelled");
                  Deferred<Void> next = raced.acquire().consumeErrors(e -> {});
                  assertThat(next.isCalled()).isEqualTo(turnIsLeft);
                  next.cancel();
                }
              });
    }

    /** One waits and leaves while the other one waits: a call is there for whoever waits. */
    @Test
    @Tag("race")
    void lastLeaveAgainstAcquire() {
      TwoSides.race(
          () ->
              new TwoSides.Round() {
                final ManualClock time = new ManualClock();
                final RateLimiter raced = new RateLimiter(time, 1, SECOND, 1);
                final Deferred<Void> taken = raced.acquire();
                final Deferred<Void> leaving = raced.acquire();
                final Deferred<?> end = leaving.consumeErrors(cancelled -> {});
                final List<Deferred<Void>> coming = new ArrayList<>();

                @Override
                public void left() {
                  leaving.cancel();
                }

                @Override
                public void right() {
                  coming.add(raced.acquire());
                }

                @Override
                public void check() {
                  assertThat(taken.isCalled()).isTrue();
                  assertThat(end.isCalled()).isTrue();
                  assertThat(time.dueTimes()).containsExactly(SECOND);
                  time.advance(SECOND);
                  assertResult(coming.get(0), null);
                  assertThat(time.dueTimes()).isEmpty();
                }
              });
    }
  }
}
