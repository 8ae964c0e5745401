package dev.twine;

import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.fromCoroutine;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AbandonedCoroutine25Test {

  private final AtomicInteger finallyBlocks = new AtomicInteger();

  @Test
  void bodiesRunOnVirtualThreads() {
    Results.assertResult(fromCoroutine(() -> Thread.currentThread().isVirtual()), true);
  }

  @Test
  void aSuspendedCoroutineIsCollectedWithWhatItWaitsFor() {
    abandon(); // an agent may hold what is loaded by it
    List<WeakReference<Object>> stacks = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      stacks.add(abandon());
    }

    for (int i = 0; i < 100 && alive(stacks) > 0; i++) {
      System.gc();
    }

    assertThat(alive(stacks)).isZero();
    assertThat(finallyBlocks).hasValue(0);
  }

  @Test
  void aSuspendedCoroutineLivesAsLongAsWhatItWaitsFor() {
    Deferred<String> awaited = new Deferred<>();
    List<Object> steps = new ArrayList<>();
    fromCoroutine(() -> steps.add(await(awaited)));
    for (int i = 0; i < 3; i++) {
      System.gc();
    }

    awaited.callback("there");

    assertThat(steps).containsExactly("there");
  }

  /** The weak one is to something on the body's stack. */
  private WeakReference<Object> abandon() {
    Object onStack = new Object();
    fromCoroutine(
        () -> {
          Object held = onStack;
          try {
            await(new Deferred<Object>());
          } finally {
            finallyBlocks.incrementAndGet();
            assertThat(held).isNotNull();
          }
        });
    return new WeakReference<>(onStack);
  }

  private static long alive(List<WeakReference<Object>> stacks) {
    return stacks.stream().filter(stack -> stack.get() != null).count();
  }
}
