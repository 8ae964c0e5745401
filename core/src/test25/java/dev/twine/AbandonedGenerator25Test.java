package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.coroutine.Generator;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AbandonedGenerator25Test {

  private final AtomicInteger finallyBlocks = new AtomicInteger();

  @Test
  void bodiesRunOnVirtualThreads() {
    Generator<Thread> generator = Generator.of(y -> y.yield(Thread.currentThread()));

    assertThat(generator.next().isVirtual()).isTrue();
    generator.close();
  }

  @Test
  void aSuspendedGeneratorIsCollectedWhenItIsForgotten() {
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
  void aSuspendedGeneratorLivesAsLongAsItIsHeld() {
    Generator<String> generator =
        Generator.of(
            y -> {
              y.yield("one");
              y.yield("two");
            });
    assertThat(generator.next()).isEqualTo("one");
    for (int i = 0; i < 3; i++) {
      System.gc();
    }

    assertThat(generator.next()).isEqualTo("two");
    generator.close();
  }

  /** The weak one is to something on the body's stack. */
  private WeakReference<Object> abandon() {
    Object onStack = new Object();
    Generator<Integer> generator =
        Generator.of(
            y -> {
              Object held = onStack;
              try {
                y.yield(1);
              } finally {
                finallyBlocks.incrementAndGet();
                assertThat(held).isNotNull();
              }
            });
    assertThat(generator.next()).isEqualTo(1);
    return new WeakReference<>(onStack);
  }

  private static long alive(List<WeakReference<Object>> stacks) {
    return stacks.stream().filter(stack -> stack.get() != null).count();
  }
}
