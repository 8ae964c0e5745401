package dev.twine.sync;

import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class DeferredSemaphoreTest {

  private final DeferredSemaphore semaphore = new DeferredSemaphore(3);
  private final List<Object> steps = new ArrayList<>();

  @Test
  void asManyAsTheLimitAreServedAtOnce() {
    List<Deferred<Permit>> taken = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      taken.add(semaphore.acquire());
    }

    assertThat(taken).extracting(Deferred::isCalled).containsExactly(true, true, true, false);
    assertThat(semaphore.tokens()).isZero();
    assertThat(semaphore.limit()).isEqualTo(3);
  }

  @Test
  void tokensAreThoseThatAreFree() {
    assertThat(semaphore.tokens()).isEqualTo(3);
    Permit first = successResultOf(semaphore.acquire());
    assertThat(semaphore.tokens()).isEqualTo(2);
    Permit second = successResultOf(semaphore.acquire());
    assertThat(semaphore.tokens()).isEqualTo(1);

    first.close();
    assertThat(semaphore.tokens()).isEqualTo(2);
    second.close();
    assertThat(semaphore.tokens()).isEqualTo(3);
  }

  @Test
  void aPermitPassesToTheNextWaiterDirectly() {
    acquireAll();
    semaphore.acquire().onSuccess(permit -> steps.add(semaphore.tokens()));

    semaphore.release();

    assertThat(steps).containsExactly(0);
  }

  @Test
  void releaseGivesBackTheOldestOpenPermit() {
    Deferred<Permit> first = semaphore.acquire("first");
    Deferred<Permit> second = semaphore.acquire("second");
    semaphore.acquire("third");
    successResultOf(first).close();

    semaphore.release();
    assertThat(semaphore.holders()).extracting(Claimant::name).containsExactly("third");

    successResultOf(second).close();
    assertThat(semaphore.tokens()).as("it had been closed").isEqualTo(2);
  }

  @Test
  void permitsMayBeClosedInAnyOrder() {
    Permit first = successResultOf(semaphore.acquire("first"));
    Permit second = successResultOf(semaphore.acquire("second"));
    Permit third = successResultOf(semaphore.acquire("third"));

    second.close();
    assertThat(semaphore.holders()).extracting(Claimant::name).containsExactly("first", "third");
    third.close();
    assertThat(semaphore.holders()).extracting(Claimant::name).containsExactly("first");
    second.close();
    first.close();
    assertThat(semaphore.holders()).isEmpty();
    assertThat(semaphore.tokens()).isEqualTo(3);
  }

  @Test
  void releasingWhatNobodyHoldsIsRefused() {
    assertThatThrownBy(semaphore::release)
        .isInstanceOf(NotHeldException.class)
        .hasMessage("release() of a semaphore that has all its permits");

    acquireAll();
    semaphore.release();
    semaphore.release();
    semaphore.release();
    assertThatThrownBy(semaphore::release).isInstanceOf(NotHeldException.class);
    assertThat(semaphore.tokens()).isEqualTo(3);
  }

  @Test
  void fewerThanOnePermitIsRefused() {
    assertThatThrownBy(() -> new DeferredSemaphore(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a semaphore's number of permits is 0; it is at least 1");
    assertThatThrownBy(() -> new DeferredSemaphore(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cancellingAWaiterLosesNoTurn() {
    acquireAll();
    Deferred<Permit> cancelled = semaphore.acquire();
    Deferred<Permit> next = semaphore.acquire();

    cancelled.cancel();
    assertThat(failureResultOf(cancelled)).isInstanceOf(CancellationException.class);
    assertNoResult(next);
    semaphore.release();

    assertThat(next.isCalled()).isTrue();
    assertThat(semaphore.tokens()).isZero();
  }

  @Test
  void cancellingWhatHasFiredDoesNothing() {
    Deferred<Permit> taken = semaphore.acquire();

    taken.cancel();

    assertThat(semaphore.tokens()).isEqualTo(2);
    successResultOf(taken).close();
    assertThat(semaphore.tokens()).isEqualTo(3);
  }

  @Test
  void atMostAsManyBodiesRunAtATimeAsThereArePermits() {
    List<Deferred<Object>> bodies = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Deferred<Object> body = new Deferred<>();
      bodies.add(body);
      semaphore
          .run(
              () -> {
                steps.add("in");
                return body;
              })
          .onSuccess(done -> steps.add("done"));
    }
    assertThat(steps).containsExactly("in", "in", "in");

    bodies.forEach(body -> body.callback("over"));

    assertThat(steps.subList(3, 9)).containsExactly("in", "done", "in", "done", "in", "done");
    assertThat(steps).hasSize(20);
    assertThat(semaphore.tokens()).isEqualTo(3);
  }

  @Test
  void aHundredThousandWaitersThatReleaseAtOnceNeedLittleStack() {
    acquireAll();
    for (int i = 0; i < 100_000; i++) {
      int waiter = i;
      semaphore
          .acquire()
          .onSuccess(
              permit -> {
                steps.add(waiter);
                permit.close();
              });
    }

    HandOverTest.onASmallStack(semaphore::release);

    assertThat(steps).hasSize(100_000).isSortedAccordingTo((a, b) -> (int) a - (int) b);
    assertThat(semaphore.tokens()).isEqualTo(1);
  }

  private void acquireAll() {
    for (int i = 0; i < semaphore.limit(); i++) {
      successResultOf(semaphore.acquire());
    }
  }
}
