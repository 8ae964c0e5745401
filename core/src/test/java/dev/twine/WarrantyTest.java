package dev.twine;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.assertTaken;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The nine lines of the warranty in {@link Deferred}'s documentation. */
class WarrantyTest {

  private static final int MILLION = 1_000_000;
  private static final long SMALL_STACK = 256 * 1024;

  private final Exception boom = new Exception("boom");
  private final List<Object> seen = new ArrayList<>();

  // ---- 1

  @Test
  void line1ADeferredFiresAtMostOnce() {
    Deferred<String> d = new Deferred<>();
    d.onSuccess(seen::add).callback("x");

    assertThatThrownBy(() -> d.callback("y")).isInstanceOf(AlreadyCalledException.class);
    assertThatThrownBy(() -> d.errback(boom)).isInstanceOf(AlreadyCalledException.class);
    assertThat(seen).containsExactly("x");
    assertResult(d, "x");
  }

  @Test
  void line1WithDebuggingOnTheExceptionNamesTheFirstFiring() {
    Deferred.setDebugging(true);
    try {
      Deferred<String> d = new Deferred<>();
      d.callback("x");

      assertThatThrownBy(() -> d.callback("y"))
          .cause()
          .hasStackTraceContaining("line1WithDebuggingOn");
    } finally {
      Deferred.setDebugging(false);
    }
  }

  @Test
  void line1AfterACancelWithoutCancellerExactlyOneLateFiringIsSwallowed() {
    Deferred<String> d = new Deferred<>();
    d.cancel();
    d.callback("swallowed");

    assertThatThrownBy(() -> d.callback("y")).isInstanceOf(AlreadyCalledException.class);
    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
  }

  // ---- 2

  @Test
  void line2CallbacksRunInOrderOneAtATimeEachOnceWithTheResultOfTheOneBefore() {
    Deferred<Integer> d = new Deferred<>();
    AtomicBoolean running = new AtomicBoolean();
    Deferred<Integer> end = d;
    for (int i = 0; i < 1_000; i++) {
      int place = i;
      end =
          end.addCallback(
              v -> {
                assertThat(running.getAndSet(true)).isFalse();
                assertThat(v).isEqualTo(place);
                running.set(false);
                return v + 1;
              });
    }
    d.callback(0);

    assertResult(end, 1_000);
  }

  // ---- 3

  @Test
  void line3WhatACallbackDidIsSeenByTheNextOnWhateverThreadThatRuns() {
    Deferred<String> d = new Deferred<>();
    int[] plain = new int[1];
    OtherThread.run(() -> d.onSuccess(v -> plain[0]++));
    OtherThread.run(() -> d.callback("x"));
    OtherThread.run(() -> d.onSuccess(v -> plain[0]++));
    d.onSuccess(v -> seen.add(plain[0]));

    assertThat(seen).containsExactly(2);
  }

  // ---- 4

  @Test
  void line4ACallbackAddedFromInsideGoesToTheEndOfTheQueue() {
    Steps steps = new Steps();
    Deferred<String> d = new Deferred<>();
    d.onSuccess(
            v -> {
              d.onSuccess(steps.step(3));
              steps.expect(1);
            })
        .onSuccess(steps.step(2));
    d.callback("x");
    steps.finish(4);

    assertResult(d, "x");
  }

  @Test
  void line4WhileTheTakerOfItsResultRunsTheInnerOneDoesNot() {
    Steps steps = new Steps();
    Deferred<String> inner = new Deferred<>();
    Deferred<String> outer = Deferred.succeed("o").chainCallback(v -> inner);
    inner.onSuccess(steps.step(1));
    outer.onSuccess(
        v -> {
          inner.onSuccess(steps.step(2));
          steps.expect(3);
        });
    inner.callback("x");
    steps.finish(4);

    assertResult(outer, "x");
  }

  @Test
  void line4FiringAnotherDeferredRunsItsChainAtOnce() {
    Steps steps = new Steps();
    Deferred<String> other = new Deferred<>();
    other.onSuccess(steps.step(2));
    Deferred<String> d = new Deferred<>();
    d.onSuccess(
        v -> {
          steps.expect(1);
          other.callback(v);
          steps.expect(3);
        });
    d.callback("x");
    steps.finish(4);

    assertResult(d, "x");
  }

  // ---- 5

  @Test
  void line5ForwardWaitersNeedNoStack() {
    onASmallStack(
        "Deferreds, each waiting for the next, resolved from the last",
        () -> {
          List<Deferred<Integer>> all = waiters();
          all.forEach(d -> d.callback(0));

          assertResult(all.get(0), 0);
        });
  }

  @Test
  void line5BackwardWaitersNeedNoStack() {
    onASmallStack(
        "Deferreds, each returned by a callback of the one before, fired from the last",
        () -> {
          List<Deferred<Integer>> all = waiters();
          for (int i = MILLION - 1; i >= 0; i--) {
            all.get(i).callback(0);
          }

          assertResult(all.get(0), 0);
        });
  }

  @Test
  void line5FiredDeferredsThatAreReturnedNeedNoStack() {
    onASmallStack(
        "Deferreds, each fired and paused, each returned by a callback of the one before",
        () -> {
          List<Deferred<Integer>> all = waiters();
          all.forEach(Deferred::pause);
          all.forEach(d -> d.callback(0));
          all.forEach(Deferred::unpause);

          assertResult(all.get(0), 0);
        });
  }

  @Test
  void line5CallbacksThatReturnFiredDeferredsNeedNoStack() {
    onASmallStack(
        "callbacks of one Deferred, each returning a fired one",
        () -> {
          Deferred<Integer> d = new Deferred<>();
          Deferred<Integer> end = d;
          for (int i = 0; i < MILLION; i++) {
            end = end.chainCallback(v -> Deferred.succeed(v + 1));
          }
          d.callback(0);

          assertResult(end, MILLION);
        });
  }

  @Test
  void line5AlreadyFiredChainsNeedNoStack() {
    onASmallStack(
        "fired Deferreds, each returned by a callback of the next one made",
        () -> {
          Deferred<Integer> d = Deferred.succeed(0);
          for (int i = 0; i < MILLION; i++) {
            Deferred<Integer> before = d;
            d = Deferred.succeed("x").chainCallback(v -> before);
          }

          assertResult(d, 0);
        });
  }

  @Test
  void line5FailuresNeedNoStack() {
    onASmallStack(
        "Deferreds, each waiting for the next, the last of them failing",
        () -> {
          List<Deferred<Integer>> all = waiters();
          all.subList(0, MILLION - 1).forEach(d -> d.callback(0));
          all.get(MILLION - 1).errback(boom);

          assertFailure(all.get(0), boom);
        });
  }

  @Test
  void line5ChainDeferredNeedsNoStack() {
    onASmallStack(
        "links of chainDeferred",
        () -> {
          Deferred<Integer> first = new Deferred<>();
          Deferred<Integer> last = first;
          for (int i = 0; i < MILLION; i++) {
            Deferred<Integer> next = new Deferred<>();
            last.chainDeferred(next);
            last = next;
          }
          first.callback(1);

          assertResult(last, 1);
          assertResult(first, null);
        });
  }

  @Test
  void line5ForksOfForksNeedNoStack() {
    onASmallStack(
        "forks of forks",
        () -> {
          Deferred<Integer> first = new Deferred<>();
          Deferred<Integer> last = first;
          for (int i = 0; i < MILLION; i++) {
            last = last.fork();
          }
          first.callback(1);

          assertResult(last, 1);
          assertResult(first, 1);
        });
  }

  @Test
  void line5ListsInListsNeedNoStack() {
    onASmallStack(
        "lists in lists",
        () -> {
          Deferred<Object> first = new Deferred<>();
          Deferred<Object> last = first;
          for (int i = 0; i < MILLION; i++) {
            last = Deferred.widen(DeferredList.of(List.of(last)));
          }
          first.callback(1);

          assertThat(last.state()).isInstanceOf(DeferredState.Value.class);
        });
  }

  @Test
  void line5RacesOfRacesNeedNoStack() {
    onASmallStack(
        "races of races",
        () -> {
          Deferred<Object> first = new Deferred<>();
          Deferred<Object> last = first;
          for (int i = 0; i < MILLION; i++) {
            last = Deferred.widen(Deferred.race(List.of(last)));
          }
          first.callback(1);

          assertThat(last.state()).isInstanceOf(DeferredState.Value.class);
        });
  }

  @Test
  void line5AMillionMembersNeedNoStack() {
    onASmallStack(
        "members of one list",
        () -> {
          List<Deferred<Integer>> members = new ArrayList<>(MILLION);
          for (int i = 0; i < MILLION; i++) {
            members.add(new Deferred<>());
          }
          Deferred<List<Integer>> list = Deferred.gatherResults(members);
          for (int i = 0; i < MILLION; i++) {
            members.get(i).callback(i);
          }

          assertThat(successResultOf(list)).hasSize(MILLION).endsWith(MILLION - 1);
        });
  }

  @Test
  void line5CancellingThroughWaitersNeedsNoStack() {
    onASmallStack(
        "waiting Deferreds to cancel through",
        () -> {
          List<Deferred<Integer>> all = waiters();
          all.subList(0, MILLION - 1).forEach(d -> d.callback(0));
          all.get(0).cancel();

          assertThat(failureResultOf(all.get(0))).isInstanceOf(CancellationException.class);
        });
  }

  @Test
  void line5ALoopNeedsNoStackWhetherItsRoundsAreFiredOrPending() {
    onASmallStack(
        "fired rounds of a loop",
        () -> {
          int[] rounds = new int[1];
          assertResult(Deferred.loop(() -> Deferred.succeed(++rounds[0] < MILLION)), null);
          assertThat(rounds[0]).isEqualTo(MILLION);
        });
    onASmallStack(
        "pending rounds of a loop",
        () -> {
          AtomicReference<Deferred<Boolean>> round = new AtomicReference<>();
          Deferred<?> loop =
              Deferred.loop(
                  () -> {
                    round.set(new Deferred<>());
                    return round.get();
                  });
          for (int i = 1; i < MILLION; i++) {
            round.get().callback(true);
          }
          round.get().callback(false);

          assertResult(loop, null);
        });
  }

  /** A million unfired Deferreds, each with a callback that returns the next one. */
  private static List<Deferred<Integer>> waiters() {
    List<Deferred<Integer>> all = new ArrayList<>(MILLION);
    for (int i = 0; i < MILLION; i++) {
      all.add(new Deferred<>());
    }
    for (int i = 0; i < MILLION - 1; i++) {
      Deferred<Integer> next = all.get(i + 1);
      assertThat(all.get(i).<Integer>chainCallback(v -> next).isCalled()).isFalse();
    }
    return all;
  }

  private static void onASmallStack(String what, Action body) {
    OtherThread.runWithStack(SMALL_STACK, body);
    System.out.printf("warranty 5: %,d %s, on a stack of 256 KiB%n", MILLION, what);
  }

  // ---- 6

  @Test
  void line6AResultMoves() {
    Deferred<String> taken = Deferred.succeed("x");
    Deferred<String> taker = Deferred.succeed("o").chainCallback(v -> taken);

    assertResult(taker, "x");
    assertTaken(taken);
    taken.onSuccess(seen::add);
    assertThat(seen).containsExactly((Object) null);
  }

  // ---- 7

  @Test
  void line7CancelReachesTheFirstUnfiredOneAndCallsItsCanceller() {
    Deferred<String> innermost = new Deferred<>(seen::add);
    Deferred<String> inner = Deferred.succeed("i").chainCallback(v -> innermost);
    Deferred<String> outer = Deferred.succeed("o").chainCallback(v -> inner);
    outer.cancel();

    assertThat(seen).containsExactly(innermost);
    assertThat(failureResultOf(outer)).isInstanceOf(CancellationException.class);
  }

  @Test
  void line7FromInsideTheChainsOwnTurnItDoesNothing() {
    Deferred<String> inner = new Deferred<>(seen::add);
    Deferred<String> d = new Deferred<>();
    Deferred<String> end = d.onSuccess(v -> d.cancel()).chainCallback(v -> inner);
    d.callback("x");
    inner.callback("y");

    assertThat(seen).isEmpty();
    assertResult(end, "y");
  }

  @Test
  void line7FromAnotherThreadItIsKeptForTheFirstThatTheRunComesToWaitOn() {
    Deferred<String> inner = new Deferred<>(seen::add);
    Deferred<String> d = new Deferred<>();
    Deferred<String> end = d.onSuccess(v -> OtherThread.run(d::cancel)).chainCallback(v -> inner);
    d.callback("x");

    assertThat(seen).containsExactly(inner);
    assertThat(failureResultOf(end)).isInstanceOf(CancellationException.class);
  }

  @Test
  void line7ItIsDroppedWhenTheRunEndsWithoutWaiting() {
    Deferred<String> inner = new Deferred<>(seen::add);
    Deferred<String> d = new Deferred<>();
    d.onSuccess(v -> OtherThread.run(d::cancel)).callback("x");
    Deferred<String> later = d.chainCallback(v -> inner);
    inner.callback("y");

    assertThat(seen).isEmpty();
    assertResult(later, "y");
  }

  // ---- 8

  @Test
  void line8WhileACallbackBlocksEveryOtherMethodGoesOn() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Deferred<String> d = new Deferred<>();
    d.onSuccess(
        v -> {
          assertNoLockIsHeld(d);
          entered.countDown();
          OtherThread.await(leave);
        });
    OtherThread blocked = OtherThread.start(() -> d.callback("x"));
    OtherThread.await(entered);
    OtherThread.run(
        () -> {
          d.onSuccess(v -> seen.add("added"));
          assertThatThrownBy(() -> d.callback("y")).isInstanceOf(AlreadyCalledException.class);
          d.pause();
          d.unpause();
          d.cancel();
          assertThat(d.isCalled()).isTrue();
          assertThat(d.state()).isInstanceOf(DeferredState.Running.class);
          assertThat(d.toString()).contains("running");
        });
    leave.countDown();
    blocked.join();

    assertThat(seen).containsExactly("added");
  }

  @Test
  void line8WhileACancellerBlocksEveryOtherMethodGoesOn() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Deferred<String> d =
        new Deferred<>(
            it -> {
              assertNoLockIsHeld(it);
              entered.countDown();
              OtherThread.await(leave);
            });
    OtherThread blocked = OtherThread.start(d::cancel);
    OtherThread.await(entered);
    OtherThread.run(
        () -> {
          d.cancel();
          d.onSuccess(seen::add);
          d.pause();
          d.unpause();
          assertThat(d.toString()).contains("unfired");
          d.callback("x");
        });
    leave.countDown();
    blocked.join();

    assertThat(seen).containsExactly("x");
  }

  @Test
  void line8WhileAMessageIsBeingMadeEveryOtherMethodGoesOn() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Deferred<String> d = new Deferred<>();
    Exception slow =
        new Exception() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            assertNoLockIsHeld(d);
            entered.countDown();
            try {
              OtherThread.await(leave);
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            return "slow";
          }
        };
    d.onFailure(f -> seen.add(f.getErrorMessage()));
    OtherThread blocked = OtherThread.start(() -> d.errback(slow));
    OtherThread.await(entered);
    OtherThread.run(
        () -> {
          d.onFailure(f -> seen.add("added"));
          assertThat(d.toString()).contains("running");
          Deferred<String> another = Deferred.fail(new IOException());
          assertThat(failureResultOf(another)).isInstanceOf(IOException.class);
        });
    leave.countDown();
    blocked.join();

    assertThat(seen).containsExactly("slow", "added");
    assertFailure(d, slow);
  }

  private static void assertNoLockIsHeld(Deferred<?> d) {
    assertThat(Thread.holdsLock(d)).isFalse();
    Object aux = d.aux();
    assertThat(aux != null && Thread.holdsLock(aux)).isFalse();
  }

  // ---- 9

  @Test
  void line9AFinishedDeferredHoldsItsResultOnly() {
    Deferred<Object> d = new Deferred<>(it -> {});
    List<WeakReference<Object>> gone = new ArrayList<>();
    addCallbacks(d, gone);
    d.callback(new Object());
    d.onSuccess(result -> gone.add(new WeakReference<>(new Object())));

    assertCollected(gone);
    assertThat(successResultOf(d)).isNotNull();
  }

  private static void addCallbacks(Deferred<Object> d, List<WeakReference<Object>> gone) {
    for (int i = 0; i < 3; i++) {
      Object held = new Object();
      gone.add(new WeakReference<>(held));
      d.onSuccess(v -> assertThat(held).isNotNull());
    }
  }

  @Test
  void line9ACancellerIsDroppedOnceTheDeferredHasFired() {
    List<WeakReference<Object>> gone = new ArrayList<>();
    Deferred<Object> d = withCanceller(gone);
    d.callback("x");

    assertCollected(gone);
    assertResult(d, "x");
  }

  private static Deferred<Object> withCanceller(List<WeakReference<Object>> gone) {
    Object held = new Object();
    gone.add(new WeakReference<>(held));
    return new Deferred<>(d -> assertThat(held).isNotNull());
  }

  @Test
  void line9AResultThatMovedIsNotHeld() {
    List<WeakReference<Object>> gone = new ArrayList<>();
    Deferred<Object> inner = new Deferred<>();
    Deferred<Object> outer = Deferred.succeed("o").chainCallback(v -> inner);
    Deferred<String> end = outer.addCallback(v -> "replaced");
    inner.callback(watched(gone));

    assertCollected(gone);
    assertResult(end, "replaced");
    assertTaken(inner);
  }

  private static Object watched(List<WeakReference<Object>> gone) {
    Object held = new Object();
    gone.add(new WeakReference<>(held));
    return held;
  }

  @Test
  void line9AHandledFailureIsNotHeldByAnythingOfOurs() {
    List<WeakReference<Object>> gone = new ArrayList<>();
    Deferred<Object> d = new Deferred<>();
    fail(d, gone);
    d.consumeErrors(handled -> {});

    assertCollected(gone);
    assertResult(d, null);
  }

  private static void fail(Deferred<Object> d, List<WeakReference<Object>> gone) {
    Exception thrown = new Exception("to be handled");
    gone.add(new WeakReference<>(thrown));
    d.errback(thrown);
  }

  @Test
  void line9ADeferredHasThreeReferencesAndANodeToo() {
    assertThat(fields(Deferred.class)).hasSize(3).allMatch(type -> !type.isPrimitive());
    assertThat(fields(Node.class)).hasSize(3).allMatch(type -> !type.isPrimitive());
    assertThat(12 + 3 * 4).as("bytes: header and compressed references").isEqualTo(24);
  }

  private static List<Class<?>> fields(Class<?> type) {
    List<Class<?>> fields = new ArrayList<>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      for (Field field : each.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          fields.add(field.getType());
        }
      }
    }
    return fields;
  }

  private static void assertCollected(List<WeakReference<Object>> references) {
    assertThat(references).isNotEmpty();
    for (int rounds = 0; rounds < 20; rounds++) {
      System.gc();
      if (references.stream().allMatch(reference -> reference.refersTo(null))) {
        return;
      }
    }
    throw new AssertionError("something still holds what should be gone");
  }
}
