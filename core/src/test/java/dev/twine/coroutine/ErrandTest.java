package dev.twine.coroutine;

import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.fromCoroutine;
import static dev.twine.coroutine.Coroutines.runOnCaller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import dev.twine.OtherThread;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** What a body has done on the thread of its resumer. */
class ErrandTest {

  private final List<Object> steps = new ArrayList<>();
  private final Deferred<String> first = new Deferred<>();

  @Test
  void itRunsOnTheThreadThatHasStartedTheBody() {
    Deferred<Thread> done = fromCoroutine(() -> runOnCaller(() -> Thread.currentThread()));

    assertResult(done, Thread.currentThread());
  }

  @Test
  void itRunsOnTheThreadThatHasResumedTheBody() {
    Deferred<Thread> done =
        fromCoroutine(
            () -> {
              await(first);
              return runOnCaller(() -> Thread.currentThread());
            });
    AtomicReference<Thread> other = new AtomicReference<>();

    OtherThread.run(
        () -> {
          other.set(Thread.currentThread());
          first.callback("go on");
        });

    assertResult(done, other.get());
  }

  @Test
  void theBodyWaitsForItAndGoesOn() {
    Deferred<Void> done =
        fromCoroutine(
            () -> {
              steps.add(1);
              runOnCaller(() -> steps.add(2));
              steps.add(3);
              runOnCaller(
                  () -> {
                    steps.add(4);
                  });
              steps.add(await(first));
            });

    assertThat(steps).containsExactly(1, 2, 3, 4);
    assertThat(done.isCalled()).isFalse();
  }

  @Test
  void whatItThrowsIsThrownInTheBody() {
    IOException thrown = new IOException();
    Deferred<Object> done =
        fromCoroutine(
            () ->
                runOnCaller(
                    () -> {
                      throw thrown;
                    }));

    assertThat(failureResultOf(done)).isSameAs(thrown);
  }

  @Test
  void aLockOfTheResumersThreadCanBeUsed() {
    ReentrantLock lock = new ReentrantLock();
    lock.lock();

    Deferred<Integer> done =
        fromCoroutine(
            () ->
                runOnCaller(
                    () -> {
                      lock.lock();
                      return lock.getHoldCount();
                    }));

    assertResult(done, 2);
  }

  @Test
  void outsideOfCoroutinesItIsDoneAtOnce() {
    assertThat(Coroutines.<Thread>runOnCaller(() -> Thread.currentThread()))
        .isSameAs(Thread.currentThread());
    assertThatThrownBy(
            () ->
                runOnCaller(
                    () -> {
                      throw new IOException("checked");
                    }))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aGeneratorHasItDoneByWhoAsks() {
    Generator<Thread> threads =
        Generator.of(y -> y.yield(runOnCaller(() -> Thread.currentThread())));

    assertThat(threads.next()).isSameAs(Thread.currentThread());
    assertThat(threads.hasNext()).isFalse();
  }

  @Test
  void itRunsOnTheThreadOfWhoeverStandsBehindAllBodies() {
    Thread own = Thread.currentThread();
    Deferred<Thread> outer =
        fromCoroutine(() -> await(fromCoroutine(() -> runOnCaller(() -> Thread.currentThread()))));
    Deferred<String> start = new Deferred<>();
    Deferred<Thread> last = start.addCallback(value -> own);
    for (int i = 0; i < 100; i++) {
      Deferred<Thread> inner = last;
      last =
          fromCoroutine(
              () -> {
                await(inner);
                return runOnCaller(() -> Thread.currentThread());
              });
    }
    start.callback("go on");

    assertResult(outer, own);
    assertResult(last, own);
  }

  @Test
  void ofABodyInsideAConcurrentOneThatOnesThreadDoesIt() throws Throwable {
    Deferred<Boolean> done =
        Coroutines.concurrent(
            () -> {
              Thread own = Thread.currentThread();
              return await(fromCoroutine(() -> runOnCaller(() -> Thread.currentThread()))) == own;
            });

    assertThat(done.get(Duration.ofSeconds(10))).isTrue();
  }

  @Test
  void anErrandOfAnErrandIsDoneByTheSameThread() {
    Deferred<Thread> done =
        fromCoroutine(() -> runOnCaller(() -> runOnCaller(() -> Thread.currentThread())));

    assertResult(done, Thread.currentThread());
  }

  @Test
  void toWaitInsideOfItIsRefused() {
    Deferred<String> plain = fromCoroutine(() -> runOnCaller(() -> await(first)));
    Deferred<Deferred<String>[]> nested =
        fromCoroutine(
            () -> {
              @SuppressWarnings({"unchecked", "rawtypes"})
              Deferred<String>[] inner = new Deferred[1];
              inner[0] = fromCoroutine(() -> runOnCaller(() -> await(first)));
              return inner;
            });

    assertThat(failureResultOf(plain)).hasMessageContaining("in the work of runOnCaller()");
    nested.onSuccess(inner -> steps.add(failureResultOf(inner[0]).getMessage()));
    assertThat(steps).singleElement().asString().contains("in the work of runOnCaller()");
  }

  @Test
  void itMayFireWhatTheBodyAwaitsNext() {
    Deferred<String> done =
        fromCoroutine(
            () -> {
              runOnCaller(() -> first.callback("fired"));
              return await(first);
            });

    assertResult(done, "fired");
  }

  @Test
  void aCancelFromInsideOfItIsTheBodysOwn() {
    AtomicReference<Deferred<String>> own = new AtomicReference<>();
    Deferred<String> started = new Deferred<>();
    Deferred<String> done =
        fromCoroutine(
            () -> {
              await(started);
              runOnCaller(() -> own.get().cancel());
              return await(first);
            });
    own.set(done);

    started.callback("go on");
    first.callback("not cancelled");

    assertResult(done, "not cancelled");
  }
}
