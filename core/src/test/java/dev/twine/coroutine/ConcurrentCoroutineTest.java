package dev.twine.coroutine;

import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.concurrent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import dev.twine.OtherThread;
import dev.twine.Turn;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ConcurrentCoroutineTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  private final Deferred<String> first = new Deferred<>();
  private final Deferred<String> second = new Deferred<>();

  @Test
  void theBodyRunsBesideWhoeverStartsIt() throws Throwable {
    CountDownLatch started = new CountDownLatch(1);

    Deferred<Thread> done =
        concurrent(
            () -> {
              started.await();
              return Turn.current();
            });
    assertThat(done.isCalled()).isFalse();
    started.countDown();

    Thread body = done.get(LONG);
    assertThat(body).isNotSameAs(Turn.current());
    assertThat(body.getName()).startsWith("coroutine-");
  }

  @Test
  void whoFiresWhatIsAwaitedGoesOnAtOnce() throws Throwable {
    BlockingQueue<String> steps = new LinkedBlockingQueue<>();
    CountDownLatch fired = new CountDownLatch(1);
    Deferred<String> done =
        concurrent(
            () -> {
              steps.add("before");
              String value = await(first);
              fired.await();
              return value;
            });
    assertThat(steps.poll(10, TimeUnit.SECONDS)).isEqualTo("before");

    first.callback("value");
    fired.countDown();

    assertThat(done.get(LONG)).isEqualTo("value");
  }

  @Test
  void whatHasFiredIsLeftWhereItIs() throws Throwable {
    Deferred<String> fired = Deferred.succeed("value");

    assertThat(concurrent(() -> await(fired) + await(fired)).get(LONG)).isEqualTo("valuevalue");
  }

  @Test
  void anActionFiresWithNull() throws Throwable {
    List<String> steps = new ArrayList<>();

    assertThat(concurrent(() -> steps.add(await(first))).isCalled()).isFalse();
    first.callback("value");
    Deferred<Void> done =
        concurrent(
            () -> {
              await(second);
            });
    second.callback("value");

    assertThat(done.get(LONG)).isNull();
  }

  @Test
  void whateverTheBodyThrowsFailsIt() {
    IOException thrown = new IOException();
    Deferred<Void> done =
        concurrent(
            () -> {
              throw thrown;
            });

    assertThatThrownBy(() -> done.get(LONG)).isSameAs(thrown);
  }

  @Test
  void aFailureIsThrownWhereItIsAwaited() throws Throwable {
    Deferred<String> done =
        concurrent(
            () -> {
              try {
                return await(first, IOException.class);
              } catch (IOException caught) {
                return "caught";
              }
            });

    first.errback(new IOException());

    assertThat(done.get(LONG)).isEqualTo("caught");
  }

  @Test
  void cancellingCancelsWhatIsAwaitedThenOrNext() {
    Deferred<String> done = concurrent(() -> await(first));

    done.cancel();

    assertThatThrownBy(() -> done.get(LONG)).isInstanceOf(CancellationException.class);
    assertThat(first.isCalled()).isTrue();
  }

  @Test
  void aBodyMayCatchItAndGoOn() throws Throwable {
    CountDownLatch caught = new CountDownLatch(1);
    Deferred<String> done =
        concurrent(
            () -> {
              try {
                return await(first);
              } catch (CancellationException e) {
                caught.countDown();
                return await(second);
              }
            });

    done.cancel();
    assertThat(caught.await(10, TimeUnit.SECONDS)).isTrue();
    second.callback("went on");

    assertThat(done.get(LONG)).isEqualTo("went on");
  }

  @Test
  void aBodyThatCancelsItselfDoesNothingByThat() throws Throwable {
    AtomicReference<Deferred<String>> own = new AtomicReference<>();
    CountDownLatch known = new CountDownLatch(1);
    Deferred<String> done =
        concurrent(
            () -> {
              known.await();
              own.get().cancel();
              return await(first);
            });
    own.set(done);
    known.countDown();
    first.callback("value");

    assertThat(done.get(LONG)).isEqualTo("value");
  }

  @Test
  void anInterruptEndsNoWaitingAndIsThereAfterwards() throws Throwable {
    AtomicReference<Thread> body = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    Deferred<Boolean> done =
        concurrent(
            () -> {
              body.set(Thread.currentThread());
              begun.countDown();
              await(first);
              return Thread.interrupted();
            });
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

    body.get().interrupt();
    first.callback("value");

    assertThat(done.get(LONG)).isTrue();
  }

  @Test
  void awaitInsideACallbackIsRefused() {
    Deferred<String> done =
        concurrent(() -> await(Deferred.succeed("x").addCallback(x -> await(first))));

    assertThatThrownBy(() -> done.get(LONG)).hasMessageContaining("inside a callback");
  }

  @Test
  void thereIsNobodyToRunAnythingOn() {
    Deferred<String> done = concurrent(() -> Coroutines.runOnCaller(() -> "never"));

    assertThatThrownBy(() -> done.get(LONG)).hasMessageContaining("nobody waits for it");
  }

  @Test
  void whatIsAwaitedMayComeWhileTheBodyIsOnItsWayToWait() throws Throwable {
    List<Deferred<Integer>> awaited = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      awaited.add(new Deferred<>());
    }
    OtherThread firing = OtherThread.start(() -> awaited.forEach(each -> each.callback(1)));

    Deferred<Integer> done =
        concurrent(
            () -> {
              int sum = 0;
              for (Deferred<Integer> each : awaited) {
                sum += await(each);
              }
              return sum;
            });
    firing.join();

    assertThat(done.get(LONG)).isEqualTo(2_000);
  }
}
