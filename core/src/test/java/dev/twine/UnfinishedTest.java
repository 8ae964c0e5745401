package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.sync.DeferredLock;
import dev.twine.sync.DeferredReadWriteLock;
import dev.twine.sync.DeferredSemaphore;
import dev.twine.sync.Permit;
import dev.twine.time.LoopingCall;
import dev.twine.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Probes are told what has begun and has not come to its end. */
class UnfinishedTest {

  private final List<Object> unfinished = new ArrayList<>();
  private final List<String> kinds = new ArrayList<>();
  private final ManualClock clock = new ManualClock();

  @BeforeEach
  void watch() {
    Reports.watching =
        new Probe() {
          @Override
          public void began(Object thing, String kind) {
            unfinished.add(thing);
            kinds.add(kind);
          }

          @Override
          public void ended(Object thing) {
            assertThat(unfinished.removeIf(each -> each == thing)).isTrue();
          }
        };
  }

  @AfterEach
  void watchNoMore() {
    Reports.watching = null;
  }

  @Test
  void aDelayedCallOfAClockIsUnfinishedUntilItIsMadeOrCancelled() {
    DelayedCall made = clock.callLater(Duration.ofSeconds(1), () -> {});
    DelayedCall cancelled = clock.callLater(Duration.ofSeconds(2), () -> {});
    assertThat(unfinished).containsExactly(made, cancelled);

    clock.advance(Duration.ofSeconds(1));
    assertThat(unfinished).containsExactly(cancelled);
    cancelled.cancel();
    cancelled.cancel();

    assertThat(unfinished).isEmpty();
    assertThat(kinds).containsOnly("delayed call");
  }

  @Test
  void aDelayedCallOfAnExecutorIsUnfinishedUntilItIsCancelled() {
    ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1);
    DelayedCall call = Scheduler.of(executor).callLater(Duration.ofHours(1), () -> {});
    call.reset(Duration.ofHours(2));
    assertThat(unfinished).containsExactly(call);
    assertThat(call.toString()).startsWith("DelayedCall[due PT2H").contains("Scheduler.of(");

    call.cancel();

    assertThat(unfinished).isEmpty();
    executor.shutdown();
  }

  @Test
  void aLoopIsUnfinishedUntilItEnds() {
    LoopingCall loop = new LoopingCall(clock, () -> {});
    Deferred<LoopingCall> end = loop.start(Duration.ofSeconds(1));
    assertThat(unfinished).first().hasToString("LoopingCall[every PT1S]");

    loop.stop();

    assertThat(unfinished).isEmpty();
    assertThat(kinds).contains("looping call");
    Results.assertResult(end, loop);
  }

  @Test
  void aLoopThatFailsIsFinished() {
    Exception thrown = new Exception("thrown");
    LoopingCall loop =
        new LoopingCall(
            clock,
            () -> {
              if (!unfinished.isEmpty()) {
                throw thrown;
              }
            });

    Results.assertFailure(loop.start(Duration.ofSeconds(1)), thrown);

    assertThat(unfinished).isEmpty();
  }

  @Test
  void aPermitIsUnfinishedWhileSomebodyHoldsIt() {
    DeferredLock lock = new DeferredLock();
    Permit first = Results.successResultOf(lock.acquire());
    Deferred<Permit> second = lock.acquire();
    assertThat(unfinished).containsExactly(first);

    first.close();
    assertThat(unfinished).containsExactly(Results.successResultOf(second));
    lock.release();

    assertThat(unfinished).isEmpty();
    assertThat(kinds).containsExactly("permit", "permit");
  }

  @Test
  void soAreTheOthers() {
    DeferredSemaphore semaphore = new DeferredSemaphore(2);
    Permit one = Results.successResultOf(semaphore.acquire());
    Permit two = Results.successResultOf(semaphore.acquire());
    DeferredReadWriteLock lock = new DeferredReadWriteLock();
    Permit reader = Results.successResultOf(lock.readLock().acquire());
    Deferred<Permit> writer = lock.writeLock().acquire();
    assertThat(unfinished).containsExactly(one, two, reader);

    one.close();
    two.close();
    reader.close();
    assertThat(unfinished).containsExactly(Results.successResultOf(writer));
    Results.successResultOf(writer).close();

    assertThat(unfinished).isEmpty();
  }

  @Test
  void aWaiterWhoIsCancelledHasHeldNothing() {
    DeferredLock lock = new DeferredLock();
    Permit held = Results.successResultOf(lock.acquire());
    Deferred<Permit> waiting = lock.acquire();
    waiting.cancel();
    held.close();

    assertThat(unfinished).isEmpty();
    assertThat(Results.failureResultOf(waiting)).isNotNull();
  }
}
