package dev.twine.threads;

import static dev.twine.threads.Ending.PATIENCE_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.OtherThread;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When it is no use to wait for a reactor any more; with real processes the examples do so. */
class EndingTest {

  private final RunningReactor running = new RunningReactor();
  private final Reactor reactor = running.reactor;
  private final Set<Thread> exiting = ConcurrentHashMap.newKeySet();
  private final AtomicLong now = new AtomicLong(1);
  private final Ending ending = new Ending(reactor, exiting::contains, now::get);

  @AfterEach
  void stop() {
    exiting.clear();
    running.close();
  }

  private boolean isInVainLater() {
    assertThat(ending.isInVain()).as("at once").isFalse();
    now.addAndGet(PATIENCE_NANOS + 1);
    return ending.isInVain();
  }

  /** The same for a reactor that has answered meanwhile. */
  private boolean isInVainLaterThoughItAnswers() {
    assertThat(ending.isInVain()).as("at once").isFalse();
    Calls.in(reactor, () -> {});
    now.addAndGet(PATIENCE_NANOS + 1);
    return ending.isInVain();
  }

  /** Keeps a thread of the pool busy, and gives it. */
  private Thread occupyPool(CountDownLatch until) {
    return Calls.result(
        Threads.deferToThread(
                reactor,
                () -> {
                  Thread thread = Thread.currentThread();
                  reactor.callInThread(() -> Calls.await(until));
                  return thread;
                })
            .addCallback(thread -> reactor.poolThreads().iterator().next()));
  }

  @Test
  void aReactorThatAnswersIsWaitedFor() {
    for (int look = 0; look < 5; look++) {
      assertThat(ending.isInVain()).isFalse();
      Calls.in(reactor, () -> {});
      now.addAndGet(PATIENCE_NANOS + 1);
    }
  }

  @Test
  void aReactorThatIsBlockedIsGivenUpAfterAWhile() {
    CountDownLatch until = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(1);
    reactor.execute(
        () -> {
          blocked.countDown();
          Calls.await(until);
        });
    Calls.await(blocked);

    assertThat(isInVainLater()).isTrue();
    until.countDown();
  }

  @Test
  void aReactorInWhichTheMachineWasToldToEndIsGivenUpAtOnce() {
    exiting.add(reactor.thread());

    assertThat(ending.isInVain()).isTrue();
  }

  @Test
  void aPoolThatDoesNotEndIsGivenUpAfterAWhile() {
    CountDownLatch until = new CountDownLatch(1);
    Thread worker = occupyPool(until);
    reactor.stop();
    awaitEndingPool();

    assertThat(isInVainLaterThoughItAnswers()).isTrue();
    exiting.add(worker);
    assertThat(ending.isInVain()).as("it never will").isTrue();
    until.countDown();
  }

  private void awaitEndingPool() {
    OtherThread.run(
        () -> {
          while (!reactor.isEndingPool()) {
            Thread.onSpinWait();
          }
        });
  }

  @Test
  void aTriggerIsGivenUpAfterAWhileIfAThreadOfThePoolNeverComesBack() {
    CountDownLatch until = new CountDownLatch(1);
    Thread worker = occupyPool(until);
    exiting.add(worker);
    assertThat(ending.isInVain()).isFalse();
    Calls.in(reactor, () -> {});
    exiting.clear();
    assertThat(isInVainLaterThoughItAnswers()).as("it has come back").isFalse();
    Calls.in(reactor, () -> {});
    exiting.add(worker);

    assertThat(isInVainLaterThoughItAnswers()).isTrue();
    until.countDown();
  }

  @Test
  void aReactorThatHasStoppedIsAboutToEnd() {
    running.close();

    assertThat(isInVainLater()).isFalse();
  }
}
