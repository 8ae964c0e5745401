package dev.twine;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.coroutine.Coroutines;
import dev.twine.threads.Reactor;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Virtual threads with a carrier of their own; run with java.lang opened. */
@Tag("carrier")
class CarrierTest {

  private final List<Object> steps = Collections.synchronizedList(new ArrayList<>());

  @Test
  void theyAreWhatIsUsed() {
    assertThat(Engine.current()).isEqualTo(Engine.OWN_CARRIER);
    assertThat(VirtualThreads.hasOwnCarrier()).isTrue(); // these tests themselves run on one
  }

  @Test
  void oneOfTheThreadsOfACarrierRunsAtATime() throws Exception {
    onCarrier(
        () -> {
          CountDownLatch ended = new CountDownLatch(2);
          for (String name : List.of("a", "b")) {
            VirtualThreads.startBeside(
                () -> {
                  for (int i = 1; i <= 3; i++) {
                    steps.add(name + i);
                    VirtualThreads.giveWay();
                  }
                  ended.countDown();
                });
          }
          steps.add("started");
          ended.await();
        });

    assertThat(steps).containsExactly("started", "a1", "b1", "a2", "b2", "a3", "b3");
  }

  @Test
  void aThreadOnACarrierIsVirtualAndHasItsName() throws Exception {
    AtomicReference<Thread> thread = new AtomicReference<>();

    onCarrier(() -> thread.set(Thread.currentThread()));

    assertThat(thread.get().getName()).isEqualTo("test-1");
    assertThat(VirtualThreads.isVirtual(thread.get())).isTrue();
    assertThat(thread.get()).isNotSameAs(Thread.currentThread());
  }

  @Test
  void whatIsStartedElsewhereRunsOnAnOrdinaryVirtualThread() throws Exception {
    FutureTask<Carrier> carrier = new FutureTask<>(Carrier::current);
    Thread platform = new Thread(() -> VirtualThreads.startBeside(carrier));
    platform.start();

    assertThat(carrier.get(10, SECONDS)).isNull();
  }

  @Test
  void whatIsStartedBesideHasTheSameCarrier() throws Exception {
    onCarrier(
        () -> {
          FutureTask<Carrier> beside = new FutureTask<>(Carrier::current);
          VirtualThreads.startBeside(beside);
          assertThat(beside.get(10, SECONDS)).isSameAs(Carrier.current());
        });
  }

  @Test
  void whatIsStartedByItselfHasNot() throws Exception {
    onCarrier(
        () -> {
          FutureTask<Carrier> unreferenced = new FutureTask<>(Carrier::current);
          VirtualThreads.startUnreferenced(unreferenced);
          assertThat(unreferenced.get(10, SECONDS)).isNull();

          FutureTask<Thread> made = new FutureTask<>(Thread::currentThread);
          VirtualThreads.factory("made").newThread(made).start();
          Thread thread = made.get(10, SECONDS);
          assertThat(VirtualThreads.isVirtual(thread)).isTrue();
          assertThat(thread.getName()).isEqualTo("made-1");
        });
  }

  @Test
  void whatComputesForLongElsewhereKeepsNoLoopWaiting() throws Exception {
    onCarrier(
        () -> {
          goesOnBeside(VirtualThreads::startUnreferenced);
          goesOnBeside(body -> VirtualThreads.factory("computing").newThread(body).start());
        });
  }

  private static void goesOnBeside(Consumer<Runnable> start) throws InterruptedException {
    AtomicBoolean end = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    start.accept(
        () -> {
          begun.countDown();
          while (!end.get()) {
            Thread.onSpinWait();
          }
        });
    assertThat(begun.await(10, SECONDS)).isTrue();
    end.set(true); // this thread goes on, though the other one computes
  }

  @Test
  void theLoopOfAReactorHasACarrierOfItsOwn() {
    Reactor reactor = new Reactor();
    reactor.execute(
        () -> {
          steps.add(Carrier.current() != null);
          reactor.stop();
        });

    reactor.run();

    assertThat(steps).containsExactly(true);
  }

  @Test
  void aThreadThatCannotLeaveItsCarrierStillGivesWay() throws Exception {
    onCarrier(
        () -> {
          VirtualThreads.startBeside(Began.LATCH::countDown);
          assertThat(Pinned.hasSeenTheOther).isTrue();
        });
  }

  /** While this is initialized the thread that does it is pinned. */
  private static final class Pinned {
    static final boolean hasSeenTheOther = waitForTheOther();

    private static boolean waitForTheOther() {
      long end = System.nanoTime() + SECONDS.toNanos(10);
      while (Began.LATCH.getCount() > 0 && System.nanoTime() < end) {
        VirtualThreads.giveWay();
      }
      return Began.LATCH.getCount() == 0;
    }
  }

  @Test
  void aBodyThatCannotLeaveItsCarrierGivesControlBackAllTheSame() throws Exception {
    onCarrier(
        () -> {
          Deferred<Integer> done = Coroutines.fromCoroutine(() -> WaitsInInitializer.value());
          assertThat(done.isCalled()).isFalse();
          Pending.FIRST.callback(1);
          Results.assertResult(done, 1);
        });
  }

  /** While this is initialized the thread that does it is pinned. */
  private static final class WaitsInInitializer {
    private static final int VALUE = Coroutines.await(Pending.FIRST);

    static int value() {
      return VALUE;
    }
  }

  @Test
  void aBodyThatStaysSuspendedOnItsCarrierHoldsUpNobody() throws Exception {
    onCarrier(
        () -> {
          Deferred<Integer> done = Coroutines.fromCoroutine(() -> StaysSuspended.value());
          for (int i = 0; i < 3; i++) {
            CountDownLatch other = new CountDownLatch(1);
            LockSupport.parkNanos(1_000_000);
            VirtualThreads.startBeside(other::countDown);
            assertThat(other.await(10, SECONDS)).isTrue();
          }
          Pending.SECOND.callback(2);
          Results.assertResult(done, 2);
        });
  }

  /** While this is initialized the thread that does it is pinned. */
  private static final class StaysSuspended {
    private static final int VALUE = Coroutines.await(Pending.SECOND);

    static int value() {
      return VALUE;
    }
  }

  private static final class Pending {
    static final Deferred<Integer> SECOND = new Deferred<>();
    static final Deferred<Integer> FIRST = new Deferred<>();
  }

  private static final class Began {
    static final CountDownLatch LATCH = new CountDownLatch(1);
  }

  @Test
  void aThreadThatIsWokenFromElsewhereGoesOn() throws Exception {
    AtomicReference<Thread> waiting = new AtomicReference<>();
    CountDownLatch ended = new CountDownLatch(1);
    VirtualThreads.carrierFactory("waiting")
        .newThread(
            () -> {
              waiting.set(Thread.currentThread());
              LockSupport.park();
              ended.countDown();
            })
        .start();

    while (waiting.get() == null) {
      Thread.onSpinWait();
    }
    LockSupport.unpark(waiting.get());

    assertThat(ended.await(10, SECONDS)).isTrue();
  }

  @Test
  void aParkedThreadIsCollectedThatNobodyRefersTo() throws Exception {
    List<WeakReference<Object>> stacks = new ArrayList<>();
    onCarrier(
        () -> {
          for (int i = 0; i < 100; i++) {
            Object onStack = new Object();
            stacks.add(new WeakReference<>(onStack));
            VirtualThreads.startBeside(() -> parkForEver(onStack));
            VirtualThreads.giveWay();
          }
        });

    for (int i = 0; i < 100 && alive(stacks) > 0; i++) {
      System.gc();
    }

    assertThat(alive(stacks)).isZero();
  }

  private static void parkForEver(Object held) {
    while (held != null) {
      LockSupport.park(new Object());
    }
  }

  private static long alive(List<WeakReference<Object>> stacks) {
    return stacks.stream().filter(stack -> stack.get() != null).count();
  }

  private static void onCarrier(Action test) throws Exception {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              try {
                test.run();
              } catch (Exception | Error thrown) {
                throw thrown;
              } catch (Throwable strange) {
                throw new AssertionError(strange);
              }
              return null;
            });
    VirtualThreads.carrierFactory("test").newThread(task).start();
    task.get(30, SECONDS);
  }

  @Test
  void whatAContinuationThrowsStopsNoOther() {
    Carrier carrier = new Carrier();
    CountDownLatch second = new CountDownLatch(1);
    carrier.execute(
        () -> {
          throw new IllegalStateException("broken");
        });
    carrier.execute(second::countDown);

    assertThat(await(second)).isTrue();
    assertThat(Reports.reported()).hasSize(1);
    assertThatThrownBy(() -> VirtualThreads.carrierFactory(null))
        .isInstanceOf(NullPointerException.class);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(10, SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
