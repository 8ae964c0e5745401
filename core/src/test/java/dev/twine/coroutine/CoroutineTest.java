package dev.twine.coroutine;

import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.fromCoroutine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.AlreadyCalledException;
import dev.twine.Deferred;
import dev.twine.DeferredState;
import dev.twine.OtherThread;
import dev.twine.Reported;
import dev.twine.Turn;
import dev.twine.threads.Reactor;
import dev.twine.time.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Turns and cancellation. */
class CoroutineTest {

  private final List<Object> steps = new ArrayList<>();
  private final Deferred<String> first = new Deferred<>();
  private final Deferred<String> second = new Deferred<>();

  // ---- turns

  @Test
  void eachPieceRunsOnTheTurnOfItsResumer() {
    Deferred<Void> done =
        fromCoroutine(
            () -> {
              steps.add(Turn.current());
              await(first);
              steps.add(Turn.current());
            });
    AtomicReference<Thread> other = new AtomicReference<>();

    OtherThread.run(
        () -> {
          other.set(Thread.currentThread());
          first.callback("one");
        });

    assertThat(steps).containsExactly(Thread.currentThread(), other.get());
    assertResult(done, null);
  }

  @Test
  void aBodyHasAThreadOfItsOwnWithAName() {
    Deferred<List<Thread>> done =
        fromCoroutine(
            () -> {
              Thread before = Thread.currentThread();
              await(first);
              return List.of(before, Thread.currentThread());
            });

    first.callback("one");

    done.onSuccess(
        threads -> {
          assertThat(threads.get(0)).isSameAs(threads.get(1)).isNotSameAs(Thread.currentThread());
          assertThat(threads.get(0).getName()).startsWith("coroutine-");
          assertThat(threads.get(0).isDaemon()).isTrue();
        });
    assertThat(done.state()).isInstanceOf(DeferredState.Value.class);
  }

  @Test
  void threadLocalsBelongToOneCoroutine() {
    ThreadLocal<String> local = new ThreadLocal<>();
    InheritableThreadLocal<String> inheritable = new InheritableThreadLocal<>();
    local.set("outside");
    inheritable.set("outside");

    Deferred<Void> done =
        fromCoroutine(
            () -> {
              steps.add("" + local.get() + inheritable.get());
              local.set("inside");
              await(first);
              steps.add(local.get());
            });
    first.callback("one");

    assertResult(done, null);
    assertThat(steps).containsExactly("nullnull", "inside");
    assertThat(local.get()).isEqualTo("outside");
  }

  @Test
  void aCoroutineThatIsResumedInAReactorIsInIt() {
    Reactor reactor = new Reactor();
    Deferred<Void> done =
        fromCoroutine(
            () -> {
              steps.add(reactor.isInReactorThread());
              await(first);
              steps.add(reactor.isInReactorThread());
              assertThatThrownBy(second::get).hasMessageContaining("on the turn of Reactor");
            });
    done.onEither(reactor::stop);

    reactor.execute(() -> first.callback("one"));
    reactor.run();

    assertResult(done, null);
    assertThat(steps).containsExactly(false, true);
  }

  @Test
  void theDeferredFiresOnTheThreadThatHasResumedLast() {
    Deferred<Boolean> done = fromCoroutine(() -> steps.add(await(first)));
    done.onEither(() -> steps.add(Thread.currentThread()));

    first.callback("one");

    assertThat(steps).containsExactly("one", Thread.currentThread());
  }

  @Test
  void aBodyResumesAnotherOne() {
    Deferred<Void> other =
        fromCoroutine(
            () -> {
              steps.add(await(first));
              steps.add(Turn.current());
            });
    Deferred<Void> done =
        fromCoroutine(
            () -> {
              steps.add("before");
              first.callback("inside");
              steps.add("after");
            });

    assertThat(steps).containsExactly("before", "inside", Thread.currentThread(), "after");
    assertResult(other, null);
    assertResult(done, null);
  }

  @Test
  void resumesCanBeNestedDeep() {
    Deferred<Integer> start = new Deferred<>();
    Deferred<Integer> last = start;
    for (int i = 0; i < 3_000; i++) {
      Deferred<Integer> inner = last;
      last = fromCoroutine(() -> await(inner) + 1);
    }

    OtherThread.runWithStack(256 * 1024, () -> start.callback(0));

    assertResult(last, 3_000);
  }

  // ---- cancellation

  @Test
  void cancellingCancelsWhatIsAwaited() {
    Deferred<String> awaited = new Deferred<>(cancelled -> steps.add("canceller"));
    Deferred<String> done = fromCoroutine(() -> await(awaited));

    done.cancel();

    assertThat(steps).containsExactly("canceller");
    assertThat(failureResultOf(done)).isInstanceOf(CancellationException.class);
    assertResult(awaited, null);
  }

  @Test
  void aBodyMayCatchItAndGoOnAndBeCancelledAgain() {
    Deferred<String> done = fromCoroutine(() -> catching(first) + catching(second) + "ended");

    done.cancel();
    assertThat(done.state()).isInstanceOf(DeferredState.Waiting.class);
    done.cancel();

    assertResult(done, "caught caught ended");
  }

  private static String catching(Deferred<String> awaited) {
    try {
      return await(awaited) + " ";
    } catch (CancellationException e) {
      return "caught ";
    }
  }

  @Test
  void callbacksThatWereAddedBeforeKeepTheirOrder() {
    Deferred<String> done = fromCoroutine(() -> catching(first) + await(second));
    done.onSuccess(value -> steps.add("one: " + value));
    done.cancel();
    done.onSuccess(value -> steps.add("two: " + value));

    second.callback("there");

    assertThat(steps).containsExactly("one: caught there", "two: caught there");
  }

  @Test
  void cancellingTheOuterOfTwoReachesTheInnermostWait() {
    Deferred<String> inner = fromCoroutine(() -> catching(first) + "inside");
    Deferred<String> outer = fromCoroutine(() -> await(inner) + " outside");

    outer.cancel();

    assertResult(outer, "caught inside outside");
  }

  @Test
  void onlyWhatIsAwaitedNowIsCancelled() {
    Deferred<String> done = fromCoroutine(() -> await(first) + catching(second));
    first.addErrback(handled -> "not cancelled");
    first.callback("one ");

    done.cancel();

    assertResult(done, "one caught ");
  }

  @Test
  void aCancellerMayFireAValue() {
    Deferred<String> awaited = new Deferred<>(cancelled -> cancelled.callback("instead"));
    Deferred<String> done = fromCoroutine(() -> await(awaited));

    done.cancel();

    assertResult(done, "instead");
  }

  @Test
  void cancellingWhatHasEndedDoesNothing() {
    Deferred<String> done = fromCoroutine(() -> "ended");

    done.cancel();

    assertResult(done, "ended");
  }

  @Test
  void aPausedCoroutineIsCancelledAtOnce() {
    Deferred<String> done = fromCoroutine(() -> catching(first) + "ended");
    done.pause();

    done.cancel();

    assertThat(first.isCalled()).isTrue();
    done.unpause();
    assertResult(done, "caught ended");
  }

  @Test
  void aTimeoutCancelsInsideAndIsATimeoutOutside() {
    ManualClock clock = new ManualClock();
    Deferred<String> done = fromCoroutine(() -> await(first));
    done.addTimeout(Duration.ofSeconds(1), clock);

    clock.advance(Duration.ofSeconds(1));

    assertThat(failureResultOf(done)).isInstanceOf(TimeoutException.class);
  }

  @Test
  void aBodyThatCancelsItselfDoesNothingByThat() {
    AtomicReference<Deferred<String>> own = new AtomicReference<>();
    Deferred<String> done =
        fromCoroutine(
            () -> {
              await(first);
              own.get().cancel();
              return await(second);
            });
    own.set(done);

    first.callback("one");
    assertThat(second.isCalled()).isFalse();
    second.callback("two");

    assertResult(done, "two");
  }

  @Test
  void aCancelFromAnotherThreadWhileTheBodyRunsIsKeptForTheNextWait() {
    AtomicReference<Deferred<String>> own = new AtomicReference<>();
    Deferred<String> done =
        fromCoroutine(
            () -> {
              await(first);
              OtherThread.run(() -> own.get().cancel());
              await(Deferred.succeed("no wait"));
              steps.add("still here");
              return catching(second);
            });
    own.set(done);

    first.callback("one");

    assertThat(steps).containsExactly("still here");
    assertResult(done, "caught ");
  }

  @Test
  void aCancelOfItsOwnDoesNotDropOneThatIsKept() {
    AtomicReference<Deferred<String>> own = new AtomicReference<>();
    Deferred<String> done =
        fromCoroutine(
            () -> {
              await(first);
              OtherThread.run(() -> own.get().cancel());
              own.get().cancel();
              return catching(second);
            });
    own.set(done);

    first.callback("one");

    assertResult(done, "caught ");
  }

  @Test
  void aCancelFromElsewhereWhileOtherCallbacksOfTheAwaitedRunGoesToTheNextWait() {
    List<Deferred<String>> own = new ArrayList<>();
    first.onSuccess(value -> OtherThread.run(() -> own.get(0).cancel()));
    own.add(fromCoroutine(() -> await(first) + " " + catching(second)));

    first.callback("one");

    assertResult(own.get(0), "one caught ");
  }

  @Test
  void aCancelIsNotLostWhileAnInnerBodyComesToItsEnd() {
    List<Deferred<String>> own = new ArrayList<>();
    Deferred<String> inner =
        fromCoroutine(
            () -> {
              String value = await(first);
              OtherThread.run(() -> own.get(0).cancel());
              return value;
            });
    Deferred<String> between = fromCoroutine(() -> await(inner));
    own.add(fromCoroutine(() -> await(between) + " " + catching(second)));

    first.callback("one");

    assertResult(own.get(0), "one caught ");
  }

  @Test
  void aCancelThatAnInnerBodyHasUsedIsUsedUp() {
    Deferred<String> third = new Deferred<>();
    List<Deferred<String>> own = new ArrayList<>();
    Deferred<String> inner =
        fromCoroutine(
            () -> {
              await(first);
              OtherThread.run(() -> own.get(0).cancel());
              return catching(second);
            });
    own.add(fromCoroutine(() -> await(inner) + await(third)));

    first.callback("one");
    assertThat(second.isCalled()).isTrue();
    assertThat(third.isCalled()).isFalse();
    third.callback("three");

    assertResult(own.get(0), "caught three");
  }

  @Test
  void aCancelIsNotLostWhileWhatTheAwaitedWaitsForRuns() {
    Deferred<String> inner = new Deferred<>();
    List<Deferred<String>> own = new ArrayList<>();
    inner.onSuccess(value -> OtherThread.run(() -> own.get(0).cancel()));
    Deferred<String> outer = Deferred.succeed("a").chainCallback(value -> inner);
    own.add(fromCoroutine(() -> await(outer) + " " + catching(second)));

    inner.callback("one");

    assertResult(own.get(0), "one caught ");
  }

  @Test
  void aKeptCancelIsNotLostWhileTheNextAwaitedRunsElsewhere() throws InterruptedException {
    Deferred<String> third = new Deferred<>();
    CountDownLatch runs = new CountDownLatch(1);
    CountDownLatch waits = new CountDownLatch(1);
    second.onSuccess(
        value -> {
          runs.countDown();
          assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();
        });
    List<Deferred<String>> own = new ArrayList<>();
    own.add(
        fromCoroutine(
            () -> {
              await(first);
              OtherThread.run(() -> own.get(0).cancel());
              return await(second) + " " + catching(third);
            }));
    OtherThread running = OtherThread.start(() -> second.callback("two"));
    assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();

    first.callback("one");
    waits.countDown();
    running.join();

    assertResult(own.get(0), "two caught ");
  }

  @Test
  void aCancelThatHasBecomeAFallbackIsUsedUp() {
    Deferred<String> inner = new Deferred<>();
    List<Deferred<String>> own = new ArrayList<>();
    Deferred<String> chained =
        first
            .chainCallback(
                value -> {
                  OtherThread.run(() -> own.get(0).cancel());
                  return inner;
                })
            .addErrback(failure -> "fallback");
    own.add(fromCoroutine(() -> await(chained) + " " + await(second)));

    first.callback("one");
    assertThat(second.isCalled()).isFalse();
    second.callback("two");

    assertResult(own.get(0), "fallback two");
  }

  @Test
  void aCancelFromTheTurnOfACallbackIsNothingAlsoIfAnotherThreadGoesOn() {
    Deferred<String> inner = new Deferred<>();
    List<Deferred<String>> own = new ArrayList<>();
    Deferred<String> chained =
        first.chainCallback(
            value -> {
              own.get(0).cancel();
              return inner;
            });
    own.add(fromCoroutine(() -> await(chained) + " " + await(second)));

    first.callback("one");
    OtherThread.run(() -> inner.callback("inner"));
    assertThat(second.isCalled()).isFalse();
    second.callback("two");

    assertResult(own.get(0), "inner two");
  }

  @Test
  void fromACallbackOfTheAwaitedOnTheSameTurnItIsNothing() {
    List<Deferred<String>> own = new ArrayList<>();
    first.onSuccess(value -> own.get(0).cancel());
    own.add(fromCoroutine(() -> await(first) + " " + await(second)));

    first.callback("one");
    assertThat(second.isCalled()).isFalse();
    second.callback("two");

    assertResult(own.get(0), "one two");
  }

  @Test
  void aCancelThatFindsWhatTheAwaitedWaitsForIsUsedUp() {
    Deferred<String> inner = new Deferred<>();
    List<Deferred<String>> own = new ArrayList<>();
    Deferred<String> chained =
        first.chainCallback(
            value -> {
              OtherThread.run(() -> own.get(0).cancel());
              return inner;
            });
    own.add(fromCoroutine(() -> catching(chained) + await(second)));

    first.callback("one");
    assertThat(inner.isCalled()).isTrue();
    assertThat(second.isCalled()).isFalse();
    second.callback("two");

    assertResult(own.get(0), "caught two");
  }

  @Test
  void whatTheCancellerOfALateCancelThrowsIsReportedAndTheBodyStaysSuspended() {
    IllegalStateException thrown = new IllegalStateException("canceller");
    Deferred<String> stubborn =
        new Deferred<>(
            cancelled -> {
              throw thrown;
            });
    AtomicReference<Deferred<String>> own = new AtomicReference<>();
    Deferred<String> done =
        fromCoroutine(
            () -> {
              await(first);
              OtherThread.run(() -> own.get().cancel());
              return await(stubborn);
            });
    own.set(done);

    first.callback("one");
    assertThat(Reported.exceptions()).containsExactly(thrown);
    stubborn.callback("all the same");

    assertResult(done, "all the same");
  }

  @Test
  void aCancelReachesTheInnermostOfALongRow() {
    Deferred<Integer> innermost = new Deferred<>();
    Deferred<Integer> last = innermost;
    for (int i = 0; i < 3_000; i++) {
      Deferred<Integer> inner = last;
      last = fromCoroutine(() -> await(inner) + 1);
    }
    Deferred<Integer> outermost = last;

    OtherThread.runWithStack(1024 * 1024, outermost::cancel);

    assertThat(innermost.isCalled()).isTrue();
    assertThat(failureResultOf(outermost)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aCancelThatIsKeptIsDroppedAtTheEnd() {
    AtomicReference<Deferred<String>> own = new AtomicReference<>();
    Deferred<String> done =
        fromCoroutine(
            () -> {
              await(first);
              OtherThread.run(() -> own.get().cancel());
              return "ended";
            });
    own.set(done);

    first.callback("one");

    assertResult(done, "ended");
  }

  @Test
  void aDeferredThatSomebodyElseHasFiredFailsTheChainThatResumesTheBody() {
    Deferred<String> done = fromCoroutine(() -> await(first));
    done.callback("not the body's");

    first.callback("one");

    assertThat(failureResultOf(first)).isInstanceOf(AlreadyCalledException.class);
    assertResult(done, "not the body's");
  }

  @Test
  void aPendingCoroutineWaitsForEver() {
    assertNoResult(fromCoroutine(() -> await(new Deferred<>())));
  }
}
