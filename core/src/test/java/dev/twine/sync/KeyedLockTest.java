package dev.twine.sync;

import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import dev.twine.OtherThread;
import dev.twine.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class KeyedLockTest {

  /** All of these have the same hash code. */
  private record Colliding(String name) {
    @Override
    public int hashCode() {
      return 1;
    }
  }

  private final KeyedLock<String> locks = new KeyedLock<>();
  private final List<Object> steps = new ArrayList<>();

  @Test
  void eachKeyHasALockOfItsOwn() {
    assertThat(locks.of("a").acquire().isCalled()).isTrue();
    assertThat(locks.of("b").acquire().isCalled()).isTrue();

    assertNoResult(locks.of("a").acquire());
    assertThat(locks.keys()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void equalKeysHaveTheSameLock() {
    KeyedLock<List<Integer>> lists = new KeyedLock<>();

    assertThat(lists.of(List.of(1, 2)).acquire().isCalled()).isTrue();

    assertNoResult(lists.of(new ArrayList<>(List.of(1, 2))).acquire());
  }

  @Test
  void aLockThatWasGivenBeforeAndOneThatIsGivenLaterAreTheSame() {
    PermitSource before = locks.of("a");
    Permit permit = successResultOf(before.acquire("before"));
    PermitSource later = locks.of("a");

    assertThat(later.holders()).isEqualTo(before.holders()).hasSize(1);
    Deferred<Permit> second = later.acquire();
    assertThat(before.waiters()).hasSize(1);
    permit.close();
    assertThat(second.isCalled()).isTrue();
  }

  @Test
  void aLockThatIsKeptWorksWheneverItIsWanted() {
    PermitSource kept = locks.of("a");

    for (int i = 0; i < 3; i++) {
      Permit permit = successResultOf(kept.acquire());
      assertThat(locks.keys()).containsExactly("a");
      permit.close();
      assertThat(locks.keys()).isEmpty();
    }
  }

  @Test
  void waitersOfAKeyAreServedInOrderInsideTheCallThatGivesBack() {
    Permit first = successResultOf(locks.of("a").acquire());
    for (int i = 1; i <= 3; i++) {
      int step = i;
      locks
          .of("a")
          .acquire()
          .onSuccess(
              permit -> {
                steps.add(step);
                permit.close();
              });
    }

    first.close();
    steps.add(4);

    assertThat(steps).containsExactly(1, 2, 3, 4);
    assertThat(locks.keys()).isEmpty();
  }

  @Test
  void givingAKeysLockBackServesNobodyOfAnotherKey() {
    Permit a = successResultOf(locks.of("a").acquire());
    Permit b = successResultOf(locks.of("b").acquire());
    Deferred<Permit> waiting = locks.of("b").acquire();

    a.close();
    assertNoResult(waiting);
    b.close();

    assertThat(waiting.isCalled()).isTrue();
    assertThat(locks.keys()).containsExactly("b");
  }

  @Test
  void holdersAndWaitersHaveTheirNames() {
    PermitSource a = locks.of("a");
    Permit first = successResultOf(a.acquire("first"));
    assertNoResult(a.acquire("second"));
    assertNoResult(a.acquire());

    assertThat(a.holders()).extracting(Claimant::name).containsExactly("first");
    assertThat(a.waiters()).extracting(Claimant::name).containsExactly("second", null);
    assertThat(locks.of("b").holders()).isEmpty();
    assertThat(locks.of("b").waiters()).isEmpty();

    first.close();
    assertThat(a.holders()).extracting(Claimant::name).containsExactly("second");
  }

  @Test
  void runHoldsTheLockOfItsKeyOnly() {
    Deferred<String> pending = new Deferred<>();
    Deferred<String> first = locks.of("a").run("first", () -> pending);
    Deferred<Integer> second = locks.of("a").run(() -> 2);
    Deferred<Integer> other = locks.of("b").run(() -> 3);
    assertResult(other, 3);
    assertNoResult(second);

    pending.callback("one");

    assertResult(first, "one");
    assertResult(second, 2);
    assertThat(locks.keys()).isEmpty();
  }

  @Test
  void askingWhoHoldsOrWaitsKeepsNothing() {
    assertThat(locks.of("a").holders()).isEmpty();
    assertThat(locks.of("a").waiters()).isEmpty();

    assertThat(locks.keys()).isEmpty();
  }

  @Test
  void nothingIsKeptForAKeyWhoseLockWasGivenBack() {
    for (int i = 0; i < 10_000; i++) {
      successResultOf(locks.of("key " + i).acquire()).close();
    }

    assertThat(locks.keys()).isEmpty();
  }

  @Test
  void nothingIsKeptAfterACancel() {
    Permit holder = successResultOf(locks.of("a").acquire());
    Deferred<Permit> waiter = locks.of("a").acquire();

    waiter.cancel();
    assertThat(failureResultOf(waiter)).isInstanceOf(CancellationException.class);
    assertThat(locks.keys()).containsExactly("a");
    holder.close();

    assertThat(locks.keys()).isEmpty();
  }

  @Test
  void nothingIsKeptAfterATimeoutNorIsATurnLost() {
    ManualClock clock = new ManualClock();
    Permit holder = successResultOf(locks.of("a").acquire());
    Deferred<Permit> late = locks.of("a").acquire().addTimeout(Duration.ofSeconds(1), clock);
    Deferred<Permit> patient = locks.of("a").acquire();

    clock.advance(Duration.ofSeconds(1));
    holder.close();
    successResultOf(patient).close();

    assertThat(failureResultOf(late)).isInstanceOf(TimeoutException.class);
    assertThat(locks.keys()).isEmpty();
  }

  @Test
  void nothingIsKeptIfAWaiterIsCancelledWhileTheLockIsHandedToHim() {
    Permit holder = successResultOf(locks.of("a").acquire());
    Deferred<Permit> waiter = locks.of("a").acquire();
    waiter.callback(holder); // by hand, so that the permit is refused

    holder.close();

    assertThat(locks.keys()).isEmpty();
    assertThat(locks.of("a").acquire().isCalled()).isTrue();
  }

  @Test
  void aPermitThatIsGivenBackTwiceTakesNobodysLockAway() {
    Permit first = successResultOf(locks.of("a").acquire());
    first.close();
    Permit second = successResultOf(locks.of("a").acquire());

    first.close();

    assertThat(locks.keys()).containsExactly("a");
    assertNoResult(locks.of("a").acquire().consumeErrors(cancelled -> {}));
    second.close();
    first.close();
    assertThat(locks.of("a").holders()).hasSize(1);
  }

  @Test
  void aPermitThatIsGivenBackTwiceLeavesNothing() {
    Permit first = successResultOf(locks.of("a").acquire());

    first.close();
    first.close();

    assertThat(locks.keys()).isEmpty();
    assertThat(locks.of("a").acquire().isCalled()).isTrue();
  }

  @Test
  void whoTakesTheLockAgainInACallbackAfterGivingItBackHasIt() {
    PermitSource a = locks.of("a");
    Deferred<Permit> again =
        a.acquire()
            .chainCallback(
                permit -> {
                  permit.close();
                  return a.acquire();
                });

    assertThat(a.holders()).hasSize(1);
    successResultOf(again).close();
    assertThat(locks.keys()).isEmpty();
  }

  @Test
  void keysWithTheSameHashCodeAreDifferentKeys() {
    KeyedLock<Colliding> colliding = new KeyedLock<>();
    List<Permit> permits = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      permits.add(successResultOf(colliding.of(new Colliding("key " + i)).acquire()));
    }
    assertThat(colliding.keys()).hasSize(100);
    Deferred<Permit> waiting = colliding.of(new Colliding("key 42")).acquire();
    assertNoResult(waiting);

    permits.forEach(Permit::close);

    assertThat(colliding.keys()).containsExactly(new Colliding("key 42"));
    successResultOf(waiting).close();
    assertThat(colliding.keys()).isEmpty();
  }

  @Test
  void keysIsASnapshot() {
    Permit permit = successResultOf(locks.of("a").acquire());
    Set<String> before = locks.keys();

    permit.close();

    assertThat(before).containsExactly("a");
    assertThat(locks.keys()).isEmpty();
    assertThatThrownBy(() -> before.add("b")).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void nullIsRefusedAndNamed() {
    assertThatThrownBy(() -> locks.of(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("key");
    assertThatThrownBy(() -> locks.of("a").acquire(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("name");

    assertThat(locks.keys()).isEmpty();
  }

  @Test
  void withDebuggingOnABodyThatWaitsForItsOwnKeyFails() {
    Deferred.setDebugging(true);
    try {
      Deferred<Integer> outer =
          locks.of("a").run(() -> locks.of("b").run(() -> locks.of("a").run(() -> 1)));

      assertThat(failureResultOf(outer)).isInstanceOf(IllegalStateException.class);
    } finally {
      Deferred.setDebugging(false);
    }
  }

  @Test
  void aHundredThousandWaitersWhoEachGiveBackAtOnceNeedNoStack() {
    int[] served = new int[1];
    OtherThread.runWithStack(
        256 * 1024,
        () -> {
          Permit first = successResultOf(locks.of("a").acquire());
          for (int i = 0; i < 100_000; i++) {
            locks
                .of("a")
                .acquire()
                .onSuccess(
                    permit -> {
                      served[0]++;
                      permit.close();
                    });
          }
          first.close();
        });

    assertThat(served[0]).isEqualTo(100_000);
    assertThat(locks.keys()).isEmpty();
  }
}
