package dev.twine.sync;

import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import dev.twine.Failure;
import dev.twine.OtherThread;
import dev.twine.time.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class DeferredQueueTest {

  private static final int UNLIMITED = DeferredQueue.UNLIMITED;

  private final DeferredQueue<Integer> queue = new DeferredQueue<>();
  private final List<Object> steps = new ArrayList<>();

  @Test
  void valuesComeOutInTheOrderInWhichTheyWerePut() {
    queue.put(1);
    queue.put(2);
    assertThat(queue.pending()).containsExactly(1, 2);

    assertResult(queue.get(), 1);
    assertResult(queue.get(), 2);
    assertThat(queue.pending()).isEmpty();
  }

  @Test
  void callersAreServedInTheOrderOfTheirCalls() {
    Deferred<Integer> first = queue.get();
    Deferred<Integer> second = queue.get();
    assertThat(queue.waiters()).hasSize(2);

    queue.put(1);
    assertResult(first, 1);
    assertNoResult(second);
    queue.put(2);
    assertResult(second, 2);
  }

  @Test
  void aWaitersCallbacksRunInsidePut() {
    queue.get().onSuccess(value -> steps.add("got " + value));

    queue.put(1);
    steps.add("put");

    assertThat(steps).containsExactly("got 1", "put");
  }

  @Test
  void aPutInsideACallersCallbackServesTheNextOneAtOnce() {
    queue
        .get()
        .onSuccess(
            value -> {
              steps.add("first " + value);
              queue.put(2);
              steps.add("first is through");
            });
    queue.get().onSuccess(value -> steps.add("second " + value));

    queue.put(1);

    assertThat(steps).containsExactly("first 1", "second 2", "first is through");
  }

  @Test
  void aCallersCallbacksRunOnTheThreadThatPuts() {
    queue.get().onSuccess(value -> steps.add(Thread.currentThread().getName()));

    OtherThread.run(() -> queue.put(1));

    assertThat(steps).containsExactly("other");
  }

  @Test
  void noMoreValuesAreKeptThanTheSize() {
    DeferredQueue<Integer> small = new DeferredQueue<>(1, UNLIMITED);
    small.put(1);

    assertThatThrownBy(() -> small.put(2))
        .isInstanceOf(QueueOverflowException.class)
        .hasMessageContaining("holds 1 values or more");

    assertThat(small.pending()).containsExactly(1);
  }

  @Test
  void aCallerWhoWaitsTakesWhateverTheSize() {
    DeferredQueue<Integer> none = new DeferredQueue<>(0, UNLIMITED);
    Deferred<Integer> got = none.get();

    none.put(1);

    assertResult(got, 1);
    assertThatThrownBy(() -> none.put(2)).isInstanceOf(QueueOverflowException.class);
  }

  @Test
  void noMoreCallersWaitThanTheBacklog() {
    DeferredQueue<Integer> small = new DeferredQueue<>(UNLIMITED, 1);
    Deferred<Integer> first = small.get();

    assertThatThrownBy(small::get)
        .isInstanceOf(QueueUnderflowException.class)
        .hasMessageContaining("1 callers or more");

    small.put(1);
    assertResult(first, 1);
  }

  @Test
  void withABacklogOfNothingNobodyWaits() {
    DeferredQueue<Integer> impatient = new DeferredQueue<>(UNLIMITED, 0);

    assertThatThrownBy(impatient::get).isInstanceOf(QueueUnderflowException.class);
    impatient.put(1);
    assertResult(impatient.get(), 1);
  }

  @Test
  void negativeLimitsAreRefused() {
    assertThatThrownBy(() -> new DeferredQueue<Integer>(-1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a queue's size is -1; it is at least 0");
    assertThatThrownBy(() -> new DeferredQueue<Integer>(0, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a queue's backlog is -1; it is at least 0");
    assertThatThrownBy(() -> queue.setSize(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> queue.setBacklog(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThat(queue.getSize()).isEqualTo(UNLIMITED);
    assertThat(queue.getBacklog()).isEqualTo(UNLIMITED);
  }

  @Test
  @SuppressWarnings("NullAway") // that is what is tested
  void nullIsRefused() {
    Deferred<Integer> waiting = queue.get();

    assertThatThrownBy(() -> queue.put(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> queue.putDeferred(null)).isInstanceOf(NullPointerException.class);

    assertNoResult(waiting);
    assertThat(queue.waiters()).hasSize(1);
  }

  @Test
  void whatADeferredCannotFireWithIsRefused() {
    DeferredQueue<Object> anything = new DeferredQueue<>();
    Deferred<Object> waiting = anything.get();

    assertThatThrownBy(() -> anything.put(new Deferred<>()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a Deferred can't fire with a Deferred");
    assertThatThrownBy(() -> anything.putDeferred(new Failure(new IOException())))
        .isInstanceOf(IllegalArgumentException.class);

    assertNoResult(waiting);
    anything.put("value");
    assertResult(waiting, "value");
  }

  @Test
  void valuesThatComeBackStandInTheirOrder() {
    List<Deferred<Integer>> getters = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Deferred<Integer> getter = queue.get();
      getters.add(getter);
      int value = i;
      getter.onSuccess(
          got -> {
            if (value < 19) {
              queue.put(value + 1); // from 16 on they wait for the outermost one
            }
            if (value == 15) {
              getters.subList(16, 20).forEach(Deferred::cancel);
              queue.put(100);
            }
          });
      getter.consumeErrors(CancellationException.class, known -> {});
    }

    queue.put(0);

    assertThat(queue.pending()).startsWith(16).endsWith(100).isSorted();
  }

  @Test
  void limitsMayBeChangedAndNothingIsDropped() {
    queue.put(1);
    queue.put(2);

    queue.setSize(1);
    assertThat(queue.pending()).containsExactly(1, 2);
    assertThatThrownBy(() -> queue.put(3)).isInstanceOf(QueueOverflowException.class);
    assertResult(queue.get(), 1);
    assertResult(queue.get(), 2);

    Deferred<Integer> waiting = queue.get();
    Deferred<Integer> alsoWaiting = queue.get();
    queue.setBacklog(1);
    assertThatThrownBy(queue::get).isInstanceOf(QueueUnderflowException.class);
    queue.put(3);
    queue.put(4);
    assertResult(waiting, 3);
    assertResult(alsoWaiting, 4);
  }

  @Test
  void cancellingACallerLosesNoValue() {
    Deferred<Integer> cancelled = queue.get();
    Deferred<Integer> next = queue.get();

    cancelled.cancel();
    assertThat(failureResultOf(cancelled)).isInstanceOf(CancellationException.class);
    queue.put(1);

    assertResult(next, 1);
  }

  @Test
  void aCallerWhoTimedOutIsACancelledOne() {
    ManualClock clock = new ManualClock();
    Deferred<Integer> late = queue.get().addTimeout(Duration.ofSeconds(1), clock);

    clock.advance(Duration.ofSeconds(1));
    queue.put(1);

    assertThat(failureResultOf(late)).isInstanceOf(TimeoutException.class);
    assertThat(queue.pending()).containsExactly(1);
  }

  @Test
  void cancellingWhatHasFiredDoesNothing() {
    queue.put(1);
    Deferred<Integer> got = queue.get();

    got.cancel();

    assertResult(got, 1);
  }

  @Test
  void aCallerWhoIsPausedHasTheValue() {
    Deferred<Integer> paused = queue.get();
    Deferred<Integer> next = queue.get();
    paused.pause();

    queue.put(1);
    assertNoResult(next);

    paused.unpause();
    assertResult(paused, 1);
  }

  @Test
  void aValueForACallerWhoWasFiredByHandGoesToTheNextOneOrBackInFront() {
    Deferred<Integer> byHand = queue.get();
    Deferred<Integer> next = queue.get();
    byHand.callback(0);

    queue.put(1);
    assertResult(byHand, 0);
    assertResult(next, 1);

    Deferred<Integer> alone = queue.get();
    alone.callback(0);
    queue.put(2);
    queue.put(3);
    assertThat(queue.pending()).containsExactly(2, 3);
  }

  @Test
  void putDeferredWaitsForRoom() {
    DeferredQueue<Integer> small = new DeferredQueue<>(1, UNLIMITED);
    assertThat(small.putDeferred(1).isCalled()).as("there was room").isTrue();
    Deferred<Void> second = small.putDeferred(2);
    Deferred<Void> third = small.putDeferred(3);
    second.onSuccess(put -> steps.add("put 2"));
    third.onSuccess(put -> steps.add("put 3"));
    assertThat(small.putters()).hasSize(2);

    assertResult(small.get(), 1);
    assertThat(steps).containsExactly("put 2");
    assertThat(small.pending()).containsExactly(2);
    assertResult(small.get(), 2);
    assertResult(small.get(), 3);
    assertThat(steps).containsExactly("put 2", "put 3");
    assertThat(small.pending()).isEmpty();
  }

  @Test
  void putDeferredGivesToACallerWhoWaits() {
    DeferredQueue<Integer> none = new DeferredQueue<>(0, UNLIMITED);
    Deferred<Integer> got = none.get();

    assertThat(none.putDeferred(1).isCalled()).isTrue();

    assertResult(got, 1);
  }

  @Test
  void withoutRoomAtAllACallerTakesFromWhoeverWaits() {
    DeferredQueue<Integer> none = new DeferredQueue<>(0, UNLIMITED);
    Deferred<Void> first = none.putDeferred(1);
    none.putDeferred(2);

    assertResult(none.get(), 1);

    assertThat(first.isCalled()).isTrue();
    assertResult(none.get(), 2);
    assertThat(none.putters()).isEmpty();
  }

  @Test
  void putDoesNotOvertakeWhoWaitsForRoom() {
    DeferredQueue<Integer> small = new DeferredQueue<>(1, UNLIMITED);
    small.put(1);
    small.putDeferred(2);

    assertThatThrownBy(() -> small.put(3)).isInstanceOf(QueueOverflowException.class);

    assertResult(small.get(), 1);
    assertResult(small.get(), 2);
  }

  @Test
  void cancellingAPutterTakesHisValueAway() {
    DeferredQueue<Integer> small = new DeferredQueue<>(1, UNLIMITED);
    small.put(1);
    Deferred<Void> cancelled = small.putDeferred(2);
    small.putDeferred(3);

    cancelled.cancel();

    assertThat(failureResultOf(cancelled)).isInstanceOf(CancellationException.class);
    assertResult(small.get(), 1);
    assertResult(small.get(), 3);
  }

  @Test
  void aLargerSizeLetsPuttersIn() {
    DeferredQueue<Integer> small = new DeferredQueue<>(0, UNLIMITED);
    for (int i = 1; i <= 3; i++) {
      int value = i;
      small.putDeferred(value).onSuccess(put -> steps.add(value));
    }

    small.setSize(2);

    assertThat(steps).containsExactly(1, 2);
    assertThat(small.pending()).containsExactly(1, 2);
    assertThat(small.putters()).hasSize(1);
  }

  @Test
  void aSmallerSizeKeepsPuttersOutUntilThereIsRoom() {
    DeferredQueue<Integer> shrunk = new DeferredQueue<>(3, UNLIMITED);
    for (int i = 1; i <= 4; i++) {
      shrunk.putDeferred(i);
    }
    shrunk.setSize(1);

    assertResult(shrunk.get(), 1);
    assertThat(shrunk.pending()).containsExactly(2, 3);
    assertResult(shrunk.get(), 2);
    assertResult(shrunk.get(), 3);
    assertThat(shrunk.pending()).containsExactly(4);
  }

  @Test
  void aClosedQueueTakesNothingMore() {
    queue.put(1);
    queue.close();
    queue.close();

    assertThat(queue.isClosed()).isTrue();
    assertThatThrownBy(() -> queue.put(2)).isInstanceOf(QueueClosedException.class);
    assertThat(failureResultOf(queue.putDeferred(2))).isInstanceOf(QueueClosedException.class);
    assertResult(queue.get(), 1);
    assertThat(failureResultOf(queue.get())).isInstanceOf(QueueClosedException.class);
  }

  @Test
  void closingSendsAwayWhoeverWaits() {
    Deferred<Integer> getter = queue.get();
    queue.close();
    assertThat(failureResultOf(getter)).isInstanceOf(QueueClosedException.class);

    DeferredQueue<Integer> full = new DeferredQueue<>(0, UNLIMITED);
    Deferred<Void> putter = full.putDeferred(1);
    full.close();
    assertThat(failureResultOf(putter)).isInstanceOf(QueueClosedException.class);
    assertThat(full.pending()).isEmpty();
  }

  @Test
  void aHundredThousandCallersThatPutAtOnceNeedLittleStack() {
    for (int i = 0; i < 100_000; i++) {
      queue
          .get()
          .onSuccess(
              value -> {
                steps.add(value);
                queue.put(value + 1);
              });
    }

    HandOverTest.onASmallStack(() -> queue.put(0));

    assertThat(steps).hasSize(100_000).isSortedAccordingTo((a, b) -> (int) a - (int) b);
    assertThat(successResultOf(queue.get())).isEqualTo(100_000);
  }
}
