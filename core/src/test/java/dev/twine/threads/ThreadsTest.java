package dev.twine.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.AlreadyCalledException;
import dev.twine.Deferred;
import dev.twine.OtherThread;
import dev.twine.Reported;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadsTest {

  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private final RunningReactor running = new RunningReactor(Reactor.builder().poolSize(1).build());
  private final Reactor reactor = running.reactor;

  @AfterEach
  void stop() {
    running.close();
  }

  /** Keeps the only thread of the pool busy until the latch is down. */
  private void occupy(CountDownLatch until) {
    CountDownLatch begun = new CountDownLatch(1);
    reactor.callInThread(
        () -> {
          begun.countDown();
          Calls.await(until);
        });
    Calls.await(begun);
  }

  // ---- deferToThread

  @Test
  void theBodyRunsOnAThreadOfThePoolAndFiresInTheReactor() {
    Deferred<List<String>> names = new Deferred<>();
    Calls.in(
        reactor,
        () ->
            Threads.deferToThread(() -> Thread.currentThread().getName())
                .addCallback(name -> List.of(name, "" + reactor.isInReactorThread()))
                .chainDeferred(names));

    assertThat(Calls.result(names)).containsExactly(reactor.name() + "-pool-1", "true");
  }

  @Test
  void theExceptionOfTheBodyIsTheFailure() {
    IOException thrown = new IOException("thrown");
    Deferred<String> failing =
        Threads.deferToThread(
            reactor,
            () -> {
              throw thrown;
            });

    assertThat(Calls.failure(failing)).isSameAs(thrown);
    assertThat(Calls.result(Threads.deferToThread(reactor, () -> "the next one works")))
        .isEqualTo("the next one works");
  }

  @Test
  void anErrorOfTheBodyIsTheFailureToo() {
    AssertionError thrown = new AssertionError("thrown");
    Deferred<String> failing =
        Threads.deferToThread(
            reactor,
            () -> {
              throw thrown;
            });

    assertThat(Calls.failure(failing)).isSameAs(thrown);
  }

  @Test
  void aBodyWithoutResultFiresNull() {
    assertThat(Calls.result(Threads.deferToThread(reactor, () -> said.add("done")))).isTrue();
    Deferred<Void> done =
        Threads.deferToThread(
            reactor,
            () -> {
              said.add("nothing to give");
            });
    assertThat(Calls.result(done)).isNull();
    assertThat(said).containsExactly("done", "nothing to give");
  }

  @Test
  void aCheckedExceptionOfABodyWithoutResultIsTheFailure() {
    Exception thrown = new Exception("thrown");
    Deferred<Void> failing =
        Threads.deferToThread(
            reactor,
            () -> {
              if (said.isEmpty()) {
                throw thrown;
              }
            });

    assertThat(Calls.failure(failing)).isSameAs(thrown);
  }

  @Test
  void aBodyThatReturnsADeferredFails() {
    Deferred<?> failing = Threads.deferToThread(reactor, () -> Deferred.succeed("no"));

    assertThat(Calls.failure(failing)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void inAReactorItsPoolIsTheOneThatIsMeant() {
    Deferred<String> name = new Deferred<>();
    Calls.in(
        reactor,
        () -> Threads.deferToThread(() -> Thread.currentThread().getName()).chainDeferred(name));

    assertThat(Calls.result(name)).startsWith(reactor.name() + "-pool");
    assertThatThrownBy(() -> Threads.deferToThread(() -> "whose?"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("deferToThread(reactor, body)");
    assertThatThrownBy(
            () ->
                Threads.deferToThread(
                    () -> {
                      said.add("whose?");
                    }))
        .isInstanceOf(IllegalStateException.class);
  }

  // ---- cancelling

  @Test
  void cancellingBeforeTheBodyBeginsTakesItOutOfTheQueue() {
    CountDownLatch until = new CountDownLatch(1);
    occupy(until);
    Deferred<Boolean> queued = Threads.deferToThread(reactor, () -> said.add("no"));
    assertThat(reactor.threadPool().getQueue()).hasSize(1);

    queued.cancel();

    assertThat(reactor.threadPool().getQueue()).isEmpty();
    assertThat(Calls.failure(queued)).isInstanceOf(CancellationException.class);
    until.countDown();
    assertThat(Calls.result(Threads.deferToThread(reactor, () -> "next"))).isEqualTo("next");
    assertThat(said).isEmpty();
  }

  @Test
  void cancellingDuringTheBodyFailsAtOnceAndInterruptsTheThread() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Deferred<Void> work =
        Threads.deferToThread(
            reactor,
            () -> {
              begun.countDown();
              try {
                Calls.awaitInterrupt();
              } finally {
                interrupted.countDown();
                Calls.await(goOn);
              }
            });
    Calls.await(begun);

    work.cancel();

    Calls.await(interrupted);
    assertThat(work.isCalled()).as("it has not waited for the body").isTrue();
    assertThat(Calls.failure(work)).isInstanceOf(CancellationException.class);
    goOn.countDown();
  }

  @Test
  void theInterruptIsNotSeenByWhatTheThreadDoesNext() {
    CountDownLatch begun = new CountDownLatch(1);
    Deferred<Void> work =
        Threads.deferToThread(
            reactor,
            () -> {
              begun.countDown();
              try {
                Calls.awaitInterrupt();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Calls.await(begun);
    work.cancel();
    assertThat(Calls.failure(work)).isInstanceOf(CancellationException.class);

    Deferred<Boolean> flag =
        Threads.deferToThread(reactor, () -> Thread.currentThread().isInterrupted());

    assertThat(Calls.result(flag)).isFalse();
  }

  @Test
  void onAnExecutorThatRunsItInPlaceACancelFromTheBodyLeavesTheFlagAsItWas() {
    AtomicReference<Deferred<Boolean>> itself = new AtomicReference<>();
    Queue<Runnable> queue = new ArrayDeque<>();
    itself.set(
        Threads.deferToThreadPool(
            reactor,
            queue::add,
            () -> {
              itself.get().cancel();
              return Thread.currentThread().isInterrupted();
            }));
    queue.remove().run();

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(Calls.failure(itself.get())).isInstanceOf(CancellationException.class);
  }

  @Test
  void cancellingAfterTheBodyDropsItsResult() {
    Queue<Runnable> pool = new ArrayDeque<>();
    CountDownLatch hold = new CountDownLatch(1);
    reactor.execute(() -> Calls.await(hold));
    Deferred<String> work = Threads.deferToThreadPool(reactor, pool::add, () -> "late");
    pool.remove().run(); // its result waits for the reactor

    work.cancel();
    hold.countDown();

    assertThat(Calls.failure(work)).isInstanceOf(CancellationException.class);
    Calls.in(reactor, () -> {});
    assertThat(Reported.exceptions()).isEmpty();
  }

  @Test
  void whatIsCancelledInAnotherPoolIsAnEmptyShell() {
    Queue<Runnable> pool = new ArrayDeque<>();
    Deferred<Boolean> work = Threads.deferToThreadPool(reactor, pool::add, () -> said.add("no"));
    work.cancel();

    pool.remove().run();

    assertThat(said).isEmpty();
    assertThat(Calls.failure(work)).isInstanceOf(CancellationException.class);
  }

  @Test
  void anErrorOfABodyThatWasCancelledIsReported() {
    AssertionError thrown = new AssertionError("thrown");
    AtomicReference<Deferred<String>> itself = new AtomicReference<>();
    Queue<Runnable> pool = new ArrayDeque<>();
    itself.set(
        Threads.deferToThreadPool(
            reactor,
            pool::add,
            () -> {
              itself.get().cancel();
              throw thrown;
            }));

    pool.remove().run();

    assertThat(Reported.exceptions()).containsExactly(thrown);
    assertThat(Calls.failure(itself.get())).isInstanceOf(CancellationException.class);
  }

  // ---- pools

  @Test
  void anyPoolCanRunIt() {
    ExecutorService pool = Executors.newSingleThreadExecutor(work -> new Thread(work, "own"));
    try {
      assertThat(
              Calls.result(
                  Threads.deferToThreadPool(reactor, pool, () -> Thread.currentThread().getName())))
          .isEqualTo("own");
      Deferred<Void> done =
          Threads.deferToThreadPool(
              reactor,
              pool,
              () -> {
                said.add("done");
              });
      assertThat(Calls.result(done)).isNull();
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void aPoolThatRefusesFailsTheDeferred() {
    ThreadPoolExecutor pool = (ThreadPoolExecutor) Executors.newFixedThreadPool(1);
    pool.shutdown();

    Deferred<String> refused = Threads.deferToThreadPool(reactor, pool, () -> "no");

    assertThat(refused.isCalled()).isTrue();
    assertThat(Calls.failure(refused)).isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void whereTheReactorHasStoppedTheDeferredFailsOnTheThreadOfTheBody() {
    Queue<Runnable> pool = new ArrayDeque<>();
    IOException thrown = new IOException("thrown");
    Deferred<String> work = Threads.deferToThreadPool(reactor, pool::add, () -> "late");
    Deferred<String> failing =
        Threads.deferToThreadPool(
            reactor,
            pool::add,
            () -> {
              throw thrown;
            });
    running.close();

    pool.remove().run();
    pool.remove().run();

    assertThat(Calls.failure(work))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("stopped");
    assertThat(Calls.failure(failing).getSuppressed()).containsExactly(thrown);
  }

  @Test
  void firingItByHandIsAMistakeThatShows() {
    Queue<Runnable> pool = new ArrayDeque<>();
    AtomicReference<Throwable> handled = new AtomicReference<>();
    Deferred<String> work = Threads.deferToThreadPool(reactor, pool::add, () -> "late");
    work.callback("by hand");
    Calls.in(
        reactor,
        () ->
            Thread.currentThread().setUncaughtExceptionHandler((t, thrown) -> handled.set(thrown)));

    pool.remove().run();
    Calls.in(reactor, () -> {});

    assertThat(handled.get()).isInstanceOf(AlreadyCalledException.class);
    assertThat(Calls.result(work)).isEqualTo("by hand");
  }

  // ---- callMultipleInThread

  @Test
  void severalCallsAreMadeInOrderOnOneThread() {
    CountDownLatch done = new CountDownLatch(1);

    Threads.callMultipleInThread(
        reactor,
        () -> said.add("one on " + Thread.currentThread().getName()),
        () -> said.add("two on " + Thread.currentThread().getName()),
        done::countDown);

    Calls.await(done);
    String thread = reactor.name() + "-pool-1";
    assertThat(said).containsExactly("one on " + thread, "two on " + thread);
  }

  @Test
  void anExceptionEndsSeveralCallsAndGoesToTheThreadsHandler() {
    Exception thrown = new Exception("thrown");
    AtomicReference<Throwable> handled = new AtomicReference<>();
    CountDownLatch done = new CountDownLatch(1);

    Threads.callMultipleInThread(
        reactor,
        () ->
            Thread.currentThread()
                .setUncaughtExceptionHandler(
                    (thread, what) -> {
                      handled.set(what);
                      done.countDown();
                    }),
        () -> {
          throw thrown;
        },
        () -> said.add("no"));

    Calls.await(done);
    assertThat(handled.get()).isSameAs(thrown);
    assertThat(Calls.result(Threads.deferToThread(reactor, () -> "next"))).isEqualTo("next");
    assertThat(said).isEmpty();
  }

  // ---- blockingCallFromThread

  @Test
  void aBlockingCallGivesWhatTheReactorComputed() throws InterruptedException {
    assertThat(Threads.<Boolean>blockingCallFromThread(reactor, reactor::isInReactorThread))
        .isTrue();
    Threads.blockingCallFromThread(
        reactor,
        () -> {
          said.add("done");
        });
    assertThat(said).containsExactly("done");
  }

  @Test
  void aBlockingCallWaitsForADeferred() throws InterruptedException {
    String answer =
        Threads.blockingCallFromThread(
            reactor,
            () -> {
              Deferred<String> later = new Deferred<>();
              reactor.execute(() -> later.callback("later"));
              return later;
            });
    assertThat(answer).isEqualTo("later");
  }

  @Test
  void aBlockingCallThrowsWhatTheBodyThrowsOrItsDeferredFailsWith() {
    IOException thrown = new IOException("thrown");
    assertThatThrownBy(
            () ->
                Threads.blockingCallFromThread(
                    reactor,
                    () -> {
                      if (said.isEmpty()) {
                        throw thrown;
                      }
                      return "";
                    }))
        .isSameAs(thrown);
    assertThatThrownBy(
            () -> Threads.blockingCallFromThread(reactor, () -> Deferred.<String>fail(thrown)))
        .isSameAs(thrown);
  }

  @Test
  void aBlockingCallInTheReactorIsRefusedAtOnce() {
    assertThatThrownBy(
            () ->
                Calls.in(
                    reactor, () -> Threads.blockingCallFromThread(reactor, () -> said.add("no"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("blockingCallFromThread() on the turn of " + reactor);
    assertThat(said).isEmpty();
  }

  @Test
  void interruptingABlockingCallCancelsWhatItWaitsFor() {
    CountDownLatch called = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    AtomicReference<Thread> caller = new AtomicReference<>();
    OtherThread call =
        OtherThread.start(
            () -> {
              caller.set(Thread.currentThread());
              assertThatThrownBy(
                      () ->
                          Threads.blockingCallFromThread(
                              reactor,
                              () -> {
                                called.countDown();
                                return new Deferred<>(
                                    ignored -> {
                                      said.add("" + reactor.isInReactorThread());
                                      cancelled.countDown();
                                    });
                              }))
                  .isInstanceOf(InterruptedException.class);
            });
    Calls.await(called);

    caller.get().interrupt();

    call.join();
    Calls.await(cancelled);
    assertThat(said).containsExactly("true");
  }

  @Test
  void aBlockingCallEndsWhenTheReactorStops() {
    CountDownLatch called = new CountDownLatch(1);
    OtherThread call =
        OtherThread.start(
            () ->
                assertThatThrownBy(
                        () ->
                            Threads.blockingCallFromThread(
                                reactor,
                                () -> {
                                  called.countDown();
                                  return new Deferred<>();
                                }))
                    .isInstanceOf(RejectedExecutionException.class));
    Calls.await(called);

    running.close();

    call.join();
    assertThatThrownBy(() -> Threads.blockingCallFromThread(reactor, () -> "no"))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void whatABlockingCallIsAnsweredTooLateIsDropped() throws InterruptedException {
    CountDownLatch called = new CountDownLatch(1);
    Deferred<String> late = new Deferred<>(ignored -> {});
    OtherThread call =
        OtherThread.start(
            () ->
                assertThatThrownBy(
                        () ->
                            Threads.blockingCallFromThread(
                                reactor,
                                () -> {
                                  called.countDown();
                                  return late;
                                }))
                    .isInstanceOf(RejectedExecutionException.class));
    Calls.await(called);

    running.close();

    call.join();
    assertThat(late.isCalled()).as("it was cancelled").isTrue();
  }

  @Test
  void aBlockingCallThatWasGivenUpBeforeItsTurnIsNotMade() {
    CountDownLatch hold = new CountDownLatch(1);
    reactor.execute(() -> Calls.await(hold));
    AtomicReference<Thread> caller = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    OtherThread call =
        OtherThread.start(
            () -> {
              caller.set(Thread.currentThread());
              begun.countDown();
              assertThatThrownBy(
                      () -> Threads.blockingCallFromThread(reactor, () -> said.add("no")))
                  .isInstanceOf(InterruptedException.class);
            });
    Calls.await(begun);
    caller.get().interrupt();
    call.join();

    hold.countDown();
    Calls.in(reactor, () -> {});

    assertThat(said).isEmpty();
  }

  @Test
  void aBlockingCallThatWasRefusedIsNotMadeAfterwards() {
    CountDownLatch stopping = new CountDownLatch(1);
    CountDownLatch posted = new CountDownLatch(1);
    reactor.addSystemEventTrigger(
        ShutdownPhase.DURING,
        () ->
            reactor.execute( // behind this comes the next part of the shutdown, then the call
                () -> {
                  stopping.countDown();
                  Calls.await(posted);
                }));
    reactor.stop();
    Calls.await(stopping);
    OtherThread call =
        OtherThread.start(
            () ->
                assertThatThrownBy(
                        () ->
                            Threads.blockingCallFromThread(
                                reactor, () -> Thread.currentThread().getName() + said.add("no")))
                    .isInstanceOf(RejectedExecutionException.class));
    call.awaitParked();
    posted.countDown();

    call.join();
    running.close();

    assertThat(said).isEmpty();
  }

  // ---- bad input

  @Test
  void nullIsRefused() {
    assertThatThrownBy(() -> Threads.deferToThreadPool(null, Runnable::run, () -> ""))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> Threads.deferToThreadPool(reactor, null, () -> ""))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(
            () -> Threads.deferToThread(reactor, (java.util.concurrent.Callable<String>) null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> Threads.deferToThread(reactor, (dev.twine.Action) null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(
            () ->
                Threads.blockingCallFromThread(
                    reactor, (java.util.concurrent.Callable<String>) null))
        .isInstanceOf(NullPointerException.class);
  }
}
