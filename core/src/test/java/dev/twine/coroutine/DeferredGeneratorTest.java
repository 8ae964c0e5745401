package dev.twine.coroutine;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.deferredGenerator;
import static dev.twine.coroutine.Coroutines.fromCoroutine;
import static dev.twine.coroutine.Coroutines.waitForDeferred;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.AlreadyCalledException;
import dev.twine.Deferred;
import dev.twine.Effect;
import dev.twine.Failure;
import dev.twine.OtherThread;
import dev.twine.Turn;
import dev.twine.VirtualThreads;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // it tests what is deprecated
class DeferredGeneratorTest {

  private final List<Object> steps = new ArrayList<>();
  private final Deferred<String> first = new Deferred<>();
  private final Deferred<String> second = new Deferred<>();
  private final IOException thrown = new IOException();

  private static <T> T wait(Yielder<Object> y, Deferred<T> deferred) {
    WaitForDeferred<T> waiting = waitForDeferred(deferred);
    y.yield(waiting);
    return waiting.getResult();
  }

  private static <T> Deferred<T> start(Effect<Yielder<Object>> body) {
    return Coroutines.<T>deferredGenerator(body).get();
  }

  @Test
  void eachCallRunsTheBodyAtOnceUpToItsFirstWait() {
    Supplier<Deferred<String>> function =
        deferredGenerator(
            y -> {
              steps.add("begun");
              String one = wait(y, first);
              steps.add(one);
              y.yield(one + wait(y, second));
            });
    assertThat(steps).isEmpty();

    Deferred<String> done = function.get();

    assertThat(steps).containsExactly("begun");
    first.callback("one");
    assertThat(steps).containsExactly("begun", "one");
    assertNoResult(done);
    second.callback("two");
    assertResult(done, "onetwo");
  }

  @Test
  void eachCallIsOneOfItsOwn() {
    Supplier<Deferred<Integer>> function =
        deferredGenerator(
            y -> {
              steps.add("run");
              y.yield(steps.size());
            });

    assertResult(function.get(), 1);
    assertResult(function.get(), 2);
  }

  // ---- the result

  @Test
  void theLastValueIsTheResult() {
    assertResult(
        start(
            y -> {
              y.yield("first");
              y.yield("last");
            }),
        "last");
    assertResult(
        start(
            y -> {
              wait(y, Deferred.succeed("awaited"));
              y.yield("last");
            }),
        "last");
  }

  @Test
  void theResultIsNullIfTheLastValueIsAWaitOrThereIsNone() {
    assertResult(start(y -> {}), null);
    assertResult(start(y -> y.yield(null)), null);
    assertResult(
        start(
            y -> {
              y.yield("before");
              wait(y, Deferred.succeed("awaited"));
            }),
        null);
    Deferred<Object> done =
        start(
            y -> {
              y.yield("before");
              wait(y, first);
            });
    first.callback("one");
    assertResult(done, null);
  }

  @Test
  void whatABodyThrowsFailsIt() {
    Throwable strange = new Throwable("neither exception nor error");
    assertFailure(start(y -> new Failure(thrown).raise()), thrown);
    assertFailure(
        start(
            y -> {
              y.yield("before");
              throw strange;
            }),
        strange);
    Deferred<Object> done = start(y -> y.yield(wait(y, first)));
    first.errback(thrown);
    assertFailure(done, thrown);
  }

  @Test
  void aFailureThatIsYieldedLastFailsIt() {
    assertFailure(start(y -> y.yield(new Failure(thrown))), thrown);
  }

  @Test
  void anInterruptedExceptionMarksTheThreadThatGetsToKnowIt() {
    InterruptedException interrupted = new InterruptedException();

    Deferred<Object> done = start(y -> new Failure(interrupted).raise());

    assertThat(Thread.interrupted()).isTrue();
    assertFailure(done, interrupted);
  }

  @Test
  void anErrorOfTheVirtualMachineIsAlsoToldToTheHandlerOfTheThread() {
    List<Throwable> told = new ArrayList<>();
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    thread.setUncaughtExceptionHandler((t, thrown) -> told.add(thrown));
    OutOfMemoryError error = new OutOfMemoryError("thrown by a test");
    try {
      assertFailure(start(y -> new Failure(error).raise()), error);
    } finally {
      thread.setUncaughtExceptionHandler(before);
    }

    assertThat(told).containsExactly(error);
  }

  // ---- waiting

  @Test
  void theVeryExceptionIsThrownByGetResult() {
    Deferred<Object> done =
        start(
            y -> {
              WaitForDeferred<String> waiting = waitForDeferred(first);
              y.yield(waiting);
              try {
                waiting.getResult();
              } catch (Exception caught) {
                y.yield(caught);
              }
            });

    first.errback(thrown);

    assertResult(done, thrown);
    assertResult(first, null);
  }

  @Test
  void aWaitTakesTheResultAtItsPlaceInTheChain() {
    first.onSuccess(value -> steps.add("before"));
    Deferred<Object> done = start(y -> y.yield(steps.add("body has " + wait(y, first))));
    first.onSuccess(value -> steps.add("after: " + value));

    first.callback("one");

    assertThat(steps).containsExactly("before", "body has one", "after: null");
    assertResult(done, true);
  }

  @Test
  void aWaitForAPausedDeferredEndsWhenThatIsUnpaused() {
    Deferred<String> paused = Deferred.succeed("there");
    paused.pause();
    Deferred<Object> done = start(y -> y.yield(wait(y, paused)));

    assertNoResult(done);
    paused.unpause();

    assertResult(done, "there");
  }

  @Test
  void severalWaitsMayBeYieldedBeforeTheirResultsAreAskedFor() {
    Deferred<Object> done =
        start(
            y -> {
              WaitForDeferred<String> one = new WaitForDeferred<>(first);
              WaitForDeferred<String> two = new WaitForDeferred<>(second);
              y.yield(one);
              y.yield(two);
              y.yield(two.getResult() + one.getResult() + one.getResult());
            });

    second.callback("two");
    first.callback("one");

    assertResult(done, "twooneone");
  }

  @Test
  void aWaitThatIsYieldedAgainHasNullForItsResult() {
    Deferred<Object> done =
        start(
            y -> {
              WaitForDeferred<String> waiting = waitForDeferred(Deferred.succeed("there"));
              y.yield(waiting);
              String one = waiting.getResult();
              y.yield(waiting);
              y.yield(one + " and " + waiting.getResult());
            });

    assertResult(done, "there and null");
  }

  @Test
  void waitingForNullIsRefusedAndNamed() {
    assertThatThrownBy(() -> waitForDeferred(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("deferred");
    assertThatThrownBy(() -> new WaitForDeferred<>(null)).hasMessage("deferred");
    assertThatThrownBy(() -> deferredGenerator(null)).hasMessage("body");
  }

  @Test
  void awaitIsForWhatHasFired() {
    assertResult(start(y -> y.yield(await(Deferred.succeed("there")))), "there");
    assertThat(failureResultOf(start(y -> await(first))))
        .hasMessageContaining("await() in the body of a generator");
  }

  @Test
  void aCoroutineCanAwaitOne() {
    Deferred<String> done =
        fromCoroutine(
            () -> await(DeferredGeneratorTest.<String>start(y -> y.yield(wait(y, first)))));

    first.callback("one");

    assertResult(done, "one");
  }

  // ---- mistakes

  @Test
  void aDeferredThatIsYieldedFailsItAndEndsTheBody() {
    Deferred<Object> done =
        start(
            y -> {
              try {
                y.yield(first);
              } finally {
                steps.add("finally");
              }
            });

    assertThat(failureResultOf(done))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("yield waitForDeferred(deferred) instead");
    assertThat(steps).containsExactly("finally");
    assertNoResult(first);
  }

  @Test
  void aDeferredThatIsYieldedAfterAWaitFailsItToo() {
    Deferred<Object> done =
        start(
            y -> {
              wait(y, first);
              y.yield(second);
            });

    first.callback("one");

    assertThat(failureResultOf(done)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatABodyThrowsWhenItIsEndedForADeferredIsSuppressed() {
    Deferred<Object> done =
        start(
            y -> {
              try {
                y.yield(first);
              } finally {
                await(Deferred.fail(thrown));
              }
            });

    assertThat(failureResultOf(done))
        .isInstanceOf(IllegalArgumentException.class)
        .hasSuppressedException(thrown);
  }

  @Test
  void getResultBeforeTheYieldIsRefused() {
    WaitForDeferred<String> early = waitForDeferred(Deferred.succeed("there"));

    assertThatThrownBy(early::getResult)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("yield the WaitForDeferred first");
  }

  @Test
  void aBodyThatHasNotAskedForAResultFailsIt() {
    Deferred<Object> done =
        start(
            y -> {
              y.yield(waitForDeferred(Deferred.succeed("not wanted")));
              y.yield("fine");
            });

    assertThat(failureResultOf(done))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("without calling getResult()")
        .hasNoCause();
  }

  @Test
  void aFailureThatNobodyHasAskedForIsTheCause() {
    IllegalStateException other = new IllegalStateException();
    Deferred<Object> done =
        start(
            y -> {
              y.yield(waitForDeferred(Deferred.succeed("not wanted")));
              y.yield(waitForDeferred(first));
              wait(y, Deferred.succeed("wanted"));
              y.yield(waitForDeferred(Deferred.fail(other)));
              y.yield("fine");
            });

    first.errback(thrown);

    assertThat(failureResultOf(done)).hasCause(thrown).hasSuppressedException(other);
  }

  @Test
  void aBodyThatThrowsNeedsNotAskForResults() {
    assertFailure(
        start(
            y -> {
              y.yield(waitForDeferred(Deferred.succeed("not wanted")));
              throw thrown;
            }),
        thrown);
  }

  @Test
  void theNamesAreMarkedAsDeprecated() throws ReflectiveOperationException {
    List<AnnotatedElement> names =
        List.of(
            Coroutines.class.getMethod("deferredGenerator", Effect.class),
            Coroutines.class.getMethod("waitForDeferred", Deferred.class),
            WaitForDeferred.class);

    assertThat(names).allMatch(name -> name.isAnnotationPresent(Deprecated.class));
  }

  // ---- cancelling

  @Test
  void aCancelDoesNotReachTheBodyAndItsEndIsSwallowed() {
    Deferred<Object> done =
        start(
            y -> {
              steps.add(wait(y, first));
              y.yield("ended");
            });

    done.cancel();

    assertThat(failureResultOf(done)).isInstanceOf(CancellationException.class);
    assertNoResult(first);
    first.callback("one");
    assertThat(steps).containsExactly("one");
    assertResult(first, null);
    assertResult(done, null);
  }

  @Test
  void aFailureOfABodyThatWasCancelledIsSwallowedToo() {
    Deferred<Object> done = start(y -> wait(y, first));
    done.cancel();
    assertThat(failureResultOf(done)).isInstanceOf(CancellationException.class);

    first.errback(thrown);

    assertResult(first, null);
  }

  // ---- the stack

  @Test
  void aMillionWaitsForWhatHasFiredNeedNoStack() {
    int rounds = VirtualThreads.available() ? 1_000_000 : 100_000;
    Deferred<Integer> done =
        fromCoroutine(
            () -> await(DeferredGeneratorTest.<Integer>start(y -> y.yield(sum(y, rounds)))));

    assertResult(done, rounds);
  }

  private static int sum(Yielder<Object> y, int rounds) {
    int sum = 0;
    for (int i = 0; i < rounds; i++) {
      sum += wait(y, Deferred.succeed(1));
    }
    return sum;
  }

  @Test
  void resultsThatComeFromAnotherThreadNeedNoStackEither() {
    int rounds = 20_000;
    Queue<Deferred<Integer>> asked = new ConcurrentLinkedQueue<>();
    AtomicBoolean over = new AtomicBoolean();
    OtherThread firing =
        OtherThread.start(
            () -> {
              while (!over.get()) {
                Deferred<Integer> next = asked.poll();
                if (next != null) {
                  next.callback(1);
                }
              }
            });

    Deferred<Integer> done =
        start(
            y -> {
              int sum = 0;
              for (int i = 0; i < rounds; i++) {
                Deferred<Integer> next = new Deferred<>();
                asked.add(next);
                sum += wait(y, next);
              }
              y.yield(sum);
              over.set(true);
            });
    firing.join();

    assertResult(done, rounds);
  }

  @Test
  void manyPendingOnesNeedNoStack() {
    List<Deferred<Integer>> pending = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      pending.add(new Deferred<>());
    }
    Deferred<Integer> done =
        start(
            y -> {
              int sum = 0;
              for (Deferred<Integer> each : pending) {
                sum += wait(y, each);
              }
              y.yield(sum);
            });

    for (int i = pending.size(); i > 0; i--) {
      pending.get(i - 1).callback(1);
    }

    assertResult(done, 5_000);
  }

  @Test
  void aThousandThatWaitForEachOtherNeedNoStack() {
    Deferred<Integer> begin = new Deferred<>();
    Deferred<Integer> last = chain(1_000, begin);
    last.onSuccess(value -> steps.add(Turn.current()));

    begin.callback(0);

    assertResult(last, 1_000);
    assertThat(steps).containsExactly(Thread.currentThread());
  }

  @Test
  void whatFailsDeepInsideFailsAllThatWaitForEachOther() {
    Deferred<Integer> begin = new Deferred<>();
    Deferred<Integer> last = chain(100, begin);

    begin.errback(thrown);

    assertFailure(last, thrown);
  }

  @Test
  void whoFiresTheResultOfOneThatIsDeepInsideIsToldSo() {
    Deferred<Integer> begin = new Deferred<>();
    Deferred<Integer> inner = chain(40, begin);
    Deferred<Integer> last = chain(1, inner);
    last.callback(5);

    begin.callback(0);

    assertThat(failureResultOf(inner)).isInstanceOf(AlreadyCalledException.class);
    assertResult(last, 5);
  }

  /** Each one waits for the one before. */
  private static Deferred<Integer> chain(int length, Deferred<Integer> begin) {
    Deferred<Integer> last = begin;
    for (int i = 0; i < length; i++) {
      Deferred<Integer> inner = last;
      last = start(y -> y.yield(wait(y, inner) + 1));
    }
    return last;
  }
}
