package dev.twine.sync;

import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import dev.twine.DelayedCall;
import dev.twine.Scheduler;
import dev.twine.time.ManualClock;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeferredFilesystemLockTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualClock clock = new ManualClock();

  /** Called when an attempt has come to the guard. */
  private Runnable atTheGuard = () -> {};

  @TempDir Path folder;
  private Path path;
  private DeferredFilesystemLock holder;
  private DeferredFilesystemLock lock;

  @BeforeEach
  void setUp() throws IOException {
    path = folder.resolve("x");
    holder = new DeferredFilesystemLock(path, clock);
    lock = lockWith(clock);
    assertThat(holder.lock()).isTrue();
  }

  private DeferredFilesystemLock lockWith(Scheduler scheduler) {
    Guard.Gate gate =
        file -> {
          atTheGuard.run();
          return GuardFile.tryEnter(file);
        };
    return new DeferredFilesystemLock(
        new FilesystemLock(path, new RunningProcesses(), gate, Duration.ofSeconds(10)),
        scheduler,
        SECOND);
  }

  @Nested
  class TryingNow {

    @Test
    void lockTakesTheLockIfItIsFree() throws IOException {
      assertThat(lock.lock()).isFalse();
      assertThat(lock.isLocked()).isFalse();

      holder.unlock();
      assertThat(lock.lock()).isTrue();
      assertThat(lock.isLocked()).isTrue();
      assertThat(lock.wasClean()).isTrue();
      assertThat(Files.readSymbolicLink(path)).hasToString(ProcessHandle.current().pid() + "");
    }

    @Test
    void aSecondTryIsFalseThoughTheLockIsHeld() throws IOException {
      assertThat(holder.lock()).isFalse();
      assertThat(holder.isLocked()).isTrue();
    }

    @Test
    void unlockingWhatOneDoesNotHoldIsAnError() throws IOException {
      assertThatThrownBy(lock::unlock)
          .isInstanceOf(NotHeldException.class)
          .hasMessageContaining(path.toString());
      assertThat(holder.isLocked()).isTrue();
      assertThat(lock.lock()).isFalse();
    }

    @Test
    void aDeadOwnersLockIsTakenOver() throws Exception {
      holder.unlock();
      Files.createSymbolicLink(path, Path.of(Long.toString(Children.ended())));

      assertThat(lock.lock()).isTrue();
      assertThat(lock.wasClean()).isFalse();
    }

    @Test
    void theLockKnowsItsPath() {
      assertThat(lock.path()).isEqualTo(path);
    }

    @Test
    void nobodyHoldsANewLock() {
      assertThat(lock.isLocked()).isFalse();
      assertThat(lock.wasClean()).isTrue();
      assertThat(lock.retryInterval()).isEqualTo(SECOND);
    }
  }

  @Nested
  class Waiting {

    @Test
    void aFreeLockIsHadAtOnce() throws IOException {
      holder.unlock();

      assertHas(lock.deferUntilLocked());
      assertThat(clock.pendingCalls()).isEmpty();
    }

    @Test
    void aHeldLockIsTriedAgainEverySecond() throws IOException {
      Deferred<?> locked = lock.deferUntilLocked();
      clock.advance(SECOND);
      holder.unlock();
      assertThat(locked.isCalled()).isFalse();

      clock.advance(SECOND.minusNanos(1));
      assertThat(locked.isCalled()).isFalse();
      clock.advance(Duration.ofNanos(1));

      assertHas(locked);
      assertThat(clock.pendingCalls()).isEmpty();
    }

    @Test
    void theIntervalIsWhatTheLockWasMadeWith() throws IOException {
      DeferredFilesystemLock quick = new DeferredFilesystemLock(path, clock, Duration.ofMillis(20));
      assertThat(quick.retryInterval()).isEqualTo(Duration.ofMillis(20));
      Deferred<?> locked = quick.deferUntilLocked();
      holder.unlock();

      clock.advance(Duration.ofMillis(20));

      assertThat(successResultOf(locked)).isNull();
      assertThat(quick.isLocked()).isTrue();
    }

    @Test
    void aChangedIntervalCountsFromTheNextAttemptOn() {
      lock.deferUntilLocked();
      lock.setRetryInterval(Duration.ofSeconds(5));
      assertThat(lock.retryInterval()).isEqualTo(Duration.ofSeconds(5));
      assertThat(clock.dueTimes()).containsExactly(SECOND);

      clock.advance(SECOND);

      assertThat(clock.dueTimes()).containsExactly(Duration.ofSeconds(6));
    }

    @Test
    void aWaitThatTakesTooLongFails() throws IOException {
      Deferred<?> locked = lock.deferUntilLocked(Duration.ofSeconds(3));
      clock.pump(SECOND, SECOND);
      assertThat(locked.isCalled()).isFalse();

      clock.advance(SECOND);

      assertThat(failureResultOf(locked))
          .isInstanceOf(TimeoutException.class)
          .hasMessageContaining(path.toString())
          .hasMessageContaining("PT3S");
      assertEnded();
    }

    @Test
    void aTimeoutMakesALastAttempt() throws IOException {
      Deferred<?> locked = lock.deferUntilLocked(Duration.ofMillis(1_500));
      clock.advance(SECOND);
      holder.unlock();

      clock.advance(Duration.ofMillis(500));

      assertHas(locked);
      assertThat(clock.pendingCalls()).isEmpty();
    }

    @Test
    void atTheSameTimeTheTimeoutGoesFirst() {
      AtomicInteger attempts = new AtomicInteger();
      Deferred<?> locked = lock.deferUntilLocked(SECOND);
      holderGone(attempts);

      clock.advance(SECOND);

      assertThat(failureResultOf(locked)).isInstanceOf(TimeoutException.class);
      assertThat(attempts).as("one last attempt, and no retry").hasValue(1);
    }

    @Test
    void successTakesTheTimeoutBack() throws IOException {
      Deferred<?> locked = lock.deferUntilLocked(Duration.ofSeconds(3));
      holder.unlock();

      clock.advance(SECOND);

      assertHas(locked);
      assertThat(clock.pendingCalls()).isEmpty();
    }

    @Test
    void aSecondWaitFailsAndTheFirstGoesOn() throws IOException {
      Deferred<?> first = lock.deferUntilLocked();
      Deferred<?> second = lock.deferUntilLocked(SECOND);
      assertThat(failureResultOf(second))
          .isInstanceOf(AlreadyTryingToLockException.class)
          .hasMessageContaining(path.toString());
      assertThat(clock.dueTimes()).containsExactly(SECOND);

      holder.unlock();
      clock.advance(SECOND);

      assertHas(first);
    }

    @Test
    void itCanWaitAgainAfterSuccess() throws IOException {
      holder.unlock();
      assertHas(lock.deferUntilLocked());
      lock.unlock();

      assertHas(lock.deferUntilLocked());
    }

    @Test
    void itCanWaitAgainAfterATimeout() throws IOException {
      Deferred<?> first = lock.deferUntilLocked(Duration.ofSeconds(2));
      clock.pump(SECOND, SECOND);
      assertThat(failureResultOf(first)).isInstanceOf(TimeoutException.class);

      Deferred<?> second = lock.deferUntilLocked(Duration.ofSeconds(2));
      clock.pump(SECOND, SECOND);
      assertThat(failureResultOf(second)).isInstanceOf(TimeoutException.class);

      Deferred<?> third = lock.deferUntilLocked(Duration.ofSeconds(2));
      holder.unlock();
      clock.advance(SECOND);
      assertHas(third);
      assertThat(clock.pendingCalls()).isEmpty();
    }

    @Test
    void theNextWaitCanBeginInsideTheCallbackOfThisOne() throws IOException {
      List<Object> seen = new ArrayList<>();
      lock.deferUntilLocked(SECOND)
          .consumeErrors(
              failure -> {
                seen.add(failure.value());
                lock.deferUntilLocked().onSuccess(locked -> seen.add("had it"));
              });
      clock.advance(SECOND);
      assertThat(seen).hasSize(1).first().isInstanceOf(TimeoutException.class);

      holder.unlock();
      clock.advance(SECOND);

      assertThat(seen).last().isEqualTo("had it");
    }

    @Test
    void whoHoldsTheLockWaitsForItself() throws IOException {
      holder.unlock();
      lock.lock();
      Deferred<?> again = lock.deferUntilLocked();
      clock.advance(SECOND);
      assertThat(again.isCalled()).isFalse();

      lock.unlock();
      clock.advance(SECOND);

      assertHas(again);
    }

    private void holderGone(AtomicInteger attempts) {
      atTheGuard = attempts::incrementAndGet;
      try {
        holder.unlock();
        // Somebody else has it now, whom each attempt has to look at.
        Files.createSymbolicLink(path, Path.of(ProcessHandle.current().pid() + ""));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Nested
  class Cancelling {

    @Test
    void cancellingTakesTheRetryBack() throws IOException {
      Deferred<?> locked = lock.deferUntilLocked();
      locked.cancel();

      assertThat(failureResultOf(locked))
          .isInstanceOf(CancellationException.class)
          .hasMessageContaining(path.toString());
      assertEnded();
    }

    @Test
    void cancellingTakesTheTimeoutBackToo() throws IOException {
      Deferred<?> locked = lock.deferUntilLocked(Duration.ofSeconds(10));
      clock.advance(SECOND);
      locked.cancel();

      assertThat(failureResultOf(locked)).isInstanceOf(CancellationException.class);
      assertEnded();
    }

    @Test
    void cancellingMakesALastAttempt() throws IOException {
      Deferred<?> locked = lock.deferUntilLocked();
      holder.unlock();

      locked.cancel();

      assertHas(locked);
      assertThat(clock.pendingCalls()).isEmpty();
    }

    @Test
    void anErrorOfTheLastAttemptIsKeptWithTheCancellation() throws IOException {
      Deferred<?> locked = lock.deferUntilLocked();
      holder.unlock();
      Files.writeString(path, "no lock");

      locked.cancel();

      Throwable thrown = failureResultOf(locked);
      assertThat(thrown).isInstanceOf(CancellationException.class);
      assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(FileSystemException.class);
    }

    @Test
    void afterACancelTheNextWaitCanBegin() throws IOException {
      Deferred<?> locked = lock.deferUntilLocked();
      locked.cancel();
      assertThat(failureResultOf(locked)).isInstanceOf(CancellationException.class);

      holder.unlock();

      assertHas(lock.deferUntilLocked());
    }

    @Test
    void whatAnAttemptGetsAfterTheCancelIsGivenBack() throws IOException {
      Deferred<?> locked = lock.deferUntilLocked();
      holder.unlock();
      atTheGuard = once(locked::cancel);

      clock.advance(SECOND);

      assertThat(failureResultOf(locked)).isInstanceOf(CancellationException.class);
      assertEnded();
    }

    @Test
    void anErrorOfAnAttemptAfterTheCancelGoesNowhere() throws IOException {
      Deferred<?> locked = lock.deferUntilLocked();
      holder.unlock();
      atTheGuard =
          once(
              () -> {
                locked.cancel();
                throw new IllegalStateException("too late");
              });

      clock.advance(SECOND);

      assertThat(failureResultOf(locked)).isInstanceOf(CancellationException.class);
      assertEnded();
    }

    @Test
    void aCancelBetweenTheSuccessAndItsFiringHasTheLockGivenBack() throws IOException {
      CancellingScheduler scheduler = new CancellingScheduler();
      DeferredFilesystemLock late = lockWith(scheduler);
      Deferred<?> locked = late.deferUntilLocked(Duration.ofSeconds(5));
      scheduler.cancels = locked;
      holder.unlock();

      clock.advance(SECOND);

      assertThat(failureResultOf(locked)).isInstanceOf(CancellationException.class);
      assertThat(late.isLocked()).isFalse();
      assertThat(holder.lock()).isTrue();
    }

    @Test
    void aCancelBetweenTheTimeoutAndItsFiringWins() throws IOException {
      CancellingScheduler scheduler = new CancellingScheduler();
      DeferredFilesystemLock late = lockWith(scheduler);
      Deferred<?> locked = late.deferUntilLocked(SECOND);
      scheduler.cancels = locked;

      clock.advance(SECOND);

      assertThat(failureResultOf(locked)).isInstanceOf(CancellationException.class);
      assertThat(late.isLocked()).isFalse();
      assertThat(holder.isLocked()).isTrue();
    }

    @Test
    void aLockThatVanishedMeanwhileNeedsNotBeGivenBack() throws IOException {
      CancellingScheduler scheduler = new CancellingScheduler();
      DeferredFilesystemLock late = lockWith(scheduler);
      Deferred<?> second = late.deferUntilLocked(Duration.ofSeconds(5));
      holder.unlock();
      scheduler.cancels = second;
      scheduler.meanwhile = () -> assertThat(path.toFile().delete()).isTrue();

      clock.advance(SECOND);

      assertThat(failureResultOf(second)).isInstanceOf(CancellationException.class);
      assertThat(late.isLocked()).isFalse();
    }

    @Test
    void aCallThatTheSchedulerIsJustTakingIsTakenBack() {
      CancellingScheduler scheduler = new CancellingScheduler();
      DeferredFilesystemLock early = lockWith(scheduler);
      Deferred<?> locked = early.deferUntilLocked();
      scheduler.cancelsInCallLater = locked;

      clock.advance(SECOND);

      assertThat(failureResultOf(locked)).isInstanceOf(CancellationException.class);
      assertThat(clock.pendingCalls()).isEmpty();
    }

    /** A cancel comes while a retry is made: one of them has its way, and there is no third one. */
    @Test
    @Tag("race")
    void aCancelAndARetryLeaveTheLockHeldOrFree() throws Exception {
      int had = 0;
      for (int round = 0; round < 500; round++) {
        Deferred<?> locked = lock.deferUntilLocked();
        CyclicBarrier both = new CyclicBarrier(2);
        Thread canceller =
            new Thread(
                () -> {
                  await(both);
                  locked.cancel();
                });
        canceller.start();
        holder.unlock();
        await(both);
        clock.advance(SECOND);
        canceller.join();

        if (lock.isLocked()) {
          assertThat(successResultOf(locked)).isNull();
          had++;
          lock.unlock();
        } else {
          assertThat(failureResultOf(locked)).isInstanceOf(CancellationException.class);
        }
        assertThat(clock.pendingCalls()).isEmpty();
        assertThat(holder.lock()).isTrue();
      }
      assertThat(had).isPositive();
    }
  }

  @Nested
  class Errors {

    @Test
    void anErrorOfTheFirstAttemptIsTheResult() {
      DeferredFilesystemLock lost =
          new DeferredFilesystemLock(folder.resolve("none/x"), clock, SECOND);

      Deferred<?> locked = lost.deferUntilLocked(SECOND);

      assertThat(failureResultOf(locked))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageContaining(folder.resolve("none/x").toString());
      assertThat(clock.pendingCalls()).isEmpty();
      assertThat(lost.isLocked()).isFalse();
    }

    @Test
    void anErrorOfALaterAttemptIsTheResult() throws IOException {
      Deferred<?> locked = lock.deferUntilLocked(Duration.ofSeconds(10));
      holder.unlock();
      Files.writeString(path, "no lock");

      clock.advance(SECOND);

      assertThat(failureResultOf(locked))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(path.toString());
      assertThat(clock.pendingCalls()).isEmpty();
      Files.delete(path);
      assertHas(lock.deferUntilLocked());
    }

    @Test
    void aSchedulerThatRefusesEndsTheWait() throws IOException {
      RejectedExecutionException refusal = new RejectedExecutionException();
      RefusingScheduler scheduler = new RefusingScheduler(refusal);
      DeferredFilesystemLock refused = lockWith(scheduler);

      assertThat(failureResultOf(refused.deferUntilLocked())).isSameAs(refusal);
      assertThat(failureResultOf(refused.deferUntilLocked(SECOND))).isSameAs(refusal);

      scheduler.takes = 1;
      assertThat(failureResultOf(refused.deferUntilLocked(SECOND))).isSameAs(refusal);
      assertThat(clock.pendingCalls()).isEmpty();
      holder.unlock();
      assertThat(successResultOf(refused.deferUntilLocked())).isNull();
    }

    @Test
    void nullIsRefusedByName() {
      assertRefused("path", () -> new DeferredFilesystemLock((Path) null, clock));
      assertRefused("scheduler", () -> new DeferredFilesystemLock(path, null));
      assertRefused("retryInterval", () -> new DeferredFilesystemLock(path, clock, null));
      assertRefused("interval", () -> lock.setRetryInterval(null));
      assertRefused("timeout", () -> lock.deferUntilLocked(null));
      assertThat(lock.retryInterval()).isEqualTo(SECOND);
    }

    @Test
    void timesThatAreNotMoreThanZeroAreRefused() throws IOException {
      for (Duration bad : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
        assertBadTime(bad, () -> new DeferredFilesystemLock(path, clock, bad));
        assertBadTime(bad, () -> lock.setRetryInterval(bad));
        assertBadTime(bad, () -> lock.deferUntilLocked(bad));
      }
      assertThat(lock.retryInterval()).isEqualTo(SECOND);
      assertEnded();
    }

    private void assertBadTime(Duration bad, ThrowingCallable call) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(bad.toString())
          .hasMessageContaining(path.toString());
    }

    private static void assertRefused(String name, ThrowingCallable call) {
      assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(name);
    }
  }

  private void assertHas(Deferred<?> locked) {
    assertThat(successResultOf(locked)).isNull();
    assertThat(lock.isLocked()).isTrue();
  }

  /** Nothing is left to be called, and the lock can be had by the other one. */
  private void assertEnded() throws IOException {
    assertThat(clock.pendingCalls()).isEmpty();
    assertThat(lock.isLocked()).isFalse();
    if (holder.isLocked()) {
      holder.unlock();
    }
    assertThat(holder.lock()).isTrue();
  }

  private static Runnable once(Runnable body) {
    AtomicInteger calls = new AtomicInteger();
    return () -> {
      if (calls.getAndIncrement() == 0) {
        body.run();
      }
    };
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Cancels a Deferred at a bad moment: while a call is taken back, or while one is taken. */
  private final class CancellingScheduler implements Scheduler {

    @Nullable Deferred<?> cancels;
    @Nullable Deferred<?> cancelsInCallLater;
    Runnable meanwhile = () -> {};

    @Override
    public Duration now() {
      return clock.now();
    }

    @Override
    public DelayedCall callLater(Duration delay, Runnable call) {
      DelayedCall inner = clock.callLater(delay, call);
      Deferred<?> now = cancelsInCallLater;
      if (now != null) {
        now.cancel();
      }
      return new DelayedCall() {
        @Override
        public boolean cancel() {
          Deferred<?> late = cancels;
          cancels = null;
          if (late != null) {
            meanwhile.run();
            late.cancel();
          }
          return inner.cancel();
        }

        @Override
        public boolean isActive() {
          return inner.isActive();
        }

        @Override
        public void reset(Duration by) {
          inner.reset(by);
        }

        @Override
        public void delay(Duration by) {
          inner.delay(by);
        }
      };
    }
  }

  private final class RefusingScheduler implements Scheduler {

    private final RuntimeException refusal;
    int takes;

    RefusingScheduler(RuntimeException refusal) {
      this.refusal = refusal;
    }

    @Override
    public Duration now() {
      return clock.now();
    }

    @Override
    public DelayedCall callLater(Duration delay, Runnable call) {
      if (takes-- > 0) {
        return clock.callLater(delay, call);
      }
      throw refusal;
    }
  }
}
