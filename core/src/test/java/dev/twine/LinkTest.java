package dev.twine;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.assertTaken;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The callbacks that the run loop knows: chainDeferred, fork, loop. */
class LinkTest {

  private final Exception boom = new Exception("boom");
  private final List<Object> seen = new ArrayList<>();
  private final Deferred<String> a = new Deferred<>();
  private final Deferred<Object> b = new Deferred<>();

  // ---- chainDeferred

  @Test
  void chainDeferredMovesTheResultToTheOtherOne() {
    a.chainDeferred(b);
    b.onSuccess(v -> seen.add("b: " + v));
    a.onSuccess(v -> seen.add("a: " + v));
    a.callback("x");

    assertThat(seen).containsExactly("b: x", "a: null");
    assertResult(b, "x");
    assertResult(a, null);
  }

  @Test
  void chainDeferredMovesAFailureAndHandlesIt() {
    a.chainDeferred(b);
    a.errback(boom);

    assertResult(a, null);
    assertFailure(b, boom);
  }

  @Test
  void chainDeferredFromAFiredOneFiresTheOtherAtOnce() {
    a.callback("x");
    a.chainDeferred(b);

    assertResult(b, "x");
  }

  @Test
  void chainDeferredToAFiredOneFailsTheSource() {
    b.callback("early");
    a.chainDeferred(b);
    a.callback("x");

    assertThat(failureResultOf(a)).isInstanceOf(AlreadyCalledException.class);
    assertResult(b, "early");
  }

  @Test
  void nothingFlowsBackThroughChainDeferred() {
    a.chainDeferred(b);
    b.cancel();
    assertThat(a.isCalled()).isFalse();
    a.callback("swallowed by b");

    assertThat(failureResultOf(b)).isInstanceOf(CancellationException.class);
    assertResult(a, null);
  }

  @Test
  void theOtherOnesChainRunsBeforeTheSourceGoesOn() {
    b.onSuccess(v -> seen.add("b 1")).onSuccess(v -> seen.add("b 2"));
    a.onSuccess(v -> seen.add("a 1"));
    a.chainDeferred(b);
    a.onSuccess(v -> seen.add("a 2")).callback("x");

    assertThat(seen).containsExactly("a 1", "b 1", "b 2", "a 2");
  }

  @Test
  void aSourceWhoseTargetComesToWaitGoesOn() {
    Deferred<Object> inner = new Deferred<>();
    Deferred<Object> end = b.chainCallback(v -> inner);
    a.chainDeferred(b);
    a.onSuccess(v -> seen.add("a goes on: " + v)).callback("x");

    assertThat(seen).containsExactly("a goes on: null");
    inner.callback("y");
    assertResult(end, "y");
  }

  @Test
  void aPausedTargetKeepsWhatItWasFiredWith() {
    b.pause();
    a.chainDeferred(b);
    a.callback("x");
    assertThat(b.state()).isEqualTo(new DeferredState.Value<>("x", false, 1));
    b.unpause();

    assertResult(b, "x");
  }

  @Test
  void aTargetThatSomebodyWaitsForHandsItsResultOn() {
    Deferred<Object> waiting = Deferred.succeed("w").chainCallback(v -> b);
    a.chainDeferred(b);
    a.callback("x");

    assertResult(waiting, "x");
    assertTaken(b);
  }

  @Test
  void aPausedOneThatWaitsForTheTargetTakesTheResultAndHoldsItBack() {
    Deferred<Object> waiting = Deferred.succeed("w").chainCallback(v -> b);
    waiting.pause();
    a.chainDeferred(b);
    a.callback("x");
    assertThat(waiting.state()).isEqualTo(new DeferredState.Value<>("x", false, 1));
    waiting.unpause();

    assertResult(waiting, "x");
  }

  // ---- fork

  @Test
  void aForkFiresWithTheSameOutcomeAndLeavesTheChainAsItIs() {
    Deferred<String> fork = a.fork();
    Deferred<Integer> length = fork.addCallback(String::length);
    a.onSuccess(seen::add).callback("xyz");

    assertResult(length, 3);
    assertThat(seen).containsExactly("xyz");
  }

  @Test
  void aForkOfAFiredOneHasFired() {
    assertResult(Deferred.succeed("x").fork(), "x");
    Deferred<String> failed = Deferred.fail(boom);
    assertFailure(failed.fork(), boom);

    assertFailure(failed, boom);
  }

  @Test
  void aForkSeesTheResultAtItsPlace() {
    Deferred<String> one = a.addCallback(v -> v + "1");
    Deferred<String> fork = one.fork();
    Deferred<String> two = one.addCallback(v -> v + "2");
    a.callback("x");

    assertResult(fork, "x1");
    assertResult(two, "x12");
  }

  @Test
  void cancellingAForkNeverCancelsTheOriginal() {
    Deferred<String> fork = a.fork();
    fork.cancel();

    assertThat(failureResultOf(fork)).isInstanceOf(CancellationException.class);
    assertThat(a.isCalled()).isFalse();
    a.callback("x");
    assertResult(a, "x");
  }

  @Test
  void aForkThatSomebodyFiredBeforeChangesNothingForTheOriginal() {
    Deferred<String> fork = a.fork();
    fork.callback("early");
    a.callback("x");

    assertResult(fork, "early");
    assertResult(a, "x");
  }

  // ---- loop

  @Test
  void aLoopRepeatsWhileTheResultIsTrue() {
    AtomicInteger rounds = new AtomicInteger();
    Deferred<?> loop = Deferred.loop(() -> Deferred.succeed(rounds.incrementAndGet() < 5));

    assertResult(loop, null);
    assertThat(rounds).hasValue(5);
  }

  @Test
  void theFirstRoundOfALoopRunsAtOnceAndEachFurtherOneWhereTheLastWasFired() {
    List<Deferred<Boolean>> rounds = new ArrayList<>();
    Deferred<?> loop = Deferred.loop(() -> added(rounds));
    assertThat(rounds).hasSize(1);
    rounds.get(0).callback(true);
    assertThat(rounds).hasSize(2);
    rounds.get(1).callback(true);
    assertNoResult(loop);
    rounds.get(2).callback(false);

    assertResult(loop, null);
    assertThat(rounds).hasSize(3);
  }

  @Test
  void nullEndsALoopAsAResultAndAsARound() {
    assertResult(Deferred.loop(() -> Deferred.succeed(null)), null);
    assertResult(Deferred.loop(() -> null), null);
  }

  @Test
  void aRoundThatFailsFailsTheLoop() {
    Deferred<Boolean> pending = new Deferred<>();
    Deferred<?> loop = Deferred.loop(() -> pending);
    pending.errback(boom);

    assertFailure(loop, boom);
    assertFailure(Deferred.loop(() -> Deferred.fail(boom)), boom);
    assertFailure(Deferred.loop(() -> raise(boom)), boom);
  }

  @Test
  void cancellingALoopCancelsTheRoundItWaitsFor() {
    Deferred<Boolean> round = new Deferred<>(d -> seen.add("cancelled"));
    Deferred<?> loop = Deferred.loop(() -> round);
    loop.cancel();

    assertThat(seen).containsExactly("cancelled");
    assertThat(failureResultOf(loop)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aRoundWhoseCancellerGivesFalseEndsTheLoopWell() {
    Deferred<Boolean> round = new Deferred<>(d -> d.callback(false));
    Deferred<?> loop = Deferred.loop(() -> round);
    loop.cancel();

    assertResult(loop, null);
  }

  @Test
  void aRoundThatWasFiredKeepsItsResult() {
    Deferred<Boolean> round = Deferred.succeed(false);
    assertResult(Deferred.loop(() -> round), null);

    assertResult(round, false);
  }

  @Test
  void aLoopCanBePausedAndGoesOnWithTheRoundItHas() {
    List<Deferred<Boolean>> rounds = new ArrayList<>();
    Deferred<?> loop = Deferred.loop(() -> added(rounds));
    loop.pause();
    rounds.get(0).callback(true);
    assertThat(rounds).hasSize(1);
    loop.unpause();
    assertThat(rounds).hasSize(2);
    rounds.get(1).callback(false);

    assertResult(loop, null);
  }

  @Test
  void whatIsAddedToALoopRunsAfterItsEnd() {
    Deferred<Boolean> round = new Deferred<>();
    Deferred<?> loop = Deferred.loop(() -> round);
    loop.onSuccess(v -> seen.add("end"));
    assertThat(seen).isEmpty();
    round.callback(false);

    assertThat(seen).containsExactly("end");
  }

  @Test
  void aLinkIsNotForCalling() {
    Link link = new Link.Fork(b);
    Link waiter = new Link.Waiter(b);

    assertThatThrownBy(() -> link.call("x")).isInstanceOf(AssertionError.class);
    assertThatThrownBy(waiter::target).isInstanceOf(AssertionError.class);
    assertThat(waiter.give("x")).isSameAs(Link.NOTHING);
    assertThat(waiter.left("x")).isEqualTo("x");
  }

  private static Deferred<Boolean> added(List<Deferred<Boolean>> rounds) {
    rounds.add(new Deferred<>());
    return rounds.get(rounds.size() - 1);
  }
}
