package dev.twine.sync;

import static dev.twine.Results.assertNoResult;
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
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class DeferredLockTest {

  private final DeferredLock lock = new DeferredLock();
  private final List<Object> steps = new ArrayList<>();

  @Test
  void aFreeLockIsTakenAtOnce() {
    Deferred<Permit> taken = lock.acquire();

    assertThat(taken.isCalled()).isTrue();
    assertThat(lock.isLocked()).isTrue();
    successResultOf(taken).close();
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void waitersAreServedFirstComeFirstServed() {
    lock.acquire();
    for (int i = 0; i < 5; i++) {
      int waiter = i;
      lock.acquire().onSuccess(permit -> steps.add(waiter));
    }

    for (int i = 0; i < 5; i++) {
      lock.release();
    }

    assertThat(steps).containsExactly(0, 1, 2, 3, 4);
    assertThat(lock.isLocked()).as("by the last one").isTrue();
  }

  @Test
  void theNextWaitersCallbacksRunInsideRelease() {
    lock.acquire();
    lock.acquire()
        .onSuccess(
            permit -> {
              steps.add("second");
              permit.close();
              steps.add("second has released");
            });
    lock.acquire().onSuccess(permit -> steps.add("third"));

    lock.release();
    steps.add("released");

    assertThat(steps).containsExactly("second", "third", "second has released", "released");
  }

  @Test
  void inBetweenTwoHoldersTheLockIsNotFree() {
    Permit first = successResultOf(lock.acquire());
    lock.acquire().onSuccess(permit -> steps.add(lock.isLocked()));

    first.close();

    assertThat(steps).containsExactly(true);
  }

  @Test
  void releasingALockThatNobodyHoldsIsRefused() {
    assertThatThrownBy(lock::release)
        .isInstanceOf(NotHeldException.class)
        .hasMessage("release() of a lock that nobody holds");

    successResultOf(lock.acquire()).close();
    assertThatThrownBy(lock::release).isInstanceOf(NotHeldException.class);
    assertThat(lock.acquire().isCalled()).as("as before").isTrue();
  }

  @Test
  void aPermitClosesOnce() {
    Permit first = successResultOf(lock.acquire());
    Deferred<Permit> second = lock.acquire();
    Deferred<Permit> third = lock.acquire();

    first.close();
    first.close();
    assertThat(second.isCalled()).isTrue();
    assertNoResult(third);

    lock.release();
    successResultOf(second).close();
    assertThat(third.isCalled()).isTrue();
    assertThat(lock.isLocked()).isTrue();
  }

  @Test
  void aPermitThatWasClosedOnAFreeLockDoesNothing() {
    Permit permit = successResultOf(lock.acquire());

    permit.close();
    permit.close();

    assertThat(lock.isLocked()).isFalse();
    assertThat(lock.acquire().isCalled()).isTrue();
  }

  @Test
  void aPermitWorksInTryWithResources() {
    try (Permit permit = successResultOf(lock.acquire())) {
      assertThat(permit).hasToString("Permit");
      assertThat(lock.isLocked()).isTrue();
    }
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void cancellingAWaiterLosesNoTurn() {
    lock.acquire();
    Deferred<Permit> cancelled = lock.acquire();
    Deferred<Permit> next = lock.acquire();

    cancelled.cancel();
    assertThat(failureResultOf(cancelled)).isInstanceOf(CancellationException.class);
    assertThat(lock.waiters()).hasSize(1);
    lock.release();

    assertThat(next.isCalled()).isTrue();
  }

  @Test
  void cancellingTheOnlyWaiterLeavesAHeldLock() {
    lock.acquire();
    Deferred<Permit> cancelled = lock.acquire();

    cancelled.cancel();
    assertThat(failureResultOf(cancelled)).isInstanceOf(CancellationException.class);

    assertThat(lock.isLocked()).isTrue();
    lock.release();
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void cancellingWhatHasFiredDoesNothing() {
    Deferred<Permit> taken = lock.acquire();

    taken.cancel();

    assertThat(lock.isLocked()).isTrue();
    successResultOf(taken).close();
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void aWaiterThatTimedOutIsACancelledWaiter() {
    ManualClock clock = new ManualClock();
    lock.acquire();
    Deferred<Permit> late = lock.acquire().addTimeout(Duration.ofSeconds(3), clock);
    Deferred<Permit> next = lock.acquire();

    clock.advance(Duration.ofSeconds(3));
    lock.release();

    assertThat(failureResultOf(late)).isInstanceOf(TimeoutException.class);
    assertThat(next.isCalled()).isTrue();
  }

  @Test
  void aWaiterThatWasFiredByHandIsPassedOver() {
    lock.acquire();
    Deferred<Permit> byHand = lock.acquire();
    Deferred<Permit> next = lock.acquire();

    byHand.errback(new IllegalStateException("enough"));
    lock.release();

    assertThat(failureResultOf(byHand)).hasMessage("enough");
    assertThat(next.isCalled()).isTrue();
    assertThat(lock.waiters()).isEmpty();
  }

  @Test
  void aWaiterThatIsPausedHasTheLock() {
    lock.acquire();
    Deferred<Permit> paused = lock.acquire();
    paused.pause();
    paused.onSuccess(permit -> steps.add("unpaused"));

    lock.release();
    assertThat(lock.isLocked()).isTrue();
    assertThat(steps).isEmpty();

    paused.unpause();
    assertThat(steps).containsExactly("unpaused");
  }

  @Test
  void anyThreadMayGiveItBack() {
    Permit permit = successResultOf(lock.acquire());
    Deferred<Permit> waiter = lock.acquire();
    waiter.onSuccess(got -> steps.add(Thread.currentThread().getName()));

    OtherThread.run(permit::close);

    assertThat(steps).containsExactly("other");
  }

  @Test
  void aCallbackThatThrowsKeepsTheLock() {
    lock.acquire();
    Deferred<Permit> waiter = lock.acquire();
    waiter.onSuccess(
        permit -> {
          throw new IllegalStateException("after all");
        });

    lock.release();

    assertThat(failureResultOf(waiter)).hasMessage("after all");
    assertThat(lock.isLocked()).isTrue();
  }

  @Test
  void holdersAndWaitersAreShownInOrderByTheirNames() {
    lock.acquire("first");
    Deferred<Permit> second = lock.acquire("second");
    lock.acquire();
    lock.acquire("fourth");

    assertThat(lock.holders()).extracting(Claimant::name).containsExactly("first");
    assertThat(lock.waiters()).extracting(Claimant::name).containsExactly("second", null, "fourth");

    lock.release();
    assertThat(lock.holders()).extracting(Claimant::name).containsExactly("second");
    assertThat(successResultOf(second)).hasToString("Permit[second]");
    assertThat(lock.waiters()).extracting(Claimant::name).containsExactly(null, "fourth");
  }

  @Test
  void aHundredThousandWaitersThatReleaseAtOnceNeedLittleStack() {
    int waiters = 100_000;
    lock.acquire();
    for (int i = 0; i < waiters; i++) {
      int waiter = i;
      lock.acquire()
          .onSuccess(
              permit -> {
                steps.add(waiter);
                permit.close();
              });
    }

    HandOverTest.onASmallStack(lock::release);

    assertThat(steps).hasSize(waiters).isSortedAccordingTo((a, b) -> (int) a - (int) b);
    assertThat(lock.isLocked()).isFalse();
  }
}
