package dev.twine;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class VirtualThreads25Test {

  @Test
  void theFactoryMakesNumberedVirtualThreads() {
    ThreadFactory factory = VirtualThreads.factory("worker");

    Thread first = factory.newThread(() -> {});
    Thread second = factory.newThread(() -> {});

    assertThat(first.isVirtual()).isTrue();
    assertThat(first.getState()).isEqualTo(Thread.State.NEW);
    assertThat(List.of(first.getName(), second.getName())).containsExactly("worker-1", "worker-2");
  }

  @Test
  void theBodyRunsOnAVirtualThread() throws Exception {
    CompletableFuture<Thread> ran = new CompletableFuture<>();

    VirtualThreads.startUnreferenced(() -> ran.complete(Thread.currentThread()));

    assertThat(ran.get(10, SECONDS).isVirtual()).isTrue();
  }

  @Test
  void anExceptionGoesToTheHandlerOfTheThread() throws Exception {
    CompletableFuture<Throwable> handled = new CompletableFuture<>();
    Error thrown = new AssertionError("thrown on a virtual thread");

    VirtualThreads.startUnreferenced(
        () -> {
          Thread.currentThread().setUncaughtExceptionHandler((t, what) -> handled.complete(what));
          throw thrown;
        });

    assertThat(handled.get(10, SECONDS)).isSameAs(thrown);
  }

  @Test
  void abandonedParkedThreadsAreCollected() throws Exception {
    int count = 1_000;
    CountDownLatch first = new CountDownLatch(1); // an agent may hold what is loaded by it
    abandon(first);
    assertThat(first.await(30, SECONDS)).isTrue();
    List<WeakReference<Object>> stacks = new ArrayList<>();
    CountDownLatch parking = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      stacks.add(abandon(parking));
    }
    assertThat(parking.await(30, SECONDS)).isTrue();

    for (int i = 0; i < 100 && alive(stacks) > 0; i++) {
      System.gc();
    }

    assertThat(alive(stacks)).isZero();
  }

  @Test
  void aParkedThreadThatSomebodyKnowsLivesOn() throws Exception {
    CompletableFuture<Thread> parked = new CompletableFuture<>();
    CompletableFuture<String> unparked = new CompletableFuture<>();
    VirtualThreads.startUnreferenced(
        () -> {
          parked.complete(Thread.currentThread());
          LockSupport.park();
          unparked.complete("went on");
        });
    Thread thread = parked.get(10, SECONDS);
    System.gc();

    LockSupport.unpark(thread);

    assertThat(unparked.get(10, SECONDS)).isEqualTo("went on");
  }

  @Test
  void nullIsRefusedAndNamed() {
    assertThatThrownBy(() -> VirtualThreads.factory(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("name");
    assertThatThrownBy(() -> VirtualThreads.startUnreferenced(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("body");
  }

  private static WeakReference<Object> abandon(CountDownLatch parking) {
    Object onStack = new Object();
    VirtualThreads.startUnreferenced(
        () -> {
          parking.countDown();
          while (true) {
            LockSupport.park(onStack);
          }
        });
    return new WeakReference<>(onStack);
  }

  private static long alive(List<WeakReference<Object>> stacks) {
    return stacks.stream().filter(stack -> stack.get() != null).count();
  }
}
