package dev.twine.threads;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import dev.twine.DelayedCall;
import dev.twine.OtherThread;
import dev.twine.VirtualThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReactorTest {

  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private final Reactor reactor = new Reactor();

  private Runnable say(String words) {
    return () -> said.add(words);
  }

  // ---- life

  @Test
  void whatWasGivenBeforeTheRunHasItsTurnInTheRun() {
    reactor.execute(say("posted"));
    reactor.callFromThread(() -> said.add("called"));
    reactor.callWhenRunning(() -> said.add("running"));
    reactor.callLater(Duration.ofMillis(1), reactor::stop);
    assertThat(said).isEmpty();

    reactor.run();

    assertThat(said).containsExactly("posted", "called", "running");
  }

  @Test
  void aReactorThatIsNeverRunHasNoThread() {
    reactor.execute(say("posted"));
    reactor.callLater(Duration.ZERO, say("later"));

    assertThat(reactor.thread()).isNull();
    assertThat(said).isEmpty();
  }

  @Test
  void itTellsWhetherItRuns() {
    assertThat(reactor.isRunning()).isFalse();
    assertThat(reactor).hasToString("Reactor[" + reactor.name() + ", not running]");
    RunningReactor.during(
        reactor,
        () -> {
          assertThat(reactor.isRunning()).isTrue();
          assertThat(reactor).hasToString("Reactor[" + reactor.name() + ", running]");
        });
    assertThat(reactor.isRunning()).isFalse();
    assertThat(reactor).hasToString("Reactor[" + reactor.name() + ", stopped]");
  }

  @Test
  void itRunsOnce() {
    reactor.execute(reactor::stop);
    reactor.run();

    assertThatThrownBy(reactor::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a reactor runs once");
  }

  @Test
  void itIsNotRunTwiceAtATime() {
    RunningReactor.during(
        reactor,
        () -> {
          assertThatThrownBy(reactor::run)
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("running");
        });
  }

  @Test
  void itIsNotRunOnTheTurnOfAReactor() {
    RunningReactor.during(
        reactor,
        () -> {
          Reactor other = new Reactor();
          assertThatThrownBy(() -> Calls.in(reactor, other::run))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("on the turn of " + reactor);
          assertThat(other.isRunning()).isFalse();
        });
  }

  @Test
  void whatDoesNotRunIsNotStopped() {
    assertThatThrownBy(reactor::stop)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not running");
    RunningReactor.during(
        reactor,
        () -> {
          reactor.stop();
          assertThatThrownBy(reactor::stop).isInstanceOf(IllegalStateException.class);
        });
    assertThatThrownBy(reactor::stop)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("stopped");
  }

  @Test
  void whatWasPostedBeforeTheStopHasItsTurn() {
    reactor.execute(
        () -> {
          reactor.stop();
          reactor.execute(say("after the stop"));
        });
    reactor.execute(say("before the stop"));

    reactor.run();

    assertThat(said).containsExactly("before the stop", "after the stop");
  }

  @Test
  void afterTheEndEverythingIsRefused() {
    reactor.execute(reactor::stop);
    reactor.run();

    assertThatThrownBy(() -> reactor.execute(say("no")))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> reactor.callFromThread(() -> said.add("no")))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> reactor.callWhenRunning(() -> said.add("no")))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> reactor.callLater(Duration.ZERO, say("no")))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessage(reactor + " takes no more work");
    assertThatThrownBy(() -> reactor.callInThread(() -> said.add("no")))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> reactor.suggestThreadPoolSize(3))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(said).isEmpty();
  }

  @Test
  void anInterruptOfTheRunnerStopsIt() {
    AtomicReference<Boolean> flag = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<Thread> runner = new AtomicReference<>();
    OtherThread run =
        OtherThread.start(
            () -> {
              runner.set(Thread.currentThread());
              begun.countDown();
              reactor.run();
              flag.set(Thread.interrupted());
            });
    Calls.await(begun);
    Calls.in(reactor, () -> {});

    runner.get().interrupt();

    run.join();
    assertThat(flag.get()).as("the flag is set again").isTrue();
  }

  // ---- its thread

  @Test
  void itsThreadIsVirtualWhereThereAreVirtualThreads() {
    RunningReactor.during(
        reactor,
        () -> {
          Thread thread = Calls.in(reactor, Thread::currentThread);
          assertThat(thread.toString().startsWith("VirtualThread"))
              .isEqualTo(VirtualThreads.available());
          assertThat(thread.isDaemon()).isTrue();
          assertThat(thread.getName()).startsWith(reactor.name());
        });
  }

  @Test
  void itsThreadIsAPlatformThreadOnRequest() {
    Reactor plain = Reactor.builder().name("plain").platformLoop().build();
    RunningReactor.during(
        plain,
        () -> {
          Thread thread = Calls.in(plain, Thread::currentThread);
          assertThat(thread.toString()).doesNotStartWith("VirtualThread");
          assertThat(thread.isDaemon()).isTrue();
          assertThat(thread.getName()).isEqualTo("plain");
        });
  }

  @Test
  void itsThreadIsMadeByTheFactoryThatWasGiven() {
    Reactor own = Reactor.builder().loopThread(work -> new Thread(work, "mine")).build();
    RunningReactor.during(
        own,
        () -> {
          assertThat(Calls.<String>in(own, () -> Thread.currentThread().getName()))
              .isEqualTo("mine");
        });
  }

  @Test
  void withoutAThreadItIsNotRun() {
    Reactor poor = Reactor.builder().loopThread(work -> null).build();

    assertThatThrownBy(poor::run)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no thread");
  }

  @Test
  void allCallsAreMadeOnItsTurn() {
    assertThat(reactor.isInReactorThread()).isFalse();
    assertThat(Reactor.current()).isNull();
    RunningReactor.during(
        reactor,
        () -> {
          assertThat(Calls.<Reactor>in(reactor, Reactor::current)).isSameAs(reactor);
          assertThat(Calls.<Boolean>in(reactor, reactor::isInReactorThread)).isTrue();
          assertThat(Calls.<Boolean>in(reactor, new Reactor()::isInReactorThread)).isFalse();
          Deferred<Reactor> later = new Deferred<>();
          reactor.callLater(Duration.ZERO, () -> later.callback(Reactor.current()));
          assertThat(Calls.result(later)).isSameAs(reactor);
          assertThat(Reactor.current()).isNull();
        });
  }

  @Test
  void getOnItsTurnIsRefusedAtOnce() {
    RunningReactor.during(
        reactor,
        () -> {
          assertThatThrownBy(() -> Calls.in(reactor, () -> new Deferred<>().get()))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("get() on the turn of " + reactor);
          assertThatThrownBy(
                  () -> Calls.in(reactor, () -> new Deferred<>().get(Duration.ofHours(1))))
              .isInstanceOf(IllegalStateException.class);
          assertThat(Calls.<Integer>in(reactor, () -> Deferred.succeed(7).get())).isEqualTo(7);
        });
  }

  @Test
  void anExceptionFromACallGoesToItsHandlerAndTheReactorGoesOn() {
    Throwable[] thrown = {new IllegalStateException("posted"), new AssertionError("later")};
    List<Throwable> handled = Collections.synchronizedList(new ArrayList<>());
    Reactor handling =
        Reactor.builder()
            .loopThread(
                work -> {
                  Thread thread = new Thread(work);
                  thread.setUncaughtExceptionHandler((where, what) -> handled.add(what));
                  return thread;
                })
            .build();
    handling.callFromThread(
        () -> {
          throw thrown[0];
        });
    handling.callLater(
        Duration.ZERO,
        () -> {
          throw (AssertionError) thrown[1];
        });
    handling.callLater(Duration.ofMillis(1), handling::stop);

    handling.run();

    assertThat(handled).containsExactlyInAnyOrder(thrown);
  }

  @Test
  void anInterruptIsForgottenWhenTheCallIsOver() {
    RunningReactor.during(
        reactor,
        () -> {
          Deferred<Boolean> next = new Deferred<>();
          Calls.in(
              reactor,
              () -> {
                reactor.execute(() -> next.callback(Thread.currentThread().isInterrupted()));
                Thread.currentThread().interrupt();
              });
          assertThat(Calls.result(next)).isFalse();
        });
  }

  // ---- order

  @Test
  void whatOneThreadPostsIsCalledInItsOrder() {
    for (int i = 0; i < 1_000; i++) {
      reactor.execute(say("" + i));
    }
    reactor.execute(reactor::stop);

    reactor.run();

    List<String> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      all.add("" + i);
    }
    assertThat(said).isEqualTo(all);
  }

  @Test
  void delayedCallsAreMadeInTheOrderOfTheirTimes() {
    reactor.callLater(Duration.ofMillis(4), say("second"));
    reactor.callLater(Duration.ofMillis(2), say("first"));
    reactor.callLater(
        Duration.ofMillis(6),
        () -> {
          said.add("third");
          reactor.stop();
        });

    reactor.run();

    assertThat(said).containsExactly("first", "second", "third");
  }

  @Test
  void postingForEverKeepsNoDelayedCallWaiting() {
    Runnable[] again = new Runnable[1];
    again[0] =
        () -> {
          if (said.isEmpty()) {
            reactor.execute(again[0]);
          } else {
            reactor.stop();
          }
        };
    reactor.execute(again[0]);
    reactor.callLater(Duration.ofMillis(1), say("in between"));

    reactor.run();

    assertThat(said).containsExactly("in between");
  }

  @Test
  void nothingIsCalledInsideOfPosting() {
    reactor.execute(
        () -> {
          reactor.execute(say("posted"));
          reactor.callLater(Duration.ZERO, say("later"));
          said.add("first");
        });
    reactor.callLater(Duration.ofMillis(1), reactor::stop);

    reactor.run();

    assertThat(said).startsWith("first").hasSize(3);
  }

  @Test
  void onItsOwnTurnCallWhenRunningCallsAtOnce() {
    RunningReactor.during(
        reactor,
        () -> {
          Calls.in(
              reactor,
              () -> {
                reactor.callWhenRunning(() -> said.add("inside"));
                said.add("behind");
              });
          assertThat(said).containsExactly("inside", "behind");
          Exception thrown = new Exception("checked");
          assertThatThrownBy(
                  () ->
                      Calls.in(
                          reactor,
                          () ->
                              reactor.callWhenRunning(
                                  () -> {
                                    throw thrown;
                                  })))
              .isSameAs(thrown);
        });
  }

  // ---- time

  @Test
  void aDelayedCallCanBeCancelledAndMoved() {
    DelayedCall cancelled = reactor.callLater(Duration.ZERO, say("cancelled"));
    DelayedCall moved = reactor.callLater(Duration.ofHours(1), say("moved"));
    assertThat(cancelled.cancel()).isTrue();
    moved.reset(Duration.ofMillis(1));
    reactor.callLater(Duration.ofMillis(2), reactor::stop);

    reactor.run();

    assertThat(said).containsExactly("moved");
    assertThat(moved.isActive()).isFalse();
  }

  @Test
  void aNegativeDelayIsRefused() {
    assertThatThrownBy(() -> reactor.callLater(Duration.ofNanos(-1), say("no")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("negative");
  }

  @Test
  void itsTimeGoesOn() {
    Duration before = reactor.now();
    Deferred<Duration> after = new Deferred<>();
    reactor.callLater(
        Duration.ofMillis(3),
        () -> {
          after.callback(reactor.now());
          reactor.stop();
        });

    reactor.run();

    assertThat(Calls.result(after)).isGreaterThanOrEqualTo(before.plusMillis(3));
  }

  @Test
  void whatIsNotDueAtTheEndIsNotCalled() {
    reactor.callLater(Duration.ofHours(1), say("no"));
    reactor.execute(reactor::stop);

    reactor.run();

    assertThat(said).isEmpty();
  }

  // ---- the pool

  @Test
  void whatIsCalledInAThreadRunsElsewhere() {
    RunningReactor.during(
        reactor,
        () -> {
          Deferred<String> where = new Deferred<>();
          reactor.callInThread(() -> where.callback(Thread.currentThread().getName()));
          assertThat(Calls.result(where)).isEqualTo(reactor.name() + "-pool-1");
        });
  }

  @Test
  void thePoolHasTenDaemonsThatMayEnd() {
    assertThat(reactor.threadPool().getMaximumPoolSize()).isEqualTo(10);
    assertThat(reactor.threadPool().allowsCoreThreadTimeOut()).isTrue();
    assertThat(reactor.threadPool().getThreadFactory().newThread(say("")).isDaemon()).isTrue();
    assertThat(reactor.threadPool()).isSameAs(reactor.threadPool());
  }

  @Test
  void thePoolCanBeResized() {
    Reactor small = Reactor.builder().poolSize(3).build();
    assertThat(small.threadPool().getMaximumPoolSize()).isEqualTo(3);
    small.suggestThreadPoolSize(20);
    assertThat(small.threadPool().getMaximumPoolSize()).isEqualTo(20);
    assertThat(small.threadPool().getCorePoolSize()).isEqualTo(20);
    small.suggestThreadPoolSize(1);
    assertThat(small.threadPool().getMaximumPoolSize()).isEqualTo(1);
    assertThatThrownBy(() -> small.suggestThreadPoolSize(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Reactor.builder().poolSize(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 0");
  }

  @Test
  void thePoolCanHaveVirtualThreads() {
    if (!VirtualThreads.available()) {
      assertThatThrownBy(() -> Reactor.builder().virtualPool())
          .isInstanceOf(UnsupportedOperationException.class);
      return;
    }
    Reactor light = Reactor.builder().virtualPool().build();
    RunningReactor.during(
        light,
        () -> {
          Deferred<String> where = new Deferred<>();
          light.callInThread(() -> where.callback(Thread.currentThread().toString()));
          assertThat(Calls.result(where)).startsWith("VirtualThread");
          assertThatThrownBy(() -> light.suggestThreadPoolSize(3))
              .isInstanceOf(UnsupportedOperationException.class);
        });
  }

  // ---- bad input

  @Test
  void nullIsRefused() {
    assertThatThrownBy(() -> reactor.execute(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> reactor.callFromThread(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> reactor.callWhenRunning(null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> reactor.callInThread(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> reactor.callLater(null, say("")))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> reactor.callLater(Duration.ZERO, null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> Reactor.of(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> Reactor.react(null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void aFactoryThatThrowsLeavesNobodyWaiting() {
    IllegalStateException thrown = new IllegalStateException("thrown");
    Reactor poor =
        Reactor.builder()
            .loopThread(
                work -> {
                  throw thrown;
                })
            .build();
    OtherThread waiting =
        OtherThread.start(
            () ->
                assertThatThrownBy(() -> Threads.blockingCallFromThread(poor, () -> "no"))
                    .isInstanceOf(RejectedExecutionException.class));

    assertThatThrownBy(poor::run).isSameAs(thrown);

    waiting.join();
    assertThat(poor.isRunning()).isFalse();
    assertThatThrownBy(() -> poor.execute(say("no")))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void itIsNotRunOnAThreadOfItsOwnPool() {
    assertThatThrownBy(() -> reactor.threadPool().submit(reactor::run).get(10, SECONDS))
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a thread of its pool");
    assertThat(reactor.isRunning()).isFalse();
    reactor.threadPool().shutdown();
  }

  @Test
  void aMillionCancelledCallsLeaveNothing() {
    List<DelayedCall> calls = new ArrayList<>(1_000_000);
    for (int i = 0; i < 1_000_000; i++) {
      calls.add(reactor.callLater(Duration.ofHours(1), say("no")));
    }
    calls.forEach(DelayedCall::cancel);

    assertThat(reactor.pendingCalls()).isEmpty();
  }

  @Test
  void itsThreadTakesOverNothingFromWhoRunsIt() {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    local.set("mine");
    List<Object> there = Collections.synchronizedList(new ArrayList<>());
    reactor.execute(
        () -> {
          there.add("" + local.get());
          there.add(Thread.currentThread().getContextClassLoader());
          reactor.stop();
        });
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(new ClassLoader(own) {});
    try {
      reactor.run();
    } finally {
      Thread.currentThread().setContextClassLoader(own);
    }

    assertThat(there).containsExactly("null", ClassLoader.getSystemClassLoader());
  }

  @Test
  void aCallWithoutStackLeftDoesNotEndTheLoop() {
    RunningReactor.during(
        reactor,
        () -> {
          for (int i = 0; i < 20; i++) {
            reactor.execute(() -> deep(0));
            assertThat(Calls.<String>in(reactor, () -> "alive")).isEqualTo("alive");
          }
        });
  }

  /** Posts from the very end of the stack, on the way back. */
  private int deep(int depth) {
    try {
      return depth < 10_000_000 ? deep(depth + 1) + 1 : 0;
    } catch (StackOverflowError end) {
      return 0;
    } finally {
      if (depth > 500) {
        reactor.execute(() -> {});
      }
    }
  }

  @Test
  void whereThereIsNoThreadEverythingIsRefusedAfterwards() {
    Reactor poor = Reactor.builder().loopThread(work -> null).build();
    poor.threadPool();
    assertThatThrownBy(poor::run).isInstanceOf(IllegalStateException.class);

    assertThatThrownBy(() -> poor.callInThread(() -> said.add("no")))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> poor.callLater(Duration.ZERO, say("no")))
        .isInstanceOf(RejectedExecutionException.class);
    assertThatThrownBy(() -> poor.addSystemEventTrigger(ShutdownPhase.BEFORE, () -> said.add("no")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(poor.threadPool().isShutdown()).isTrue();
  }

  @Test
  void nothingDependsOnTheMonitorOfTheReactor() {
    Reactor other = new Reactor();
    other.execute(
        () -> Threads.deferToThread(() -> said.add("on a thread")).onEither(() -> other.stop()));
    synchronized (other) {
      other.run();
    }

    assertThat(said).containsExactly("on a thread");
  }
}
