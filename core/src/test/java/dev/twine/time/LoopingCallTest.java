package dev.twine.time;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Action;
import dev.twine.Callback;
import dev.twine.Deferred;
import dev.twine.DeferredCallable;
import dev.twine.DelayedCall;
import dev.twine.Effect;
import dev.twine.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LoopingCallTest {

  private final ManualClock clock = new ManualClock();

  /** The second of each call of the function. */
  private final List<Long> calls = new ArrayList<>();

  private final List<Long> counts = new ArrayList<>();
  private final LoopingCall loop = new LoopingCall(clock, this::noteTheTime);

  @Nested
  class TheGrid {

    @Test
    void withNowTheFirstCallIsMadeInsideStart() {
      loop.start(seconds(2), true);
      assertThat(calls).containsExactly(0L);

      clock.pump(seconds(1), seconds(1), seconds(1), seconds(1));

      assertThat(calls).containsExactly(0L, 2L, 4L);
    }

    @Test
    void startAloneMeansNow() {
      loop.start(seconds(2));

      assertThat(calls).containsExactly(0L);
    }

    @Test
    void withoutNowTheFirstCallIsMadeAfterOneInterval() {
      loop.start(seconds(2), false);
      assertThat(calls).isEmpty();

      clock.pump(seconds(1), seconds(1), seconds(2));

      assertThat(calls).containsExactly(2L, 4L);
    }

    @Test
    void missedCallsAreLeftOutAndTheGridStays() {
      loop.start(seconds(2));

      clock.pump(seconds(5), seconds(1), seconds(1), seconds(1));

      assertThat(calls).containsExactly(0L, 5L, 6L, 8L);
    }

    @Test
    void aSlowFunctionDoesNotMoveTheGrid() {
      LoopingCall slow =
          new LoopingCall(
              clock,
              () -> {
                noteTheTime();
                if (calls.size() == 1) {
                  clock.advance(seconds(3));
                }
              });
      slow.start(seconds(2));

      clock.pump(seconds(1), seconds(2));

      assertThat(calls).containsExactly(0L, 4L, 6L);
    }

    @Test
    void resetBeginsANewGrid() {
      loop.start(seconds(3));
      clock.advance(seconds(2));

      loop.reset();

      assertThat(clock.dueTimes()).containsExactly(seconds(5));
      clock.pump(seconds(2), seconds(1), seconds(3));
      assertThat(calls).containsExactly(0L, 5L, 8L);
    }

    @Test
    void resetInsideTheFunctionDoesNothing() {
      LoopingCall[] self = new LoopingCall[1];
      self[0] =
          new LoopingCall(
              clock,
              () -> {
                noteTheTime();
                self[0].reset();
              });
      self[0].start(seconds(2));

      clock.pump(seconds(3), seconds(1));

      assertThat(calls).containsExactly(0L, 3L, 4L);
    }

    @Test
    void anIntervalOfZeroIsOneCallInEveryTurnOfTheScheduler() {
      TurnScheduler turns = new TurnScheduler();
      LoopingCall always = new LoopingCall(turns, () -> calls.add((long) calls.size()));
      always.start(Duration.ZERO);

      turns.turn();
      turns.turn();

      assertThat(calls).containsExactly(0L, 1L, 2L);
      assertThat(turns.delay).isZero();
    }

    @Test
    void theLongestIntervalIsNeverReached() {
      loop.start(Duration.ofSeconds(Long.MAX_VALUE));

      clock.advance(Duration.ofDays(36_500));

      assertThat(calls).containsExactly(0L);
      assertThat(clock.dueTimes()).containsExactly(Duration.ofNanos(Long.MAX_VALUE));
    }

    @Test
    void aMillionCallsAreDueExactlyOnTheGrid() {
      Duration interval = Duration.ofNanos(333_333_333);
      List<Duration> last = new ArrayList<>();
      LoopingCall exact =
          new LoopingCall(
              clock,
              () -> {
                last.clear();
                last.add(clock.now());
              });
      exact.start(interval);

      for (int i = 0; i < 1_000_000; i++) {
        clock.advance(interval);
      }

      assertThat(last).containsExactly(interval.multipliedBy(1_000_000));
      assertThat(clock.dueTimes()).containsExactly(interval.multipliedBy(1_000_001));
    }
  }

  @Nested
  class Stopping {

    @Test
    void theDeferredFiresWithTheLoop() throws Throwable {
      Deferred<LoopingCall> end = loop.start(seconds(2));
      assertThat(end.isCalled()).isFalse();
      assertThat(loop.isRunning()).isTrue();

      loop.stop();

      assertThat(end.get()).isSameAs(loop);
      assertThat(loop.isRunning()).isFalse();
      assertThat(clock.pendingCalls()).isEmpty();
    }

    @Test
    void beforeADelayedFirstCallTheFunctionIsNeverCalled() throws Throwable {
      Deferred<LoopingCall> end = loop.start(seconds(2), false);

      loop.stop();
      clock.advance(seconds(5));

      assertThat(end.get()).isSameAs(loop);
      assertThat(calls).isEmpty();
    }

    @Test
    void insideTheFunctionTheDeferredFiresWhenTheFunctionReturns() throws Throwable {
      List<Boolean> firedInside = new ArrayList<>();
      LoopingCall[] self = new LoopingCall[1];
      List<Deferred<LoopingCall>> end = new ArrayList<>();
      self[0] =
          new LoopingCall(
              clock,
              () -> {
                if (clock.now().equals(seconds(2))) {
                  self[0].stop();
                  firedInside.add(end.get(0).isCalled());
                }
              });
      end.add(self[0].start(seconds(2)));

      clock.advance(seconds(2));

      assertThat(firedInside).containsExactly(false);
      assertThat(end.get(0).get()).isSameAs(self[0]);
      assertThat(clock.pendingCalls()).isEmpty();
    }

    @Test
    void insideTheVeryFirstCall() throws Throwable {
      LoopingCall[] self = new LoopingCall[1];
      self[0] = new LoopingCall(clock, () -> self[0].stop());

      assertThat(self[0].start(seconds(1)).get()).isSameAs(self[0]);
    }

    @Test
    void whileADeferredIsPendingTheDeferredOfStartWaitsForIt() throws Throwable {
      Deferred<String> pending = new Deferred<>();
      LoopingCall waiting = new LoopingCall(clock, () -> pending);
      Deferred<LoopingCall> end = waiting.start(seconds(2));

      waiting.stop();
      assertThat(waiting.isRunning()).isFalse();
      assertThat(end.isCalled()).isFalse();

      pending.callback("over");
      assertThat(end.get()).isSameAs(waiting);
      assertThat(clock.pendingCalls()).isEmpty();
    }

    @Test
    void aLoopThatIsNotRunningCanNotBeStoppedOrReset() {
      assertNotRunning();

      loop.start(seconds(2));
      loop.stop();

      assertNotRunning();
    }

    @Test
    void aLoopThatIsStoppedAlreadyCanNotBeStoppedAgainWhileItsLastCallGoesOn() throws Throwable {
      Deferred<String> pending = new Deferred<>();
      LoopingCall waiting = new LoopingCall(clock, () -> pending);
      Deferred<LoopingCall> end = waiting.start(seconds(2));
      waiting.stop();

      assertThatThrownBy(waiting::stop).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(waiting::reset).isInstanceOf(IllegalStateException.class);

      pending.callback("over");
      assertThat(end.get()).isSameAs(waiting);
    }

    private void assertNotRunning() {
      assertThatThrownBy(loop::stop)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("not running and can't be stopped");
      assertThatThrownBy(loop::reset)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("not running and can't be reset");
    }

    @Test
    void aCallbackOfTheEndMayStartTheLoopAgain() {
      Deferred<Void> again =
          loop.start(seconds(2)).addCallback(same -> same.start(seconds(3), false)).asVoid();

      loop.stop();

      assertThat(loop.isRunning()).isTrue();
      assertThat(clock.dueTimes()).containsExactly(seconds(3));
      assertThat(again.state().toString()).isNotEmpty();
    }

    @Test
    void cancellingTheDeferredDoesNotStopTheLoopAndSwallowsItsEnd() {
      Deferred<LoopingCall> end = loop.start(seconds(2));

      end.cancel();
      clock.advance(seconds(2));
      loop.stop();

      assertThat(calls).containsExactly(0L, 2L);
      assertThatThrownBy(end::get).isInstanceOf(CancellationException.class);
    }

    @Test
    void cancellingTheDeferredSwallowsAFailureToo() {
      LoopingCall failing = new LoopingCall(clock, failingFrom(2));
      Deferred<LoopingCall> end = failing.start(seconds(2));

      end.cancel();
      clock.advance(seconds(2));

      assertThat(failing.isRunning()).isFalse();
      assertThatThrownBy(end::get).isInstanceOf(CancellationException.class);
    }
  }

  @Nested
  class Starting {

    @Test
    void aRunningLoopCanNotBeStarted() {
      loop.start(seconds(2));

      assertThatThrownBy(() -> loop.start(seconds(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is running; stop it");

      clock.advance(seconds(1));
      assertThat(calls).containsExactly(0L);
    }

    @Test
    void aStoppedLoopWhoseLastCallIsNotOverCanNotBeStarted() {
      Deferred<String> pending = new Deferred<>();
      LoopingCall waiting = new LoopingCall(clock, () -> pending);
      waiting.start(seconds(2));
      waiting.stop();

      assertThatThrownBy(() -> waiting.start(seconds(2), false))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("its last call is not over");

      pending.callback("over");
      waiting.start(seconds(2), false);
      assertThat(clock.dueTimes()).containsExactly(seconds(2));
    }

    @Test
    void afterTheEndTheLoopCanBeStartedAgain() throws Throwable {
      loop.start(seconds(2));
      loop.stop();
      Deferred<LoopingCall> second = loop.start(seconds(3), false);

      clock.pump(seconds(2), seconds(1));
      loop.stop();

      assertThat(calls).containsExactly(0L, 3L);
      assertThat(second.get()).isSameAs(loop);
    }

    @Test
    void afterAFailureTheLoopCanBeStartedAgain() {
      LoopingCall failing = new LoopingCall(clock, failingFrom(1));
      Deferred<LoopingCall> first = failing.start(seconds(2));
      assertThatThrownBy(first::get).isInstanceOf(IOException.class);

      Deferred<LoopingCall> second = failing.start(seconds(2));

      assertThatThrownBy(second::get).isInstanceOf(IOException.class);
      assertThat(calls).containsExactly(0L, 0L);
    }

    @Test
    void aNegativeIntervalIsRefusedAndNamed() {
      assertThatThrownBy(() -> loop.start(seconds(-1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("interval must not be negative but is PT-1S");
      assertThat(loop.isRunning()).isFalse();
      assertThat(calls).isEmpty();
    }

    @Test
    void nullIsRefusedAndNamed() {
      assertRefused("interval", () -> loop.start(null));
      assertRefused("scheduler", () -> new LoopingCall(null, () -> calls.clear()));
      assertRefused("body", () -> new LoopingCall(clock, (Callable<String>) null));
      assertRefused("body", () -> new LoopingCall(clock, (DeferredCallable<String>) null));
      assertRefused("body", () -> new LoopingCall(clock, (Action) null));
      assertRefused("scheduler", () -> LoopingCall.withCount(null, counts::add));
      assertRefused("body", () -> LoopingCall.withCount(clock, (Effect<Long>) null));
      assertRefused(
          "body", () -> LoopingCall.chainWithCount(clock, (Callback<Long, Deferred<Void>>) null));
    }

    private void assertRefused(String name, Action call) {
      assertThatThrownBy(call::run).isInstanceOf(NullPointerException.class).hasMessage(name);
    }
  }

  @Nested
  class TheFunction {

    @Test
    void anExceptionStopsTheLoopAndFailsTheDeferred() {
      LoopingCall failing = new LoopingCall(clock, failingFrom(2));
      Deferred<LoopingCall> end = failing.start(seconds(2));

      clock.pump(seconds(2), seconds(2));

      assertThatThrownBy(end::get).isInstanceOf(IOException.class).hasMessage("call 2");
      assertThat(calls).containsExactly(0L, 2L);
      assertThat(failing.isRunning()).isFalse();
      assertThat(clock.pendingCalls()).isEmpty();
      assertThatThrownBy(failing::stop).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void stoppingAndThenFailingFailsTheDeferred() {
      LoopingCall[] self = new LoopingCall[1];
      self[0] =
          new LoopingCall(
              clock,
              (Action)
                  () -> {
                    self[0].stop();
                    throw new IOException("after stop");
                  });

      Deferred<LoopingCall> end = self[0].start(seconds(2));

      assertThatThrownBy(end::get).isInstanceOf(IOException.class).hasMessage("after stop");
      assertThat(self[0].isRunning()).isFalse();
    }

    @Test
    void aDeferredThatFailsStopsTheLoop() {
      Deferred<String> pending = new Deferred<>();
      LoopingCall waiting = new LoopingCall(clock, () -> pending);
      Deferred<LoopingCall> end = waiting.start(seconds(2));

      pending.errback(new IOException("from the Deferred"));

      assertThatThrownBy(end::get).isInstanceOf(IOException.class);
      assertThat(waiting.isRunning()).isFalse();
    }

    @Test
    void theNextCallIsDueOnTheGridAfterADeferredHasFired() {
      List<Deferred<String>> pending = new ArrayList<>();
      LoopingCall waiting =
          new LoopingCall(
              clock,
              () -> {
                noteTheTime();
                pending.add(new Deferred<>());
                return pending.get(pending.size() - 1);
              });
      waiting.start(seconds(2));
      clock.advance(seconds(3));
      assertThat(calls).containsExactly(0L);

      pending.get(0).callback("fired at 3");

      assertThat(calls).containsExactly(0L);
      clock.advance(seconds(1));
      assertThat(calls).containsExactly(0L, 4L);
    }

    @Test
    void theResultOfItsDeferredIsTakenByTheLoop() throws Throwable {
      Deferred<String> fired = Deferred.succeed("result");
      LoopingCall taking = new LoopingCall(clock, () -> fired);

      taking.start(seconds(2));

      assertThat((Object) fired.get()).isNull();
    }

    @Test
    void resetWhileADeferredIsPendingDoesNothing() {
      Deferred<String> pending = new Deferred<>();
      LoopingCall waiting = new LoopingCall(clock, () -> pending);
      waiting.start(seconds(2));
      clock.advance(seconds(1));

      waiting.reset();
      pending.callback("fired at 1");

      assertThat(clock.dueTimes()).containsExactly(seconds(2));
    }

    @Test
    void itsValueIsIgnored() {
      LoopingCall valued = new LoopingCall(clock, () -> calls.add(clock.now().toSeconds()));
      valued.start(seconds(2));

      clock.advance(seconds(2));

      assertThat(calls).containsExactly(0L, 2L);
    }

    @Test
    void nullInPlaceOfADeferredIsNothingToWaitFor() {
      LoopingCall nothing =
          new LoopingCall(
              clock,
              () -> {
                noteTheTime();
                return (Deferred<String>) null;
              });
      nothing.start(seconds(2));

      clock.advance(seconds(2));

      assertThat(calls).containsExactly(0L, 2L);
    }
  }

  @Nested
  class Counting {

    private final LoopingCall counting =
        LoopingCall.withCount(
            clock,
            count -> {
              noteTheTime();
              counts.add(count);
            });

    @Test
    void theCountIsTheNumberOfPointsSinceTheLastCall() {
      counting.start(seconds(2));

      clock.pump(seconds(2), seconds(5), seconds(1), seconds(10));

      assertThat(calls).containsExactly(0L, 2L, 7L, 8L, 18L);
      assertThat(counts).containsExactly(1L, 1L, 2L, 1L, 5L);
    }

    @Test
    void withoutNowTheStartIsNotCounted() {
      counting.start(seconds(2), false);

      clock.pump(seconds(7), seconds(1));

      assertThat(counts).containsExactly(3L, 1L);
    }

    @Test
    void withAnIntervalOfZeroEveryCountIsOne() {
      TurnScheduler turns = new TurnScheduler();
      LoopingCall always = LoopingCall.withCount(turns, counts::add);
      always.start(Duration.ZERO);

      turns.turn();
      turns.turn();

      assertThat(counts).containsExactly(1L, 1L, 1L);
    }

    @Test
    void pointsThatPassWhileADeferredIsPendingAreCounted() {
      Deferred<String> pending = new Deferred<>();
      LoopingCall waiting =
          LoopingCall.chainWithCount(
              clock,
              count -> {
                counts.add(count);
                return counts.size() == 1 ? pending : null;
              });
      waiting.start(seconds(2));
      clock.advance(seconds(7));

      pending.callback("fired at 7");
      clock.pump(seconds(1), seconds(2));

      assertThat(counts).containsExactly(1L, 4L, 1L);
    }

    @Test
    void afterAResetPointsAreCountedOnTheNewGrid() {
      counting.start(seconds(3));
      clock.advance(seconds(2));
      counting.reset();

      clock.pump(seconds(3), seconds(6));

      assertThat(calls).containsExactly(0L, 5L, 11L);
      assertThat(counts).containsExactly(1L, 1L, 2L);
    }

    @Test
    void theLastCallIsRememberedAcrossAStop() {
      counting.start(seconds(2));
      clock.advance(seconds(2));
      counting.stop();
      clock.advance(seconds(9));

      counting.start(seconds(2));

      assertThat(calls).containsExactly(0L, 2L, 11L);
      assertThat(counts).containsExactly(1L, 1L, 4L);
    }

    @Test
    void ifNoPointHasPassedTheFunctionIsNotCalled() {
      counting.start(seconds(2));
      counting.stop();

      counting.start(seconds(2));
      assertThat(counts).containsExactly(1L);

      clock.advance(seconds(2));
      assertThat(counts).containsExactly(1L, 1L);
    }

    @Test
    void anExceptionFromTheFunctionFailsTheDeferred() {
      LoopingCall failing =
          LoopingCall.withCount(
              clock,
              count -> {
                throw new IOException("count " + count);
              });

      assertThatThrownBy(() -> failing.start(seconds(2)).get())
          .isInstanceOf(IOException.class)
          .hasMessage("count 1");
    }
  }

  @Nested
  class Threads {

    @Test
    void aTimerThatIsOnItsWayWhenTheLoopStopsCallsNothing() {
      TurnScheduler turns = new TurnScheduler();
      LoopingCall late = new LoopingCall(turns, () -> calls.add(1L));
      late.start(seconds(1), false);
      Runnable onItsWay = turns.next;

      late.stop();
      onItsWay.run();

      assertThat(calls).isEmpty();
    }

    @Test
    void aTimerThatIsOnItsWayAtAResetCallsNothing() {
      TurnScheduler turns = new TurnScheduler();
      LoopingCall late = new LoopingCall(turns, () -> calls.add(1L));
      late.start(seconds(1), false);
      Runnable onItsWay = turns.next;

      late.reset();
      onItsWay.run();
      assertThat(calls).isEmpty();

      turns.turn();
      assertThat(calls).containsExactly(1L);
    }

    @Test
    void aStopWhileTheTimerIsBeingSetTakesItBack() throws Throwable {
      TurnScheduler turns = new TurnScheduler();
      LoopingCall stopped = new LoopingCall(turns, () -> calls.add(1L));
      turns.whenSetting = stopped::stop;

      Deferred<LoopingCall> end = stopped.start(seconds(1), false);

      assertThat(end.get()).isSameAs(stopped);
      assertThat(turns.cancelled).isEqualTo(1);
    }

    @Test
    void aStopWhileResetReadsTheTimeWins() {
      TurnScheduler turns = new TurnScheduler();
      LoopingCall stopped = new LoopingCall(turns, () -> calls.add(1L));
      stopped.start(seconds(1), false);
      turns.whenAsked = stopped::stop;

      assertThatThrownBy(stopped::reset).isInstanceOf(IllegalStateException.class);

      assertThat(stopped.isRunning()).isFalse();
    }

    @Test
    void ifTheSchedulerRefusesTheNextCallTheLoopFails() {
      TurnScheduler turns = new TurnScheduler();
      LoopingCall refused = new LoopingCall(turns, () -> calls.add(1L));
      turns.whenSetting =
          () -> {
            throw new RejectedExecutionException("shut down");
          };

      Deferred<LoopingCall> end = refused.start(seconds(1));

      assertThat(calls).containsExactly(1L);
      assertThat(refused.isRunning()).isFalse();
      assertThatThrownBy(end::get).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void ifTheSchedulerRefusesAStoppedLoopNothingMoreHappens() throws Throwable {
      TurnScheduler turns = new TurnScheduler();
      LoopingCall refused = new LoopingCall(turns, () -> calls.add(1L));
      turns.whenSetting =
          () -> {
            refused.stop();
            throw new RejectedExecutionException("shut down");
          };

      assertThat(refused.start(seconds(1), false).get()).isSameAs(refused);
    }

    @Test
    void eachCallSeesWhatTheOneBeforeDid() throws Throwable {
      int[] plain = {0};
      LoopingCall[] self = new LoopingCall[1];
      self[0] =
          new LoopingCall(
              Scheduler.system(),
              () -> {
                plain[0]++;
                if (plain[0] == 1_000) {
                  self[0].stop();
                }
              });

      self[0].start(Duration.ZERO).get(seconds(30));

      assertThat(plain[0]).isEqualTo(1_000);
    }

    /** One thread starts, resets and stops the loop while another one makes its calls. */
    @Test
    @Tag("race")
    void noCallBeginsAfterTheEndAndTheEndIsToldOnce() throws Throwable {
      int rounds = 100_000;
      BusyScheduler busy = new BusyScheduler();
      AtomicBoolean over = new AtomicBoolean();
      AtomicInteger wrong = new AtomicInteger();
      AtomicInteger inside = new AtomicInteger();
      AtomicInteger ends = new AtomicInteger();
      LoopingCall racing =
          new LoopingCall(
              busy,
              () -> {
                if (over.get() || inside.incrementAndGet() != 1) {
                  wrong.incrementAndGet();
                }
                inside.decrementAndGet();
              });
      CompletableFuture<Void> calling = CompletableFuture.runAsync(busy);
      try {
        for (int round = 0; round < rounds; round++) {
          over.set(false);
          Deferred<LoopingCall> end =
              racing.start(Duration.ZERO, false).onEither(outcome -> ends.incrementAndGet());
          for (int i = round % 100; i > 0; i--) {
            Thread.onSpinWait();
          }
          racing.reset();
          racing.stop();
          assertThat(end.get(seconds(30))).isSameAs(racing);
          over.set(true);
        }
      } finally {
        busy.done = true;
      }
      calling.get(30, SECONDS);

      assertThat(ends).hasValue(rounds);
      assertThat(wrong).hasValue(0);
    }

    /** The same with the JDK's threads, and an end that may come while the function is called. */
    @Test
    @Tag("race")
    void callsOnSeveralThreadsDoNotOverlap() throws Throwable {
      ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(2);
      int[] plain = {0};
      AtomicInteger inside = new AtomicInteger();
      AtomicInteger wrong = new AtomicInteger();
      LoopingCall[] self = new LoopingCall[1];
      self[0] =
          new LoopingCall(
              Scheduler.of(executor),
              () -> {
                if (inside.incrementAndGet() != 1) {
                  wrong.incrementAndGet();
                }
                plain[0]++;
                if (plain[0] == 20_000) {
                  self[0].stop();
                }
                inside.decrementAndGet();
              });
      try {
        assertThat(self[0].start(Duration.ofNanos(1)).get(seconds(60))).isSameAs(self[0]);
      } finally {
        executor.shutdownNow();
      }

      assertThat(plain[0]).isEqualTo(20_000);
      assertThat(wrong).hasValue(0);
    }
  }

  private void noteTheTime() {
    calls.add(clock.now().toSeconds());
  }

  private Action failingFrom(int call) {
    return () -> {
      noteTheTime();
      if (calls.size() >= call) {
        throw new IOException("call " + calls.size());
      }
    };
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  /** A scheduler whose thread makes its one call as soon as it can. */
  private static final class BusyScheduler implements Scheduler, Runnable {

    private final AtomicReference<Runnable> next = new AtomicReference<>();
    private volatile boolean done;

    @Override
    public void run() {
      while (!done) {
        Runnable call = next.getAndSet(null);
        if (call != null) {
          call.run();
        }
      }
    }

    @Override
    public Duration now() {
      return Duration.ZERO;
    }

    @Override
    public DelayedCall callLater(Duration after, Runnable call) {
      next.set(call);
      return new ManualClock().callLater(after, () -> {});
    }
  }

  /** A scheduler that makes its one call when told to, whatever the time. */
  private static final class TurnScheduler implements Scheduler {

    private Runnable next = () -> {};
    private Duration delay = Duration.ZERO;
    private int cancelled;
    private Runnable whenSetting = () -> {};
    private Runnable whenAsked = () -> {};

    void turn() {
      next.run();
    }

    @Override
    public Duration now() {
      Runnable once = whenAsked;
      whenAsked = () -> {};
      once.run();
      return Duration.ZERO;
    }

    @Override
    public DelayedCall callLater(Duration after, Runnable call) {
      delay = after;
      next = call;
      whenSetting.run();
      return new DelayedCall() {
        @Override
        public boolean cancel() {
          cancelled++;
          return true;
        }

        @Override
        public boolean isActive() {
          return true;
        }

        @Override
        public void reset(Duration ignored) {
          throw new IllegalStateException();
        }

        @Override
        public void delay(Duration ignored) {
          throw new IllegalStateException();
        }
      };
    }
  }
}
