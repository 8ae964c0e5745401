package dev.twine.sync;

import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Deferred;
import dev.twine.OtherThread;
import dev.twine.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class DeferredEventTest {

  private final DeferredEvent event = new DeferredEvent();
  private final List<Object> steps = new ArrayList<>();

  @Test
  void aNewEventHasNotHappened() {
    assertThat(event.isSet()).isFalse();
    assertThat(event.waiters()).isEmpty();
    Deferred<Void> waiting = event.whenSet();

    assertNoResult(waiting);
  }

  @Test
  void setFiresWithNullWhoeverWaits() {
    Deferred<Void> waiting = event.whenSet();

    event.set();

    assertResult(waiting, null);
    assertThat(event.isSet()).isTrue();
    assertThat(event.waiters()).isEmpty();
  }

  @Test
  void whoComesAfterItWasSetNeedNotWait() {
    event.set();

    assertResult(event.whenSet(), null);
    assertThat(event.waiters()).isEmpty();
  }

  @Test
  void everybodyIsServedInTheOrderOfTheCallsInsideSet() {
    for (int i = 1; i <= 3; i++) {
      int step = i;
      event.whenSet().onSuccess(nothing -> steps.add(step));
    }

    event.set();
    steps.add(4);

    assertThat(steps).containsExactly(1, 2, 3, 4);
  }

  @Test
  void settingItAgainDoesNothing() {
    event.whenSet().onSuccess(nothing -> steps.add("once"));

    event.set();
    event.set();

    assertThat(steps).containsExactly("once");
    assertThat(event.isSet()).isTrue();
  }

  @Test
  void aCallbackSeesTheEventSetAndNobodyWaiting() {
    event.whenSet().onSuccess(nothing -> steps.add(event.isSet() + " " + event.waiters().size()));
    Deferred<Void> second = event.whenSet();

    event.set();

    assertThat(steps).containsExactly("true 0");
    assertResult(second, null);
  }

  @Test
  void afterClearWhoeverComesWaits() {
    event.set();
    Deferred<Void> before = event.whenSet();

    event.clear();
    Deferred<Void> after = event.whenSet();

    assertThat(event.isSet()).isFalse();
    assertResult(before, null);
    assertNoResult(after);
    event.set();
    assertResult(after, null);
  }

  @Test
  void clearingAnEventThatIsNotSetSendsNobodyAway() {
    Deferred<Void> waiting = event.whenSet();

    event.clear();

    assertNoResult(waiting);
    assertThat(event.waiters()).hasSize(1);
  }

  @Test
  void allWhoWaitedGoOnThoughTheFirstOneClearsTheEvent() {
    event.whenSet().onSuccess(nothing -> event.clear());
    Deferred<Void> second = event.whenSet();

    event.set();

    assertResult(second, null);
    assertThat(event.isSet()).isFalse();
  }

  @Test
  void whoWaitsAgainInACallbackThatHasClearedWaitsForTheNextSet() {
    List<Deferred<Void>> again = new ArrayList<>();
    event
        .whenSet()
        .onSuccess(
            nothing -> {
              event.clear();
              again.add(event.whenSet());
            });

    event.set();

    assertNoResult(again.get(0));
    event.set();
    assertResult(again.get(0), null);
  }

  @Test
  void aSetInsideACallbackServesWhoHasComeSinceAfterTheOthers() {
    event
        .whenSet()
        .onSuccess(
            nothing -> {
              steps.add(1);
              event.clear();
              event.whenSet().onSuccess(again -> steps.add(4));
              event.set();
              steps.add(2);
            });
    event.whenSet().onSuccess(nothing -> steps.add(3));

    event.set();

    assertThat(steps).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aFailingCallbackKeepsNobodyFromTheirs() {
    Deferred<Void> failing =
        event
            .whenSet()
            .onSuccess(
                nothing -> {
                  throw new IllegalStateException("thrown in a callback");
                });
    Deferred<Void> second = event.whenSet();

    event.set();

    assertResult(second, null);
    assertThat(failureResultOf(failing)).hasMessage("thrown in a callback");
  }

  @Test
  void whoCancelsWaitsNoMoreAndTheEventIsAsItWas() {
    Deferred<Void> first = event.whenSet();
    Deferred<Void> second = event.whenSet();

    first.cancel();

    assertThat(failureResultOf(first)).isInstanceOf(CancellationException.class);
    assertThat(event.isSet()).isFalse();
    assertThat(event.waiters()).hasSize(1);
    event.set();
    assertResult(second, null);
  }

  @Test
  void whoTimesOutWaitsNoMore() {
    ManualClock clock = new ManualClock();
    Deferred<Void> waiting = event.whenSet().addTimeout(Duration.ofSeconds(1), clock);

    clock.advance(Duration.ofSeconds(1));

    assertThat(failureResultOf(waiting)).isInstanceOf(TimeoutException.class);
    assertThat(event.waiters()).isEmpty();
    event.set();
  }

  @Test
  void aWaiterThatIsCancelledByAnEarlierOneDuringSetStaysCancelled() {
    List<Deferred<Void>> second = new ArrayList<>();
    event.whenSet().onSuccess(nothing -> second.get(0).cancel());
    second.add(event.whenSet());
    Deferred<Void> third = event.whenSet();

    event.set();

    assertThat(failureResultOf(second.get(0))).isInstanceOf(CancellationException.class);
    assertResult(third, null);
  }

  @Test
  void aWaiterThatWasFiredByHandKeepsNobodyFromTheirs() {
    event.whenSet().callback(null);
    Deferred<Void> second = event.whenSet();

    event.set();

    assertResult(second, null);
  }

  @Test
  void everyCallerHasADeferredOfItsOwn() {
    Deferred<String> first = event.whenSet().addCallback(nothing -> "mine");
    Deferred<Void> second = event.whenSet();

    event.set();

    assertResult(first, "mine");
    assertResult(second, null);
  }

  @Test
  void waitersIsASnapshotWithNeitherTimesNorPlaces() {
    Deferred<Void> waiting = event.whenSet();

    List<Claimant> before = event.waiters();
    waiting.consumeErrors(cancelled -> {}).cancel();

    assertThat(before).containsExactly(new Claimant(null, null, null));
  }

  @Test
  void withDebuggingOnAWaiterHasATimeAndAPlace() {
    Deferred.setDebugging(true);
    try {
      assertNoResult(event.whenSet());
      Claimant waiter = event.waiters().get(0);

      assertThat(waiter.name()).isNull();
      assertThat(waiter.since()).isNotNull();
      assertThat(waiter.from()).isNotNull();
    } finally {
      Deferred.setDebugging(false);
    }
  }

  @Test
  void whatWasDoneBeforeSetIsSeenByTheCallbacks() {
    int[] plain = new int[1];
    Deferred<Integer> waiting = event.whenSet().addCallback(nothing -> plain[0]);

    OtherThread.run(
        () -> {
          plain[0] = 1;
          event.set();
          plain[0] = 2;
        });

    assertResult(waiting, 1);
    assertResult(event.whenSet().addCallback(nothing -> plain[0]), 2);
  }

  @Test
  void whileACallbackRunsEveryMethodGoesOnOnOtherThreads() {
    Deferred<Void> waiting = event.whenSet().onSuccess(nothing -> OtherThread.run(this::useAll));

    event.set();

    assertResult(waiting, null);
  }

  private void useAll() {
    assertThat(event.isSet()).isTrue();
    event.clear();
    Deferred<Void> waiting = event.whenSet();
    assertThat(event.waiters()).hasSize(1);
    event.set();
    assertResult(waiting, null);
    event.whenSet().cancel();
  }

  @Test
  void aHundredThousandWhoEachSetInsideTheirCallbackNeedNoStack() {
    int[] served = new int[1];

    OtherThread.runWithStack(
        256 * 1024,
        () -> {
          waitAndSet(served, 100_000);
          event.set();
        });

    assertThat(served[0]).isEqualTo(100_000);
  }

  private void waitAndSet(int[] served, int more) {
    event
        .whenSet()
        .onSuccess(
            nothing -> {
              served[0]++;
              if (more > 1) {
                event.clear();
                waitAndSet(served, more - 1);
                event.set();
              }
            });
  }
}
