package dev.twine.sync;

import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import dev.twine.OtherThread;
import dev.twine.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class DeferredBarrierTest {

  private final DeferredBarrier barrier = new DeferredBarrier(3);
  private final List<Object> steps = new ArrayList<>();

  @Test
  void thoseWhoArriveWaitUntilSoManyHave() {
    Deferred<Integer> first = barrier.arrive();
    Deferred<Integer> second = barrier.arrive();
    assertNoResult(first);
    assertNoResult(second);

    Deferred<Integer> third = barrier.arrive();

    assertResult(first, 0);
    assertResult(second, 1);
    assertResult(third, 2);
    assertThat(barrier.waiters()).isEmpty();
  }

  @Test
  void itCanBeUsedAgainAndAgain() {
    for (int round = 0; round < 100; round++) {
      List<Deferred<Integer>> all = List.of(barrier.arrive(), barrier.arrive(), barrier.arrive());
      for (int place = 0; place < 3; place++) {
        assertResult(all.get(place), place);
      }
    }
  }

  @Test
  void callbacksRunInTheOrderOfArrivalInsideTheLastCall() {
    barrier.arrive().onSuccess(steps::add);
    barrier.arrive().onSuccess(steps::add);

    Deferred<Integer> last = barrier.arrive();
    steps.add("arrived");
    last.onSuccess(steps::add);

    assertThat(steps).containsExactly(0, 1, "arrived", 2);
  }

  @Test
  void aBarrierForOneHoldsNobodyUp() {
    DeferredBarrier alone = new DeferredBarrier(1);

    assertResult(alone.arrive(), 0);
    assertResult(alone.arrive(), 0);
    alone.reset();
    assertThat(alone.waiters()).isEmpty();
  }

  @Test
  void aNumberOfPartiesBelowOneIsRefused() {
    assertThatThrownBy(() -> new DeferredBarrier(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a barrier's number of parties is 0; it is at least 1");
    assertThatThrownBy(() -> new DeferredBarrier(Integer.MIN_VALUE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-2147483648");
  }

  @Test
  void partiesIsTheNumberWhoeverWaits() {
    assertNoResult(barrier.arrive());

    assertThat(barrier.parties()).isEqualTo(3);
  }

  @Test
  void forWhomeverCancelsOneMoreHasToCome() {
    Deferred<Integer> first = barrier.arrive();
    Deferred<Integer> second = barrier.arrive();

    first.cancel();

    assertThat(failureResultOf(first)).isInstanceOf(CancellationException.class);
    assertThat(barrier.waiters()).hasSize(1);
    Deferred<Integer> third = barrier.arrive();
    assertNoResult(second);
    assertResult(barrier.arrive(), 2);
    assertResult(second, 0);
    assertResult(third, 1);
  }

  @Test
  void whoTimesOutHasNotArrived() {
    ManualClock clock = new ManualClock();
    Deferred<Integer> first = barrier.arrive().addTimeout(Duration.ofSeconds(1), clock);

    clock.advance(Duration.ofSeconds(1));

    assertThat(failureResultOf(first)).isInstanceOf(TimeoutException.class);
    assertThat(barrier.waiters()).isEmpty();
  }

  @Test
  void resetSendsEverybodyAwayInOrderBeforeItReturns() {
    Deferred<Integer> first = barrier.arrive().onFailure(failure -> steps.add(1));
    Deferred<Integer> second = barrier.arrive().onFailure(failure -> steps.add(2));

    barrier.reset();
    steps.add(3);

    assertThat(steps).containsExactly(1, 2, 3);
    assertThat(failureResultOf(first))
        .isInstanceOf(BrokenBarrierException.class)
        .hasMessage("the barrier was reset");
    assertThat(failureResultOf(second)).isInstanceOf(BrokenBarrierException.class);
  }

  @Test
  void afterResetTheBarrierIsAsNew() {
    Deferred<Integer> before = barrier.arrive();

    barrier.reset();

    assertThat(failureResultOf(before)).isInstanceOf(BrokenBarrierException.class);
    assertThat(barrier.waiters()).isEmpty();
    Deferred<Integer> first = barrier.arrive();
    Deferred<Integer> second = barrier.arrive();
    assertResult(barrier.arrive(), 2);
    assertResult(first, 0);
    assertResult(second, 1);
  }

  @Test
  void resetOfABarrierWhereNobodyWaitsDoesNothing() {
    barrier.reset();

    assertNoResult(barrier.arrive());
    assertThat(barrier.waiters()).hasSize(1);
  }

  @Test
  void whoArrivesAgainInACallbackIsTheFirstOfTheNextRound() {
    List<Deferred<Integer>> again = new ArrayList<>();
    barrier.arrive().onSuccess(place -> again.add(barrier.arrive()));
    barrier.arrive().onSuccess(place -> again.add(barrier.arrive()));

    Deferred<Integer> last = barrier.arrive();

    assertResult(last, 2);
    assertNoResult(again.get(0));
    assertNoResult(again.get(1));
    assertResult(barrier.arrive(), 2);
    assertResult(again.get(0), 0);
    assertResult(again.get(1), 1);
  }

  @Test
  void aResetInsideACallbackReachesNobodyWhoGoesOn() {
    barrier.arrive().onSuccess(place -> barrier.reset());
    Deferred<Integer> second = barrier.arrive();

    assertResult(barrier.arrive(), 2);
    assertResult(second, 1);
  }

  @Test
  void anArrivalInsideTheErrbackOfAResetBelongsToTheNewRound() {
    List<Deferred<Integer>> again = new ArrayList<>();
    barrier.arrive().consumeErrors(broken -> again.add(barrier.arrive()));

    barrier.reset();

    assertNoResult(again.get(0));
    assertThat(barrier.waiters()).hasSize(1);
  }

  @Test
  void whoIsCancelledWhileTheOthersGoOnHasArrivedAllTheSame() {
    List<Deferred<Integer>> second = new ArrayList<>();
    barrier.arrive().onSuccess(place -> second.get(0).cancel());
    second.add(barrier.arrive());

    assertResult(barrier.arrive(), 2);
    assertResult(second.get(0), 1);
    assertThat(barrier.waiters()).isEmpty();
  }

  @Test
  void whoIsCancelledDuringAResetIsSentAway() {
    List<Deferred<Integer>> second = new ArrayList<>();
    barrier.arrive().consumeErrors(broken -> second.get(0).cancel());
    second.add(barrier.arrive());

    barrier.reset();

    assertThat(failureResultOf(second.get(0))).isInstanceOf(BrokenBarrierException.class);
  }

  @Test
  void withDebuggingOnAWaiterHasATimeAndAPlace() {
    assertNoResult(barrier.arrive());
    Deferred.setDebugging(true);
    try {
      assertNoResult(barrier.arrive());
      List<Claimant> waiters = barrier.waiters();

      assertThat(waiters.get(0)).isEqualTo(new Claimant(null, null, null));
      assertThat(waiters.get(1).since()).isNotNull();
      assertThat(waiters.get(1).from()).isNotNull();
    } finally {
      Deferred.setDebugging(false);
    }
  }

  @Test
  void whatWasDoneBeforeAnArrivalIsSeenByAllWhoGoOn() {
    int[] plain = new int[3];
    Deferred<Integer> first = barrier.arrive().addCallback(place -> plain[1] + plain[2]);
    for (int i = 1; i <= 2; i++) {
      int place = i;
      OtherThread.run(
          () -> {
            plain[place] = place;
            assertThat(barrier.arrive().isCalled()).isEqualTo(place == 2);
          });
    }

    assertResult(first, 3);
  }

  @Test
  void whileACallbackRunsEveryMethodGoesOnOnOtherThreads() {
    DeferredBarrier two = new DeferredBarrier(2);
    Deferred<Integer> first = two.arrive().onSuccess(place -> OtherThread.run(() -> useAll(two)));

    assertResult(two.arrive(), 1);

    assertResult(first, 0);
  }

  private static void useAll(DeferredBarrier two) {
    Deferred<Integer> next = two.arrive();
    assertThat(two.waiters()).hasSize(1);
    assertResult(two.arrive(), 1);
    assertResult(next, 0);
    two.arrive().consumeErrors(cancelled -> {}).cancel();
    two.reset();
  }

  @Test
  void aHundredThousandRoundsEachEndedInsideTheOneBeforeNeedNoStack() {
    DeferredBarrier two = new DeferredBarrier(2);
    int[] rounds = new int[1];

    OtherThread.runWithStack(
        256 * 1024,
        () -> {
          arriveAndEnd(two, rounds, 100_000);
          assertResult(two.arrive(), 1);
        });

    assertThat(rounds[0]).isEqualTo(100_000);
  }

  private static void arriveAndEnd(DeferredBarrier two, int[] rounds, int more) {
    two.arrive()
        .onSuccess(
            place -> {
              rounds[0]++;
              if (more > 1) {
                arriveAndEnd(two, rounds, more - 1);
                assertResult(two.arrive(), 1);
              }
            });
  }

  @Test
  void aHundredThousandPartiesNeedNoStack() {
    DeferredBarrier large = new DeferredBarrier(100_000);
    int[] sum = new int[1];

    OtherThread.runWithStack(
        256 * 1024,
        () -> {
          for (int i = 0; i < 99_999; i++) {
            large.arrive().onSuccess(place -> sum[0]++);
          }
          assertResult(large.arrive(), 99_999);
        });

    assertThat(sum[0]).isEqualTo(99_999);
  }
}
