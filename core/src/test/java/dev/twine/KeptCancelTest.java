package dev.twine;

import static dev.twine.Results.assertNoResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Calls of cancel() that come while callbacks run: each for one wait, and for the right one. */
@SuppressWarnings("CheckReturnValue") // these chains keep their type
class KeptCancelTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final Deferred<String> d = new Deferred<>();
  private final Deferred<String> q = new Deferred<>();

  private static void elsewhere(Deferred<?> deferred) {
    OtherThread.run(deferred::cancel);
  }

  private static void assertCancelled(Deferred<?> deferred) {
    assertThat(deferred.state())
        .isInstanceOfSatisfying(
            DeferredState.Failed.class,
            failed ->
                assertThat(failed.failure().value()).isInstanceOf(CancellationException.class));
    deferred.addErrback(failure -> null);
  }

  @Test
  void oneFromElsewhereIsNotLostBesideTheChainsOwn() {
    d.chainCallback(
        v -> {
          d.cancel();
          elsewhere(d);
          d.cancel();
          return q;
        });

    d.callback("go");

    assertCancelled(d);
  }

  @Test
  void theChainsOwnIsDroppedAlsoByAPause() {
    d.chainCallback(
            v -> {
              d.cancel();
              d.pause();
              return Deferred.succeed(v);
            })
        .chainCallback(v -> q);
    d.callback("go");

    OtherThread.run(d::unpause);

    assertNoResult(d);
    q.callback("q");
  }

  @Test
  void oneFromElsewhereOutlivesAPause() {
    d.chainCallback(
            v -> {
              elsewhere(d);
              d.pause();
              return Deferred.succeed(v);
            })
        .chainCallback(v -> q);
    d.callback("go");

    OtherThread.run(d::unpause);

    assertCancelled(d);
  }

  @Test
  void aHandOverCarriesItToTheOneItWasAskedOf() {
    Deferred<String> running = new Deferred<>();
    Deferred<String> waiter = new Deferred<>();
    running.onSuccess(
        v -> {
          waiter.cancel();
          elsewhere(waiter);
          waiter.cancel();
        });
    waiter.chainCallback(v -> running).chainCallback(v -> q);
    waiter.callback("go");

    running.callback("go");

    assertCancelled(waiter);
  }

  @Test
  void aPausedWaiterKeepsItUntilItWaitsAgain() {
    Deferred<String> running = new Deferred<>();
    Deferred<String> waiter = new Deferred<>();
    running.onSuccess(
        v -> {
          elsewhere(waiter);
          waiter.pause();
        });
    waiter.chainCallback(v -> running).chainCallback(v -> q);
    waiter.callback("go");
    running.callback("go");

    waiter.unpause();

    assertCancelled(waiter);
  }

  @Test
  void severalMeanTheSameWait() {
    Deferred<String> second = new Deferred<>();
    Deferred<String> above = new Deferred<>();
    d.chainCallback(
            v -> {
              elsewhere(d);
              elsewhere(above);
              return q;
            })
        .chainErrback(failure -> second);
    above.chainCallback(v -> d);
    above.callback("go");

    d.callback("go");

    assertThat(q.state()).isInstanceOf(DeferredState.Value.class);
    assertNoResult(second);
    second.callback("recovered");
    assertThat(above.state()).isEqualTo(new DeferredState.Value<>("recovered", false, 0));
  }

  @Test
  void aLimitOnAListReachesAllMembers() {
    ManualClock clock = new ManualClock();
    Deferred<String> p = new Deferred<>();
    Deferred<String> one = Deferred.succeed("1").chainCallback(v -> p);
    Deferred<String> two = Deferred.succeed("2").chainCallback(v -> q);
    Deferred<List<String>> both =
        DeferredList.gather(List.of(one, two), DeferredList.Option.CONSUME_ERRORS)
            .addTimeout(SECOND, clock);

    clock.advance(SECOND);

    assertThat(q.isCalled()).isTrue();
    assertThat(p.isCalled()).isTrue();
    assertThat(both.state()).isInstanceOf(DeferredState.Failed.class);
    both.addErrback(failure -> null);
  }

  @Test
  void aLimitDoesNotReachBeyondItsPlace() {
    ManualClock clock = new ManualClock();
    d.onSuccess(v -> OtherThread.run(() -> clock.advance(SECOND)))
        .addTimeout(SECOND, clock)
        .chainCallback(v -> q);

    d.callback("go");

    assertNoResult(d);
    q.callback("q");
  }

  @Test
  void aListAndAMemberThatWaitForEachOtherAreCancelledOnce() {
    Deferred<Object> member = new Deferred<>();
    List<Deferred<?>> made = new ArrayList<>();
    member.chainCallback(v -> made.get(0));
    Deferred<List<Object>> list = Deferred.gatherResults(List.of(member));
    made.add(list);
    member.callback("go");

    list.cancel();

    assertNoResult(list);
  }

  @Test
  void aListReachedThroughAWaitIsCancelledMemberByMember() {
    Deferred<String> member = new Deferred<>();
    d.chainCallback(
        v -> {
          elsewhere(d);
          return DeferredList.of(List.of(member, q)).addCallback(List::toString);
        });

    d.callback("go");

    assertThat(member.isCalled()).isTrue();
    assertThat(q.isCalled()).isTrue();
    member.addErrback(failure -> null);
    q.addErrback(failure -> null);
  }

  @Test
  void aGetInALoopBodyKnowsItsOwnTurn() {
    Deferred<?>[] self = new Deferred<?>[1];
    Deferred<Boolean> start = new Deferred<>();
    int[] rounds = {0};
    self[0] =
        Deferred.loop(
            () -> {
              if (rounds[0]++ == 0) {
                return start;
              }
              self[0].get();
              return Deferred.succeed(false);
            });

    start.callback(true);

    assertThat(self[0].state())
        .isInstanceOfSatisfying(
            DeferredState.Failed.class,
            failed ->
                assertThat(failed.failure().value()).isInstanceOf(IllegalStateException.class));
    assertThatThrownBy(self[0]::get).isInstanceOf(IllegalStateException.class);
  }
}
