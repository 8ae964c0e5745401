package dev.twine.coroutine;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.ensureDeferred;
import static dev.twine.coroutine.Coroutines.fromCoroutine;
import static dev.twine.coroutine.Coroutines.inlineCallbacks;
import static dev.twine.coroutine.Coroutines.returnValue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Deferred;
import dev.twine.DeferredList;
import dev.twine.Failure;
import dev.twine.Outcome;
import dev.twine.sync.DeferredLock;
import dev.twine.time.ManualClock;
import dev.twine.time.Tasks;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CoroutinesTest {

  private final List<Object> steps = new ArrayList<>();
  private final Deferred<String> first = new Deferred<>();
  private final Deferred<String> second = new Deferred<>();

  @Test
  void theBodyRunsAtOnceUpToItsFirstWait() {
    Deferred<String> done =
        fromCoroutine(
            () -> {
              steps.add("begun");
              steps.add(await(first));
              return await(second);
            });

    assertThat(steps).containsExactly("begun");
    first.callback("one");
    assertThat(steps).containsExactly("begun", "one");
    assertNoResult(done);
    second.callback("two");
    assertResult(done, "two");
  }

  @Test
  void theBodyGoesOnAtItsPlaceInTheChain() {
    first.onSuccess(value -> steps.add("before"));
    Deferred<Boolean> done = fromCoroutine(() -> steps.add("body has " + await(first)));
    done.onEither(() -> steps.add("done"));
    first.onSuccess(value -> steps.add("after: " + value));

    first.callback("one");

    assertThat(steps).containsExactly("before", "body has one", "done", "after: null");
  }

  @Test
  void anAwaitOfWhatIsRunningWaitsForItsTurn() {
    List<Deferred<String>> done = new ArrayList<>();
    first.onSuccess(value -> done.add(fromCoroutine(() -> await(first))));
    Deferred<String> later = first.addCallback(value -> value + " later");

    first.callback("one");

    assertResult(done.get(0), "one later");
    assertResult(later, null);
  }

  @Test
  void whatABodyReturnsIsTheResult() {
    assertResult(fromCoroutine(() -> 42), 42);
    assertResult(fromCoroutine(() -> {}), null);
    assertResult(
        fromCoroutine(
            () -> {
              steps.add(1);
              return null;
            }),
        null);
    assertResult(fromCoroutine((Callable<Object>) () -> null), null);
  }

  @Test
  void aFailureThatIsReturnedFailsIt() {
    IOException thrown = new IOException();

    assertFailure(fromCoroutine((Callable<Object>) () -> new Failure(thrown)), thrown);
  }

  @Test
  void theVeryExceptionIsThrownAtTheAwait() {
    FileNotFoundException missing = new FileNotFoundException();
    Deferred<Object> done =
        fromCoroutine(
            () -> {
              try {
                return await(first, FileNotFoundException.class);
              } catch (FileNotFoundException caught) {
                return caught;
              }
            });

    first.errback(missing);

    assertResult(done, missing);
    assertResult(first, null);
  }

  @Test
  void twoKindsOfExceptionsCanBeDeclared() {
    Deferred<String> done =
        fromCoroutine(
            () -> {
              try {
                return await(first, IOException.class, InterruptedException.class);
              } catch (IOException | InterruptedException caught) {
                return "caught";
              }
            });

    first.errback(new IOException());

    assertResult(done, "caught");
  }

  @Test
  void whatABodyThrowsFailsIt() {
    Throwable thrown = new Throwable("neither exception nor error");

    assertFailure(fromCoroutine(() -> new Failure(thrown).raise()), thrown);
    Deferred<String> done = fromCoroutine(() -> await(first));
    first.errback(thrown);
    assertFailure(done, thrown);
  }

  @Test
  void anInterruptedExceptionMarksTheThreadThatGetsToKnowIt() {
    InterruptedException thrown = new InterruptedException();

    Deferred<Void> done =
        fromCoroutine(
            () -> {
              throw thrown;
            });

    assertThat(Thread.interrupted()).isTrue();
    assertFailure(done, thrown);
  }

  @Test
  void anInterruptedExceptionThatOnlyPassesTheBodyInterruptsNobody() {
    InterruptedException thrown = new InterruptedException();
    Deferred<Object> done = fromCoroutine(() -> await(Deferred.fail(thrown)));

    assertThat(Thread.interrupted()).isFalse();
    assertThat(failureResultOf(done)).isSameAs(thrown);
  }

  @Test
  void anErrorOfTheVirtualMachineIsAlsoToldToTheHandlerOfTheThread() {
    List<Throwable> told = new ArrayList<>();
    Thread thread = Thread.currentThread();
    Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
    thread.setUncaughtExceptionHandler((t, thrown) -> told.add(thrown));
    OutOfMemoryError error = new OutOfMemoryError("thrown by a test");
    try {
      assertFailure(
          fromCoroutine(
              () -> {
                throw error;
              }),
          error);
    } finally {
      thread.setUncaughtExceptionHandler(before);
    }

    assertThat(told).containsExactly(error);
  }

  // ---- the two styles

  @Test
  void fromCoroutineLeavesTheResultOfWhatHasFired() {
    Deferred<String> fired = Deferred.succeed("there");
    IOException thrown = new IOException();
    Deferred<String> failed = Deferred.fail(thrown);

    assertResult(fromCoroutine(() -> await(fired) + " and " + await(fired)), "there and there");
    assertFailure(fromCoroutine(() -> await(failed)), thrown);
    assertFailure(fromCoroutine(() -> await(failed)), thrown);

    assertResult(fired, "there");
    assertFailure(failed, thrown);
  }

  @Test
  void aFailureThatIsLeftHasBeenHandled() {
    fromCoroutine(() -> await(Deferred.fail(new IOException()))).consumeErrors(handled -> {});
  }

  @Test
  void inlineCallbacksTakesTheResultOfWhatHasFired() {
    Deferred<String> fired = Deferred.succeed("there");

    assertResult(
        inlineCallbacks(() -> await(fired) + " and " + await(fired)).get(), "there and null");
    assertResult(fired, null);
  }

  @Test
  void aSuspendedAwaitTakesTheResultInBothStyles() {
    assertNoResult(fromCoroutine(() -> await(first)));
    assertNoResult(inlineCallbacks(() -> await(second)).get());

    first.callback("one");
    second.callback("two");

    assertResult(first, null);
    assertResult(second, null);
  }

  @Test
  void aPausedDeferredHasNoResultYet() {
    for (boolean takes : List.of(true, false)) {
      Deferred<String> paused = Deferred.succeed("there");
      paused.pause();
      Deferred<String> done =
          takes ? inlineCallbacks(() -> await(paused)).get() : fromCoroutine(() -> await(paused));

      assertNoResult(done);
      paused.unpause();
      assertResult(done, "there");
    }
  }

  @Test
  void functionsOfAnyNumberOfArgumentsCanBeMade() {
    Supplier<Deferred<String>> none = inlineCallbacks(() -> "");
    Supplier<Deferred<Void>> nothing = inlineCallbacks(() -> {});
    Function<String, Deferred<String>> one = inlineCallbacks(a -> a);
    BiFunction<String, String, Deferred<String>> two = inlineCallbacks((a, b) -> a + b);
    Function3<String, String, String, Deferred<String>> three =
        inlineCallbacks((a, b, c) -> a + b + c);
    Function4<String, String, String, String, Deferred<String>> four =
        inlineCallbacks((a, b, c, d) -> a + b + c + d);

    assertResult(none.get(), "");
    assertResult(nothing.get(), null);
    assertResult(one.apply("a"), "a");
    assertResult(two.apply("a", "b"), "ab");
    assertResult(three.apply("a", "b", "c"), "abc");
    assertResult(four.apply("a", "b", "c", "d"), "abcd");
  }

  @Test
  void eachCallOfAFunctionIsACoroutineOfItsOwn() {
    Function<Deferred<String>, Deferred<String>> function =
        inlineCallbacks(awaited -> await(awaited) + "!");

    Deferred<String> one = function.apply(first);
    Deferred<String> other = function.apply(second);
    second.callback("two");

    assertNoResult(one);
    assertResult(other, "two!");
  }

  // ---- what can be awaited

  @Test
  void aPlainValueIsGivenBack() {
    Object deferredInDisguise = Deferred.succeed("there");

    assertResult(fromCoroutine(() -> await("plain")), "plain");
    assertResult(fromCoroutine(() -> await(deferredInDisguise)), "there");
    assertThat(await(List.of(1))).containsExactly(1);
  }

  @Test
  void aListOfDeferredsCanBeAwaited() {
    Deferred<List<Outcome<String>>> all = DeferredList.of(List.of(first, second));
    Deferred<Integer> done = fromCoroutine(() -> await(all).size());

    first.callback("one");
    second.callback("two");

    assertResult(done, 2);
  }

  @Test
  void stagesAndFuturesCanBeAwaited() {
    CompletableFuture<String> future = new CompletableFuture<>();
    CompletionStage<String> stage = future;
    Deferred<String> done = fromCoroutine(() -> await(future) + await(stage));

    assertNoResult(done);
    future.complete("there");

    assertResult(done, "therethere");
  }

  @Test
  void whatAStageFailedWithIsThrownItself() {
    IOException thrown = new IOException();
    CompletableFuture<String> future = new CompletableFuture<>();
    Deferred<String> done = fromCoroutine(() -> await(future.thenApply(value -> value)));

    future.completeExceptionally(thrown);

    assertFailure(done, thrown);
  }

  @Test
  void outsideACoroutineWhatIsThereIsGivenAndLeft() {
    Deferred<String> fired = Deferred.succeed("there");
    IOException thrown = new IOException();

    assertThat(await(fired)).isEqualTo("there");
    assertResult(fired, "there");
    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> await(Deferred.fail(thrown))))
        .isSameAs(thrown);
  }

  @Test
  void ensureDeferredTakesBodiesDeferredsAndStages() {
    assertThat(ensureDeferred(first)).isSameAs(first);
    assertResult(ensureDeferred(() -> await(Deferred.succeed(1)) + 1), 2);
    assertResult(ensureDeferred(CompletableFuture.completedStage("there")), "there");
  }

  @Test
  void whatAStageMayFailWithCanBeDeclared() {
    Deferred<String> done =
        fromCoroutine(
            () -> {
              try {
                return await(
                    CompletableFuture.<String>failedStage(new IOException()), IOException.class);
              } catch (IOException caught) {
                return "caught";
              }
            });

    assertResult(done, "caught");
  }

  @Test
  void whatTurnsOutToBeAStageOrAFutureIsWaitedForToo() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    Object anything = stage;
    Deferred<Object> done = fromCoroutine(() -> await(anything));

    stage.complete("there");

    assertResult(done, "there");
  }

  @Test
  void returnValueInsideACallbackIsRefused() {
    Deferred<Object> done =
        fromCoroutine(
            () -> await(Deferred.succeed(1).addCallback(one -> Coroutines.returnValue("lost"))));

    assertThat(failureResultOf(done)).hasMessageContaining("inside a callback");
  }

  @Test
  void returnValueEndsTheBodyFromDeepInside() {
    Deferred<String> done =
        fromCoroutine(
            () -> {
              try {
                deepInside();
              } finally {
                steps.add("finally");
              }
              return "not reached";
            });

    assertResult(done, "from deep inside");
    assertThat(steps).containsExactly("finally");
  }

  private static void deepInside() {
    returnValue("from deep inside");
  }

  // ---- what is written with it

  @SuppressWarnings("try") // the permit is closed, and not used otherwise
  @Test
  void aLockIsHeldWhileTheBodyWaits() {
    DeferredLock lock = new DeferredLock();
    Deferred<String> done =
        fromCoroutine(
            () -> {
              try (var permit = await(lock.acquire())) {
                return await(first);
              }
            });

    assertThat(lock.isLocked()).isTrue();
    first.errback(new IOException());

    assertThat(lock.isLocked()).isFalse();
    assertThat(failureResultOf(done)).isInstanceOf(IOException.class);
  }

  @Test
  void aBodyCanWaitForTime() {
    ManualClock clock = new ManualClock();
    Deferred<Void> done =
        fromCoroutine(
            () -> {
              for (int i = 0; i < 3; i++) {
                steps.add(clock.now().toSeconds());
                await(Tasks.deferLater(clock, Duration.ofSeconds(1)));
              }
            });

    for (int i = 0; i < 3; i++) {
      clock.advance(Duration.ofSeconds(1));
    }

    assertResult(done, null);
    assertThat(steps).containsExactly(0L, 1L, 2L);
  }

  @Test
  void aMillionAwaitsOfWhatHasFiredNeedNoStack() {
    for (boolean takes : List.of(true, false)) {
      Callable<Integer> body =
          () -> {
            int sum = 0;
            for (int i = 0; i < 1_000_000; i++) {
              sum += await(Deferred.succeed(1));
            }
            return sum;
          };

      assertResult(takes ? inlineCallbacks(body).get() : fromCoroutine(body), 1_000_000);
    }
  }

  @Test
  void manyCoroutinesAreResumedInTheOrderInWhichTheyWait() {
    Deferred<Integer> start = new Deferred<>();
    List<Deferred<Void>> all =
        IntStream.range(0, 1_000)
            .mapToObj(i -> fromCoroutine(() -> waitForTurn(start, i)))
            .toList();

    start.callback(0);

    assertThat(steps).hasSize(1_000).isSorted();
    all.forEach(done -> assertResult(done, null));
  }

  private void waitForTurn(Deferred<Integer> start, int number) {
    await(start);
    steps.add(number);
  }

  @Test
  void coroutinesAwaitEachOther() {
    Deferred<Integer> start = new Deferred<>();
    Deferred<Integer> last = start;
    for (int i = 0; i < 1_000; i++) {
      Deferred<Integer> inner = last;
      last = fromCoroutine(() -> await(inner) + 1);
    }

    start.callback(0);

    assertResult(last, 1_000);
  }
}
