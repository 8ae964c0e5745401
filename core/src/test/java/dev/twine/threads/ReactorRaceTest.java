package dev.twine.threads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.DelayedCall;
import dev.twine.OtherThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A reactor and other threads, again and again. */
@Tag("race")
class ReactorRaceTest {

  private static final int ROUNDS = 300;

  /**
   * A thread goes on posting while the reactor comes to its end. What was taken has had its turn,
   * in its order, and the first that was not was refused.
   */
  @Test
  void whatIsPostedAroundTheEndIsCalledOrRefused() {
    for (int round = 0; round < ROUNDS; round++) {
      Reactor reactor = new Reactor();
      List<Integer> called = Collections.synchronizedList(new ArrayList<>());
      AtomicInteger taken = new AtomicInteger();
      OtherThread poster = OtherThread.start(() -> postUntilRefused(reactor, called, taken));
      reactor.callLater(Duration.ofNanos(round * 1_000L), reactor::stop);

      reactor.run();

      poster.join();
      assertThat(called).hasSize(taken.get());
      for (int i = 0; i < called.size(); i++) {
        assertThat(called.get(i)).isEqualTo(i);
      }
    }
  }

  /** A few at a time, or the end of the queue would never be reached. */
  private static void postUntilRefused(Reactor reactor, List<Integer> called, AtomicInteger taken) {
    try {
      while (true) {
        int next = taken.get();
        reactor.execute(() -> called.add(next));
        taken.set(next + 1);
        while (next - called.size() > 10) {
          Thread.onSpinWait();
        }
      }
    } catch (RejectedExecutionException stopped) {
      assertThat(reactor.isRunning()).isFalse();
    }
  }

  /** Whoever posts to a reactor that is just falling asleep wakes it up. */
  @Test
  void nobodyIsOverlookedByAReactorThatFallsAsleep() {
    RunningReactor.during(
        new Reactor(),
        () -> {
          Reactor pong = new Reactor();
          RunningReactor.during(pong, () -> rally(new Reactor(), pong));
        });
  }

  private static void rally(Reactor ping, Reactor pong) {
    CountDownLatch over = new CountDownLatch(1);
    RunningReactor.during(
        ping,
        () -> {
          hit(ping, pong, 20_000, over);
          Calls.await(over);
        });
    assertThat(over.getCount()).isZero();
  }

  private static void hit(Reactor from, Reactor to, int left, CountDownLatch over) {
    to.execute(
        () -> {
          if (left == 0) {
            over.countDown();
          } else {
            hit(to, from, left - 1, over);
          }
        });
  }

  /** The same with delayed calls: each is the first, and due at once. */
  @Test
  void noDelayedCallIsOverlookedByAReactorThatFallsAsleep() {
    Reactor reactor = new Reactor();
    RunningReactor.during(
        reactor,
        () -> {
          for (int round = 0; round < 5_000; round++) {
            CountDownLatch made = new CountDownLatch(1);
            reactor.callLater(Duration.ZERO, made::countDown);
            Calls.await(made);
          }
          assertThat(reactor.pendingCalls()).isEmpty();
        });
  }

  /** Several threads add, cancel and move calls; each is made once or was cancelled. */
  @Test
  void everyDelayedCallIsMadeOrWasCancelled() {
    Reactor reactor = new Reactor();
    AtomicInteger made = new AtomicInteger();
    AtomicInteger cancelled = new AtomicInteger();
    RunningReactor.during(
        reactor,
        () -> {
          List<OtherThread> threads = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            threads.add(OtherThread.start(() -> addAndCancel(reactor, made, cancelled)));
          }
          threads.forEach(OtherThread::join);
          CountDownLatch last = new CountDownLatch(1);
          reactor.callLater(Duration.ofMillis(20), last::countDown);
          Calls.await(last);
        });
    assertThat(made.get() + cancelled.get()).isEqualTo(3 * 3_000);
    assertThat(made.get()).isPositive();
    assertThat(cancelled.get()).isPositive();
  }

  private static void addAndCancel(Reactor reactor, AtomicInteger made, AtomicInteger cancelled) {
    for (int i = 0; i < 3_000; i++) {
      DelayedCall call = reactor.callLater(Duration.ofNanos(i % 7 * 1_000L), made::incrementAndGet);
      if (i % 2 == 0 && call.cancel()) {
        cancelled.incrementAndGet();
      } else if (i % 3 == 0) {
        move(call);
      }
    }
  }

  private static void move(DelayedCall call) {
    try {
      call.reset(Duration.ofMillis(1));
    } catch (IllegalStateException late) {
      assertThat(call.isActive()).isFalse();
    }
  }

  /** Reactors that come and go with their pools, as fast as they can. */
  @Test
  void everyReactorComesToItsEnd() {
    for (int round = 0; round < ROUNDS; round++) {
      Reactor reactor = new Reactor();
      AtomicInteger results = new AtomicInteger();
      reactor.execute(
          () -> {
            Threads.deferToThread(() -> 1).onSuccess(results::addAndGet);
            reactor.stop();
          });

      reactor.run();

      assertThat(results.get()).isEqualTo(1);
    }
  }

  /** The pool changes its size while it comes to its end. */
  @Test
  void aPoolMayBeResizedWhileTheReactorStops() {
    for (int round = 0; round < 60; round++) {
      Reactor reactor = new Reactor();
      reactor.callInThread(() -> {});
      CountDownLatch resizing = new CountDownLatch(1);
      OtherThread resizer =
          OtherThread.start(
              () -> {
                for (int size = 1; !reactor.threadPool().isTerminated(); size = 9 - size) {
                  reactor.suggestThreadPoolSize(size);
                  resizing.countDown();
                }
              });
      Calls.await(resizing);
      reactor.execute(reactor::stop);

      reactor.run();

      resizer.join();
      assertThat(reactor.threadPool().isTerminated()).isTrue();
    }
  }
}
