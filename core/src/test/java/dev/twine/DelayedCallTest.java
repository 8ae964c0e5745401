package dev.twine;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The handles of the schedulers that sit on an executor. */
class DelayedCallTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final HandExecutor executor = new HandExecutor();
  private final Scheduler scheduler = Scheduler.of(executor);
  private final AtomicInteger made = new AtomicInteger();

  @AfterEach
  void shutDown() {
    executor.shutdownNow();
  }

  @Test
  void onlyTheCancelThatPreventsTheCallSaysSo() {
    DelayedCall call = scheduler.callLater(HOUR, made::incrementAndGet);

    assertThat(call.cancel()).isTrue();
    assertThat(call.cancel()).isFalse();
    executor.runEntry(0);

    assertThat(made).hasValue(0);
    assertThat(call.isActive()).isFalse();
  }

  @Test
  void aCallThatWasMadeCanNotBeCancelled() {
    DelayedCall call = scheduler.callLater(HOUR, made::incrementAndGet);

    executor.runEntry(0);

    assertThat(made).hasValue(1);
    assertThat(call.isActive()).isFalse();
    assertThat(call.cancel()).isFalse();
  }

  @Test
  void aCallIsNotActiveAnyMoreWhileItRuns() {
    DelayedCall[] call = new DelayedCall[1];
    List<Boolean> seen = new ArrayList<>();
    call[0] =
        scheduler.callLater(
            HOUR,
            () -> {
              seen.add(call[0].isActive());
              seen.add(call[0].cancel());
            });
    assertThat(call[0].isActive()).isTrue();

    executor.runEntry(0);

    assertThat(seen).containsExactly(false, false);
  }

  @Test
  void anEntryThatWasReplacedMakesNoCall() {
    DelayedCall call = scheduler.callLater(HOUR, made::incrementAndGet);
    call.reset(HOUR);

    executor.runEntry(0);
    assertThat(made).hasValue(0);
    assertThat(call.isActive()).isTrue();

    executor.runEntry(1);
    executor.runEntry(1);
    assertThat(made).hasValue(1);
  }

  @Test
  void resetCountsFromNowAndDelayFromTheDueTime() {
    DelayedCall call = scheduler.callLater(HOUR, made::incrementAndGet);
    assertThat(executor.delay(0)).isBetween(Duration.ofMinutes(59), HOUR);

    call.delay(HOUR);
    assertThat(executor.delay(1)).isBetween(Duration.ofMinutes(119), Duration.ofMinutes(120));

    call.reset(Duration.ofMinutes(5));
    assertThat(executor.delay(2)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
    assertThat(executor.getQueue()).hasSize(1);
  }

  @Test
  void resetCanBringACallForward() throws Exception {
    CompletableFuture<String> done = new CompletableFuture<>();
    DelayedCall call = scheduler.callLater(HOUR, () -> done.complete("made"));

    call.reset(Duration.ZERO);

    assertThat(done.get(10, SECONDS)).isEqualTo("made");
  }

  @Test
  void aCallThatIsOverCanNotBeMoved() {
    DelayedCall call = scheduler.callLater(HOUR, made::incrementAndGet);
    call.cancel();

    assertThatThrownBy(() -> call.reset(HOUR))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("made or cancelled")
        .hasMessageContaining("callLater");
    assertThatThrownBy(() -> call.delay(HOUR)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void negativeAndNullTimesAreRefusedAndTheCallStays() {
    DelayedCall call = scheduler.callLater(HOUR, made::incrementAndGet);

    assertThatThrownBy(() -> call.reset(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("delay must not be negative but is PT-0.001S");
    assertThatThrownBy(() -> call.delay(Duration.ofSeconds(-2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("by must not be negative but is PT-2S");
    assertThatThrownBy(() -> call.reset(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("delay");
    assertThatThrownBy(() -> call.delay(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("by");

    assertThat(call.isActive()).isTrue();
  }

  @Test
  void aCallWhoseMoveTheExecutorRefusesIsOver() {
    DelayedCall call = scheduler.callLater(HOUR, made::incrementAndGet);
    executor.shutdownNow();

    assertThatThrownBy(() -> call.reset(HOUR)).isInstanceOf(RejectedExecutionException.class);

    assertThat(call.isActive()).isFalse();
    executor.runEntry(0);
    assertThat(made).hasValue(0);
  }

  @Test
  void aCancelInTheMiddleOfAMoveTakesBackTheNewEntryToo() {
    DelayedCall call = scheduler.callLater(HOUR, made::incrementAndGet);
    executor.whenScheduling = call::cancel;

    call.reset(HOUR);

    assertThat(call.isActive()).isFalse();
    assertThat(executor.getQueue()).isEmpty();
  }

  @Test
  void aCancelInTheMiddleOfARefusedMoveChangesNothing() {
    DelayedCall call = scheduler.callLater(HOUR, made::incrementAndGet);
    executor.whenScheduling =
        () -> {
          assertThat(call.cancel()).isTrue();
          executor.shutdownNow();
        };

    assertThatThrownBy(() -> call.reset(HOUR)).isInstanceOf(RejectedExecutionException.class);

    assertThat(call.isActive()).isFalse();
  }

  /** Two threads cancel, two move, the executor makes the call: one of them takes it. */
  @Test
  @Tag("race")
  void aCallIsMadeOnceOrCancelledOnce() throws Exception {
    int rounds = 20_000;
    CyclicBarrier together = new CyclicBarrier(3);
    AtomicInteger cancelled = new AtomicInteger();
    DelayedCall[] calls = new DelayedCall[rounds];
    for (int i = 0; i < rounds; i++) {
      calls[i] = scheduler.callLater(HOUR, made::incrementAndGet);
    }
    ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(3);
    try {
      List<Future<?>> all =
          List.of(
              threads.submit(() -> inRounds(together, calls, call -> move(call, Duration.ZERO))),
              threads.submit(() -> inRounds(together, calls, call -> move(call, Duration.ZERO))),
              threads.submit(
                  () ->
                      inRounds(
                          together, calls, call -> cancelled.addAndGet(call.cancel() ? 1 : 0))));
      for (Future<?> one : all) {
        one.get(60, SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(true);
    executor.shutdown();
    assertThat(executor.awaitTermination(10, SECONDS)).isTrue();

    assertThat(made.get() + cancelled.get()).isEqualTo(rounds);
  }

  /** Two threads move the same call again and again: it is made once, and no entry is left over. */
  @Test
  @Tag("race")
  void aCallThatTwoThreadsMoveIsMadeOnce() throws Exception {
    ScheduledThreadPoolExecutor daemon = ExecutorScheduler.newDaemon();
    try {
      CompletableFuture<String> done = new CompletableFuture<>();
      DelayedCall call =
          Scheduler.of(daemon)
              .callLater(
                  HOUR,
                  () -> {
                    made.incrementAndGet();
                    done.complete("made");
                  });
      Runnable moving =
          () -> {
            for (int i = 0; i < 100_000; i++) {
              call.reset(HOUR);
            }
          };
      CompletableFuture<Void> other = CompletableFuture.runAsync(moving);
      moving.run();
      other.get(60, SECONDS);
      assertThat(daemon.getQueue()).hasSize(1);

      call.reset(Duration.ZERO);

      assertThat(done.get(10, SECONDS)).isEqualTo("made");
      assertThat(daemon.getQueue()).isEmpty();
    } finally {
      daemon.shutdownNow();
    }
    assertThat(made).hasValue(1);
  }

  private static void move(DelayedCall call, Duration delay) {
    try {
      call.reset(delay);
    } catch (IllegalStateException over) {
      assertThat(call.isActive()).isFalse();
    }
  }

  private static Void inRounds(CyclicBarrier together, DelayedCall[] calls, Effect<DelayedCall> act)
      throws Exception {
    for (DelayedCall call : calls) {
      together.await(10, SECONDS);
      try {
        act.call(call);
      } catch (Throwable thrown) {
        throw new AssertionError(thrown);
      }
    }
    return null;
  }

  /** An executor that remembers its entries, so that a test can run them when it wants to. */
  private static final class HandExecutor extends ScheduledThreadPoolExecutor {

    private final List<Runnable> entries = new ArrayList<>();
    private final List<Duration> delays = new ArrayList<>();
    private Runnable whenScheduling = () -> {};

    HandExecutor() {
      super(1);
      setRemoveOnCancelPolicy(true);
    }

    @Override
    public synchronized ScheduledFuture<?> schedule(Runnable entry, long delay, TimeUnit unit) {
      entries.add(entry);
      delays.add(Duration.of(delay, unit.toChronoUnit()));
      whenScheduling.run();
      return super.schedule(entry, delay, unit);
    }

    void runEntry(int number) {
      entries.get(number).run();
    }

    Duration delay(int number) {
      return delays.get(number);
    }
  }
}
