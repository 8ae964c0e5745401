package dev.twine.coroutine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class WatchdogTest {

  private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(1);

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final Watchdog watchdog = new Watchdog(SHORT, told::add);

  @Test
  void aBodyThatIsBlockedByItsResumerIsToldOfWithBothStacks() {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    Relay relay =
        new Relay(
            "blocked",
            new Watchdog(
                SHORT,
                text -> {
                  told.add(text);
                  lock.unlock(); // by the resumer itself, which looks
                }));

    relay.start(lock::lock);

    assertThat(told)
        .singleElement()
        .asString()
        .contains("blocked has blocked its resumer for")
        .contains("as it is WAITING itself")
        .contains("runOnCaller")
        .contains("the body:\n    at ")
        .contains("ReentrantLock.lock")
        .contains("\nthe resumer, ")
        .contains("aBodyThatIsBlockedByItsResumerIsToldOfWithBothStacks");
  }

  @Test
  void aBodyThatHasNotBegunIsToldOf() {
    Watchdog.Watch watch = watchdog.watch("starved");

    while (told.isEmpty()) {
      watch.park(this, null);
    }

    assertThat(told)
        .singleElement()
        .asString()
        .contains("starved has not begun for")
        .contains("busy, or blocked")
        .contains("aBodyThatHasNotBegunIsToldOf");
  }

  @Test
  void aLogThatThrowsChangesNothing() {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();
    Relay relay =
        new Relay(
            "blocked",
            new Watchdog(
                SHORT,
                text -> {
                  lock.unlock();
                  throw new IllegalStateException("no log");
                }));

    relay.start(lock::lock);

    assertThat(lock.isLocked()).isTrue();
    assertThat(lock.isHeldByCurrentThread()).isFalse();
  }

  @Test
  void itIsToldOnce() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    List<String> lines = new CopyOnWriteArrayList<>();
    Relay relay =
        new Relay(
            "blocked",
            new Watchdog(
                SHORT,
                text -> {
                  lines.add(text);
                  end.countDown();
                }));

    relay.start(() -> awaitWithoutFail(end));

    assertThat(lines).hasSize(1);
  }

  @Test
  void aBodyThatComputesIsLeftAlone() {
    Relay relay = new Relay("busy", watchdog);

    relay.start(
        () -> {
          long end = System.nanoTime() + 20 * SHORT;
          while (System.nanoTime() < end) {
            Thread.onSpinWait();
          }
        });

    assertThat(told).isEmpty();
  }

  @Test
  void ofBodiesThatResumeEachOtherTheInnermostIsToldOf() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    Relay outer = new Relay("outer", watchdog);
    Relay inner =
        new Relay(
            "inner",
            new Watchdog(
                20 * SHORT,
                text -> {
                  told.add(text);
                  end.countDown();
                }));

    outer.start(() -> inner.start(() -> awaitWithoutFail(end)));

    assertThat(told).singleElement().asString().startsWith("inner has blocked");
  }

  @Test
  void withoutALimitNobodyLooks() {
    Relay relay = new Relay("blocked", new Watchdog(0, told::add));
    CountDownLatch end = new CountDownLatch(1);
    Thread resumer = Thread.currentThread();

    Thread releasing =
        new Thread(
            () -> {
              awaitParked(resumer);
              end.countDown();
            });
    releasing.start();
    relay.start(() -> awaitWithoutFail(end));

    assertThat(told).isEmpty();
  }

  private static void awaitParked(Thread thread) {
    while (thread.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
  }

  private static void awaitWithoutFail(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
