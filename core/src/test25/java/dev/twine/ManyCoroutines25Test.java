package dev.twine;

import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.fromCoroutine;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Coroutines in numbers that only virtual threads bear. */
class ManyCoroutines25Test {

  @Test
  void aHundredThousandAreSuspendedAtOnceAndResumedInOrder() throws Exception {
    int count = 100_000;
    List<Deferred<Integer>> awaited = new ArrayList<>();
    List<Integer> resumed = new ArrayList<>();
    List<Deferred<Void>> ends = new ArrayList<>();

    onVirtualThread(
        () -> {
          for (int i = 0; i < count; i++) {
            Deferred<Integer> next = new Deferred<>();
            awaited.add(next);
            ends.add(fromCoroutine(() -> add(resumed, await(next))));
          }
          assertThat(ends).noneMatch(Deferred::isCalled);
          for (int i = 0; i < count; i++) {
            awaited.get(i).callback(i);
          }
        });

    assertThat(ends).allMatch(Deferred::isCalled);
    assertThat(resumed).isEqualTo(IntStream.range(0, count).boxed().toList());
  }

  private static void add(List<Integer> list, int element) {
    list.add(element);
  }

  @Test
  void ofAMillionWaitsOfOneBodyNothingIsLeftWhileItGoesOn() throws Exception {
    List<WeakReference<Object>> awaited = new ArrayList<>();
    List<Deferred<Integer>> pending = new ArrayList<>();
    Deferred<Integer> last = new Deferred<>();
    List<Deferred<Void>> ends = new ArrayList<>();

    onVirtualThread(
        () -> {
          ends.add(
              fromCoroutine(
                  () -> {
                    for (int i = 0; i < 500_000; i++) {
                      await(sampled(Deferred.succeed(i), i, awaited));
                      pending.add(sampled(new Deferred<>(), i, awaited));
                      await(pending.get(0));
                    }
                    await(last);
                  }));
          while (!pending.isEmpty()) {
            pending.remove(0).callback(1);
          }
        });
    for (int i = 0; i < 100 && alive(awaited) > 0; i++) {
      System.gc();
    }

    assertThat(awaited).hasSize(1_000);
    assertThat(alive(awaited)).isZero();
    last.callback(1);
    assertThat(ends).allMatch(Deferred::isCalled);
  }

  /** Each thousandth is watched. */
  private static <T> Deferred<T> sampled(
      Deferred<T> deferred, int number, List<WeakReference<Object>> watched) {
    if (number % 1_000 == 0) {
      watched.add(new WeakReference<>(deferred));
    }
    return deferred;
  }

  @Test
  void ofFiftyThousandThatAreAbandonedNoneIsLeft() throws Exception {
    List<WeakReference<Object>> stacks = new ArrayList<>();

    onVirtualThread(
        () -> {
          for (int i = 0; i < 50_000; i++) {
            stacks.add(abandoned());
          }
        });
    for (int i = 0; i < 100 && alive(stacks) > 0; i++) {
      System.gc();
    }

    assertThat(stacks).hasSize(50_000);
    assertThat(alive(stacks)).isZero();
  }

  /** Of a coroutine that waits for what nobody can fire: something on its stack. */
  private static WeakReference<Object> abandoned() {
    Object onStack = new Object();
    fromCoroutine(
        () -> {
          Object held = onStack;
          await(new Deferred<Object>());
          assertThat(held).isNotNull();
        });
    return new WeakReference<>(onStack);
  }

  private static long alive(List<WeakReference<Object>> stacks) {
    return stacks.stream().filter(stack -> !stack.refersTo(null)).count();
  }

  private static void onVirtualThread(Runnable work) throws Exception {
    FutureTask<Void> task = new FutureTask<>(work, null);
    Thread.ofVirtual().start(task);
    task.get(120, TimeUnit.SECONDS);
  }
}
