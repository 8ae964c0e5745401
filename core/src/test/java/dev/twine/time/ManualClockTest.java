package dev.twine.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.DelayedCall;
import dev.twine.Scheduler;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ManualClockTest {

  private final ManualClock clock = new ManualClock();
  private final List<String> steps = new ArrayList<>();

  @Test
  void theTimeBeginsAtZeroAndMovesOnlyByHand() {
    assertThat(clock.now()).isZero();

    clock.advance(seconds(3));

    assertThat(clock.now()).isEqualTo(seconds(3));
  }

  @Test
  void aCallIsMadeExactlyAtItsTimeAndOnTheAdvancingThread() {
    Thread[] made = new Thread[1];
    clock.callLater(seconds(5), () -> made[0] = Thread.currentThread());

    clock.advance(seconds(5).minusNanos(1));
    assertThat(made[0]).isNull();

    clock.advance(Duration.ofNanos(1));
    assertThat(made[0]).isSameAs(Thread.currentThread());
  }

  @Test
  void aZeroDelayWaitsForTheNextAdvance() {
    clock.callLater(Duration.ZERO, step("called"));
    assertThat(steps).isEmpty();

    clock.advance(Duration.ZERO);

    assertThat(steps).containsExactly("called");
  }

  @Test
  void callsAreMadeInTheOrderOfTheirTimesThenOfTheirCreation() {
    clock.callLater(seconds(2), step("c"));
    clock.callLater(seconds(1), step("a"));
    clock.callLater(seconds(2), step("d"));
    clock.callLater(seconds(1), step("b"));

    clock.advance(seconds(2));

    assertThat(steps).containsExactly("a", "b", "c", "d");
  }

  @Test
  void everyCallSeesTheTimeAtTheEnd() {
    List<Duration> seen = new ArrayList<>();
    clock.callLater(seconds(1), () -> seen.add(clock.now()));
    clock.callLater(seconds(2), () -> seen.add(clock.now()));

    clock.advance(seconds(7));

    assertThat(seen).containsExactly(seconds(7), seconds(7));
  }

  @Test
  void pumpLetsCallsSeeTheTimesInBetween() {
    List<Duration> seen = new ArrayList<>();
    clock.callLater(seconds(1), () -> seen.add(clock.now()));
    clock.callLater(seconds(3), () -> seen.add(clock.now()));

    clock.pump(seconds(1), seconds(1), seconds(1));

    assertThat(seen).containsExactly(seconds(1), seconds(3));
    clock.pump(List.of(seconds(2), seconds(2)));
    assertThat(clock.now()).isEqualTo(seconds(7));
  }

  @Test
  void callsAddedMeanwhileHaveTheirPlaceInTheOrder() {
    clock.callLater(
        seconds(1),
        () -> {
          steps.add("first");
          clock.callLater(Duration.ZERO, step("added, due at the end"));
          clock.callLater(seconds(1), step("added, due later"));
        });
    clock.callLater(seconds(2), step("second"));

    clock.advance(seconds(3));

    assertThat(steps).containsExactly("first", "second", "added, due at the end");
    assertThat(clock.dueTimes()).containsExactly(seconds(4));
  }

  @Test
  void aCallMayAdvanceTheClock() {
    clock.callLater(
        seconds(1),
        () -> {
          steps.add("in");
          clock.advance(seconds(10));
          steps.add("out");
        });
    clock.callLater(seconds(2), step("made by the inner"));
    clock.callLater(seconds(11), step("reached by the inner"));

    clock.advance(seconds(2));

    assertThat(steps).containsExactly("in", "made by the inner", "reached by the inner", "out");
    assertThat(clock.now()).isEqualTo(seconds(12));
  }

  @Test
  void anExceptionLeavesAdvanceAndTheRestStaysQueued() {
    IllegalStateException thrown = new IllegalStateException("from a call");
    clock.callLater(
        seconds(1),
        () -> {
          throw thrown;
        });
    clock.callLater(seconds(2), step("rest"));

    assertThatThrownBy(() -> clock.advance(seconds(5))).isSameAs(thrown);

    assertThat(steps).isEmpty();
    assertThat(clock.now()).isEqualTo(seconds(5));
    assertThat(clock.dueTimes()).containsExactly(seconds(2));
    clock.advance(Duration.ZERO);
    assertThat(steps).containsExactly("rest");
  }

  @Test
  void aCancelledCallIsNotMade() {
    DelayedCall call = clock.callLater(seconds(1), step("called"));

    assertThat(call.isActive()).isTrue();
    assertThat(call.cancel()).isTrue();
    assertThat(call.cancel()).isFalse();
    clock.advance(seconds(1));

    assertThat(steps).isEmpty();
    assertThat(call.isActive()).isFalse();
    assertThat(clock.pendingCalls()).isEmpty();
  }

  @Test
  void aCallMayCancelOneThatIsDueAtTheSameTime() {
    DelayedCall[] second = new DelayedCall[1];
    clock.callLater(seconds(1), () -> second[0].cancel());
    second[0] = clock.callLater(seconds(1), step("second"));

    clock.advance(seconds(1));

    assertThat(steps).isEmpty();
  }

  @Test
  void aCallIsNotActiveAnyMoreWhileItIsMade() {
    DelayedCall[] call = new DelayedCall[1];
    call[0] =
        clock.callLater(seconds(1), () -> steps.add(call[0].isActive() + " " + call[0].cancel()));

    clock.advance(seconds(1));

    assertThat(steps).containsExactly("false false");
  }

  @Test
  void resetCountsFromNowAndDelayFromTheDueTime() {
    DelayedCall call = clock.callLater(seconds(10), step("called"));
    clock.advance(seconds(4));

    call.delay(seconds(1));
    assertThat(clock.dueTimes()).containsExactly(seconds(11));
    call.reset(seconds(2));
    assertThat(clock.dueTimes()).containsExactly(seconds(6));

    clock.advance(seconds(2));
    assertThat(steps).containsExactly("called");
  }

  @Test
  void aCallThatIsMovedWhileOthersAreMadeTakesItsNewPlace() {
    DelayedCall[] moved = new DelayedCall[1];
    clock.callLater(seconds(1), () -> moved[0].reset(seconds(10)));
    moved[0] = clock.callLater(seconds(2), step("moved"));
    clock.callLater(seconds(3), step("third"));

    clock.advance(seconds(5));

    assertThat(steps).containsExactly("third");
    assertThat(clock.dueTimes()).containsExactly(seconds(15));
  }

  @Test
  void aCallThatIsOverCanNotBeMoved() {
    DelayedCall call = clock.callLater(seconds(1), step("called"));
    clock.advance(seconds(1));

    assertThatThrownBy(() -> call.reset(seconds(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("made or cancelled")
        .hasMessageContaining("callLater");
    assertThatThrownBy(() -> call.delay(seconds(1))).isInstanceOf(IllegalStateException.class);
    assertThat(clock.pendingCalls()).isEmpty();
  }

  @Test
  void pendingCallsIsASnapshotInOrder() {
    DelayedCall second = clock.callLater(seconds(2), step("second"));
    DelayedCall first = clock.callLater(seconds(1), step("first"));

    List<DelayedCall> pending = clock.pendingCalls();
    clock.advance(seconds(1));

    assertThat(pending).containsExactly(first, second);
    assertThat(clock.pendingCalls()).containsExactly(second);
    assertThat(first).hasToString("DelayedCall[done]");
    assertThat(second).hasToString("DelayedCall[due PT2S]");
  }

  @Test
  void timesTooLongToCountAreCutDown() {
    DelayedCall never = clock.callLater(Duration.ofSeconds(Long.MAX_VALUE), step("never"));
    clock.advance(seconds(1));
    never.delay(Duration.ofSeconds(Long.MAX_VALUE));

    assertThat(clock.dueTimes()).containsExactly(Duration.ofNanos(Long.MAX_VALUE));
    clock.advance(Duration.ofSeconds(Long.MAX_VALUE));
    assertThat(clock.now()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
    assertThat(steps).containsExactly("never");
  }

  @Test
  void negativeTimesAreRefusedAndNamed() {
    DelayedCall call = clock.callLater(seconds(1), step("called"));

    assertThatThrownBy(() -> clock.advance(seconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("by must not be negative but is PT-1S");
    assertThatThrownBy(() -> clock.callLater(seconds(-2), step("never")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("delay must not be negative but is PT-2S");
    assertThatThrownBy(() -> call.reset(seconds(-3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("delay must not be negative but is PT-3S");
    assertThatThrownBy(() -> call.delay(seconds(-4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("by must not be negative but is PT-4S");
    assertThatThrownBy(() -> clock.pump(seconds(1), seconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(clock.now()).isEqualTo(seconds(1));
    assertThat(clock.dueTimes()).isEmpty();
  }

  @Test
  void nullIsRefusedAndNamed() {
    assertThatThrownBy(() -> clock.callLater(null, step("never")))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("delay");
    assertThatThrownBy(() -> clock.callLater(seconds(1), null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("call");
    assertThatThrownBy(() -> clock.advance(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("by");
    assertThat(clock.pendingCalls()).isEmpty();
  }

  @Test
  void nothingIsLockedWhileACallRuns() {
    clock.callLater(
        seconds(1),
        () ->
            CompletableFuture.runAsync(() -> clock.callLater(seconds(1), step("from elsewhere")))
                .orTimeout(10, TimeUnit.SECONDS)
                .join());

    clock.pump(seconds(1), seconds(1));

    assertThat(steps).containsExactly("from elsewhere");
  }

  @Test
  void aCancelledCallIsLetGoWhileItsHandleIsKept() {
    Runnable call = new ArrayList<>()::clear;
    WeakReference<Runnable> reference = new WeakReference<>(call);
    DelayedCall handle = clock.callLater(seconds(1), call);
    call = null;

    handle.cancel();
    for (int i = 0; i < 100 && reference.get() != null; i++) {
      System.gc();
    }

    assertThat(reference.get()).isNull();
    assertThat(handle.isActive()).isFalse();
  }

  /** Two threads add and cancel while a third one advances: every call is made or cancelled. */
  @Test
  @Tag("race")
  void everyCallIsMadeOnceOrCancelledOnce() {
    int each = 50_000;
    Scheduler scheduler = clock;
    AtomicInteger over = new AtomicInteger();
    Runnable adding =
        () -> {
          for (int i = 0; i < each; i++) {
            DelayedCall call = scheduler.callLater(Duration.ofNanos(i % 7), over::incrementAndGet);
            if (i % 3 == 0 && call.cancel()) {
              over.incrementAndGet();
            }
          }
        };
    List<CompletableFuture<Void>> threads =
        Arrays.asList(CompletableFuture.runAsync(adding), CompletableFuture.runAsync(adding));
    while (!threads.stream().allMatch(CompletableFuture::isDone)) {
      clock.advance(Duration.ofNanos(3));
    }
    threads.forEach(CompletableFuture::join);
    clock.advance(seconds(1));

    assertThat(over).hasValue(2 * each);
    assertThat(clock.pendingCalls()).isEmpty();
  }

  private Runnable step(String name) {
    return () -> steps.add(name);
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }
}
