package dev.twine.threads;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import dev.twine.OtherThread;
import dev.twine.Reported;
import java.awt.EventQueue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class ForeignLoopTest {

  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private final Reactor reactor = Reactor.of(queue::add);

  private void runAll() {
    for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
      next.run();
    }
  }

  @Test
  void itRunsFromTheBeginningAndIsNotRun() {
    assertThat(reactor.isRunning()).isTrue();
    assertThatThrownBy(reactor::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("can't be run");
  }

  @Test
  void itsCallsAreMadeOnTheExecutorAndOnItsTurn() {
    reactor.execute(() -> said.add("" + reactor.isInReactorThread()));
    assertThat(said).isEmpty();

    runAll();

    assertThat(said).containsExactly("true");
    assertThat(reactor.isInReactorThread()).isFalse();
  }

  @Test
  void getOnItsTurnIsRefused() {
    reactor.execute(
        () ->
            assertThatThrownBy(() -> new Deferred<>().get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(reactor.toString()));
    reactor.execute(() -> said.add("went on"));

    runAll();

    assertThat(said).containsExactly("went on");
  }

  @Test
  void aLoopInsideALoopGivesTheTurnBack() {
    Reactor outer = Reactor.of(queue::add);
    outer.execute(
        () -> {
          reactor.execute(() -> said.add("" + Reactor.current()));
          runAll();
          said.add("" + Reactor.current());
        });

    runAll();

    assertThat(said).containsExactly("" + reactor, "" + outer);
  }

  @Test
  void stoppingItCallsTheTriggersAndLeavesTheExecutorAlone() {
    reactor.addSystemEventTrigger(ShutdownPhase.BEFORE, () -> said.add("before"));
    reactor.callLater(Duration.ofHours(1), () -> said.add("no"));
    reactor.stop();

    runAll();

    assertThat(said).containsExactly("before");
    assertThat(reactor.isRunning()).isFalse();
    assertThatThrownBy(() -> reactor.execute(() -> said.add("no")))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> reactor.callLater(Duration.ZERO, () -> said.add("no")))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void anExecutorThatRefusesRefusesToThePoster() {
    boolean[] open = {false};
    Executor door =
        task -> {
          if (!open[0]) {
            throw new RejectedExecutionException("closed");
          }
          queue.add(task);
        };
    Reactor behind = Reactor.of(door);
    assertThatThrownBy(() -> behind.execute(() -> said.add("no")))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage("closed");

    open[0] = true;
    behind.execute(() -> said.add("yes"));
    runAll();

    assertThat(said).containsExactly("yes");
  }

  @Test
  void aDelayedCallIsMadeOnTheExecutor() {
    ExecutorService single = Executors.newSingleThreadExecutor(work -> new Thread(work, "single"));
    try {
      Reactor loop = Reactor.of(single);
      Deferred<String> where = new Deferred<>();
      loop.callLater(Duration.ofMillis(1), () -> where.callback(Thread.currentThread().getName()));
      assertThat(Calls.result(where)).isEqualTo("single");
    } finally {
      single.shutdown();
    }
  }

  @Test
  void resultsOfThreadsComeBackToSwing() throws InterruptedException {
    System.setProperty("java.awt.headless", "true");
    Reactor swing = Reactor.of(EventQueue::invokeLater);
    Deferred<String> answer = new Deferred<>();
    CountDownLatch stopped = new CountDownLatch(1);

    swing.execute(
        () ->
            Threads.deferToThread(() -> EventQueue.isDispatchThread())
                .addCallback(inPool -> inPool + ", " + EventQueue.isDispatchThread())
                .chainDeferred(answer));

    assertThat(Calls.result(answer)).isEqualTo("false, true");
    Deferred<Boolean> later = new Deferred<>();
    swing.callLater(Duration.ofMillis(1), () -> later.callback(EventQueue.isDispatchThread()));
    assertThat(Calls.result(later)).isTrue();
    swing.addSystemEventTrigger(ShutdownPhase.AFTER, stopped::countDown);
    OtherThread.run(swing::stop);
    Calls.await(stopped);
    assertThat(swing.threadPool().awaitTermination(10, SECONDS)).isTrue();
  }

  @Test
  void whereTheExecutorIsGoneStoppingTellsWhoWaits() {
    ExecutorService single = Executors.newSingleThreadExecutor();
    Reactor loop = Reactor.of(single);
    CountDownLatch waits = new CountDownLatch(1);
    OtherThread waiting =
        OtherThread.start(
            () ->
                assertThatThrownBy(
                        () ->
                            Threads.blockingCallFromThread(
                                loop,
                                () -> {
                                  waits.countDown();
                                  return new Deferred<>();
                                }))
                    .isInstanceOf(RejectedExecutionException.class));
    Calls.await(waits);
    single.shutdown();

    assertThatThrownBy(loop::stop).isInstanceOf(RejectedExecutionException.class);

    waiting.join();
    assertThat(loop.isRunning()).isFalse();
    assertThatThrownBy(loop::stop)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("it has been");
  }

  @Test
  void oneRefusalDoesNotMakeItDeaf() {
    IllegalStateException thrown = new IllegalStateException("thrown once");
    boolean[] broken = {true};
    Reactor loop =
        Reactor.of(
            task -> {
              if (broken[0]) {
                throw thrown;
              }
              queue.add(task);
            });
    assertThatThrownBy(() -> loop.execute(() -> said.add("no"))).isSameAs(thrown);

    broken[0] = false;
    loop.execute(() -> said.add("yes"));
    runAll();

    assertThat(said).containsExactly("yes");
  }

  @Test
  void aResultThatTheExecutorRefusesFailsItsDeferred() {
    IllegalStateException thrown = new IllegalStateException("thrown");
    Reactor loop =
        Reactor.of(
            task -> {
              throw thrown;
            });

    assertThat(Calls.failure(Threads.deferToThreadPool(loop, Runnable::run, () -> "lost")))
        .isSameAs(thrown);
  }

  @Test
  void aCallMayRunTheLoopUntilAResultIsThere() {
    Queue<Runnable> pool = new ArrayDeque<>();
    reactor.execute(
        () -> {
          Deferred<Boolean> answer =
              Threads.deferToThreadPool(reactor, pool::add, () -> true)
                  .onSuccess(v -> said.add("answer"));
          pool.remove().run();
          said.add("the dialogue is open");
          runAll();
          said.add("closed: " + answer.isCalled());
        });

    runAll();

    assertThat(said).containsExactly("the dialogue is open", "answer", "closed: true");
  }

  @Test
  void aDelayedCallThatTheExecutorRefusesIsReported() {
    RejectedExecutionException refused = new RejectedExecutionException("closed");
    Reactor closed =
        Reactor.of(
            task -> {
              throw refused;
            });
    closed.callLater(Duration.ZERO, () -> said.add("no"));
    CountDownLatch next = new CountDownLatch(1); // one thread rings all alarms
    Reactor.of(task -> next.countDown()).callLater(Duration.ofMillis(1), () -> said.add("no"));
    Calls.await(next);

    assertThat(Reported.exceptions()).containsExactly(refused);
    assertThat(said).isEmpty();
  }

  @Test
  void aRefusalKeepsNoLaterDelayedCallWaiting() {
    boolean[] full = {true};
    CountDownLatch made = new CountDownLatch(1);
    ExecutorService single = Executors.newSingleThreadExecutor();
    Reactor loop =
        Reactor.of(
            task -> {
              if (full[0]) {
                full[0] = false;
                throw new RejectedExecutionException("full");
              }
              single.execute(task);
            });
    loop.callLater(Duration.ZERO, () -> said.add("refused"));
    loop.callLater(Duration.ofMillis(1), made::countDown);

    Calls.await(made);

    single.shutdown();
    assertThat(said).isEmpty();
    assertThat(Reported.exceptions())
        .singleElement()
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void aStopThatIsRefusedCanBeRepeated() {
    boolean[] full = {true};
    Reactor loop =
        Reactor.of(
            task -> {
              if (full[0]) {
                throw new RejectedExecutionException("full");
              }
              queue.add(task);
            });
    assertThatThrownBy(loop::stop).isInstanceOf(RejectedExecutionException.class);
    assertThat(loop.isRunning()).isTrue();

    full[0] = false;
    loop.stop();
    runAll();

    assertThat(loop.isRunning()).isFalse();
  }
}
