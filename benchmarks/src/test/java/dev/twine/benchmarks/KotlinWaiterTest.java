package dev.twine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import kotlinx.coroutines.CompletableDeferred;
import kotlinx.coroutines.CompletableDeferredKt;
import kotlinx.coroutines.Deferred;
import kotlinx.coroutines.Job;
import org.junit.jupiter.api.Test;

/** Whether Kotlin's peers go on where Twine's coroutines do. */
class KotlinWaiterTest {

  @Test
  void goesOnInsideOfWhatFires() {
    CompletableDeferred<Integer> pending = CompletableDeferredKt.CompletableDeferred((Job) null);
    AtomicInteger total = new AtomicInteger(1);
    Deferred<Integer> end = KotlinWaiter.awaitOne(pending, total);
    assertThat(total).hasValue(1);
    assertThat(pending.complete(2)).isTrue();
    assertThat(total).hasValue(3);
    assertThat(end.getCompleted()).isEqualTo(3);
  }

  @Test
  void waitsAgainWhenTheCallThatFiresHasComeBack() {
    KotlinWaiter waiter = new KotlinWaiter();
    Deferred<Integer> end = waiter.awaitPending(3);
    waiter.fire(1);
    waiter.fire(2);
    assertThat(end.isCompleted()).isFalse();
    waiter.fire(6);
    assertThat(end.getCompleted()).isEqualTo(3);
  }

  @Test
  void whatHasFiredSuspendsNobody() {
    Deferred<Integer>[] fired =
        Steps.array(
            CompletableDeferredKt.CompletableDeferred(1),
            CompletableDeferredKt.CompletableDeferred(3));
    assertThat(KotlinWaiter.awaitFired(fired, 10).getCompleted()).isEqualTo(2);
    assertThat(KotlinWaiter.dontAwait(4).getCompleted()).isEqualTo(4);
  }
}
