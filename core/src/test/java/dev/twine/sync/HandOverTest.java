package dev.twine.sync;

import static dev.twine.Results.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Action;
import dev.twine.Deferred;
import dev.twine.OtherThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who is served when, seen from a lock, a semaphore and a queue. */
class HandOverTest {

  private final DeferredLock lock = new DeferredLock();
  private final List<Object> steps = new ArrayList<>();

  /** Runs something where a few thousand nested calls would be too many. */
  static void onASmallStack(Action body) {
    OtherThread.runWithStack(256 * 1024, body);
  }

  @Test
  void upToSixteenHandOversAreNestedAndTheOthersFollow() {
    waitAndReleaseAtOnce(40);

    lock.release();

    int depth = 0;
    int deepest = 0;
    for (Object step : steps) {
      depth += ((String) step).startsWith("in") ? 1 : -1;
      deepest = Math.max(deepest, depth);
    }
    assertThat(deepest).isEqualTo(HandOver.DEPTH);
    assertThat(steps.subList(0, 16)).allMatch(step -> ((String) step).startsWith("in"));
    assertThat(steps.get(16)).isEqualTo("out 15");
    assertThat(steps.get(32)).as("when the outermost is through").isEqualTo("in 16");
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void whoComesLaterIsNotServedBeforeThoseWhoWereTooDeep() {
    DeferredSemaphore semaphore = new DeferredSemaphore(2);
    Permit spare = successResultOf(semaphore.acquire());
    Permit other = successResultOf(semaphore.acquire());
    for (int i = 0; i < 20; i++) {
      int waiter = i;
      semaphore
          .acquire()
          .onSuccess(
              permit -> {
                steps.add(waiter);
                permit.close();
                if (waiter == 10) {
                  spare.close(); // when 16 waits for the outermost already
                }
              });
    }

    other.close();

    assertThat(steps).hasSize(20).isSortedAccordingTo((a, b) -> (int) a - (int) b);
    assertThat(semaphore.tokens()).isEqualTo(2);
  }

  @Test
  void whoIsServedByOneOfManyComesAfterTheLastOfThem() {
    DeferredEvent event = new DeferredEvent();
    event
        .whenSet()
        .onSuccess(
            set -> {
              steps.add(1);
              event.clear();
              event.whenSet().onSuccess(again -> steps.add(4));
              event.set();
            });
    event.whenSet().onSuccess(set -> steps.add(2));
    event.whenSet().onSuccess(set -> steps.add(3));

    event.set();

    assertThat(steps).containsExactly(1, 2, 3, 4);
  }

  @Test
  void manyWhoAreServedTogetherDeepDownFollowThoseWhoAreTooDeep() {
    DeferredEvent event = new DeferredEvent();
    nest(event, 20);
    event.set();

    assertThat(steps)
        .containsExactly(
            0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 20);
  }

  /** Each sets the event anew for the next one, and the last one for two. */
  private void nest(DeferredEvent event, int left) {
    int number = 20 - left;
    event
        .whenSet()
        .onSuccess(
            set -> {
              steps.add(number);
              event.clear();
              if (left > 1) {
                nest(event, left - 1);
              } else {
                event.whenSet().onSuccess(last -> steps.add(20));
                event.whenSet().onSuccess(last -> steps.add(20));
              }
              event.set();
            });
  }

  @Test
  void everyPrimitiveCountsForItself() {
    DeferredLock other = new DeferredLock();
    other.acquire();
    other.acquire().onSuccess(permit -> steps.add("other"));
    lock.acquire();
    for (int i = 0; i < 16; i++) {
      lock.acquire().onSuccess(Permit::close);
    }
    lock.acquire()
        .onSuccess(
            permit -> {
              other.release();
              steps.add("has released the other");
            });

    lock.release();

    assertThat(steps).containsExactly("other", "has released the other");
  }

  @Test
  void aReleaseLeavesNobodyToAThreadThatIsBusy() throws InterruptedException {
    DeferredSemaphore semaphore = new DeferredSemaphore(2);
    Permit first = successResultOf(semaphore.acquire());
    Permit second = successResultOf(semaphore.acquire());
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    semaphore
        .acquire()
        .onSuccess(
            permit -> {
              busy.countDown();
              assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
            });
    Deferred<Permit> next = semaphore.acquire();
    next.onSuccess(permit -> steps.add(Thread.currentThread()));
    OtherThread other = OtherThread.start(first::close);
    assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();

    second.close();

    assertThat(steps).containsExactly(Thread.currentThread());
    end.countDown();
    other.join();
  }

  @Test
  void anErrorOnTheWayKeepsNobodyFromHisTurn() {
    waitAndReleaseAtOnce(HandOver.DEPTH);
    Deferred<Permit> exhausted = lock.acquire();
    exhausted.onSuccess(
        permit -> {
          permit.close();
          throw new StackOverflowError("seeded");
        });
    Deferred<Permit> last = lock.acquire();

    lock.release();

    assertThat(last.isCalled()).isTrue();
    exhausted.consumeErrors(StackOverflowError.class, error -> steps.add(error.getMessage()));
    assertThat(steps).endsWith("seeded");
  }

  private void waitAndReleaseAtOnce(int waiters) {
    lock.acquire();
    for (int i = 0; i < waiters; i++) {
      int waiter = i;
      lock.acquire()
          .onSuccess(
              permit -> {
                steps.add("in " + waiter);
                permit.close();
                steps.add("out " + waiter);
              });
    }
  }
}
