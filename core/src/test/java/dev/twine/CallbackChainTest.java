package dev.twine;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.assertTaken;
import static dev.twine.Results.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.twine.time.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Callbacks that are prepared once do what they would do if they were added one by one. */
class CallbackChainTest {

  private final IOException boom = new IOException("boom");
  private final List<String> seen = new ArrayList<>();

  /** "a" becomes "a12"; a failure on the way becomes "saved", and then "saved3". */
  private final CallbackChain<String, String> chain =
      CallbackChain.of(
          d ->
              d.addCallback(text -> text + "1")
                  .addCallback(text -> text.startsWith("bad") ? raise(boom) : text + "2")
                  .addErrback(failure -> "saved")
                  .addCallback(text -> text + "3"));

  /** Waits for {@link #inner} in the middle. */
  private final Deferred<String> inner = new Deferred<>();

  private final CallbackChain<String, String> waiting =
      CallbackChain.of(
          d ->
              d.onSuccess(seen::add)
                  .chainCallback(text -> inner)
                  .onSuccess(seen::add)
                  .addCallback(text -> text + "!"));

  @Test
  void stepsRunAtOnceOnADeferredThatHasItsResult() {
    assertResult(Deferred.succeed("a").addAll(chain), "a123");
    assertResult(Deferred.succeed("bad").addAll(chain), "saved3");
    assertResult(Deferred.<String>fail(boom).addAll(chain), "saved3");
  }

  @Test
  void stepsRunWhenTheDeferredIsFired() {
    Deferred<String> d = new Deferred<>();
    Deferred<String> end = d.addAll(chain);

    assertNoResult(end);
    d.callback("a");
    assertResult(end, "a123");
  }

  @Test
  void stepsRunBetweenWhatWasAddedBeforeAndAfter() {
    Deferred<String> d = new Deferred<>();
    Deferred<String> end =
        d.addCallback(text -> text + "0")
            .addAll(chain)
            .addCallback(text -> text + "4")
            .addAll(chain)
            .addCallback(text -> text + "5");
    d.callback("a");

    assertResult(end, "a012341235");
  }

  @Test
  void aChainMayBeUsedAgain() {
    Deferred<String> d = Deferred.succeed("a");

    assertResult(d.addAll(chain).addAll(chain), "a123123");
  }

  @Test
  void aChainMayConsistOfChains() {
    CallbackChain<String, String> thrice =
        CallbackChain.of(d -> d.addAll(chain).addCallback(text -> text + "-").addAll(chain));

    assertResult(Deferred.succeed("a").addAll(thrice), "a123-123");
  }

  @Test
  void aChainOfNothingLeavesTheResultAlone() {
    CallbackChain<String, String> nothing = CallbackChain.of(d -> d);
    Deferred<String> d = new Deferred<>();
    Deferred<String> end = d.addAll(nothing);
    d.callback("a");

    assertResult(end, "a");
    assertResult(Deferred.succeed("b").addAll(nothing), "b");
    assertFailure(Deferred.fail(boom).addAll(CallbackChain.of(each -> each)), boom);
  }

  @Test
  void aChainThatEndsInAFailureLeavesIt() {
    CallbackChain<String, String> failing = CallbackChain.of(d -> d.addCallback(t -> raise(boom)));
    Deferred<String> pending = new Deferred<>();
    Deferred<String> end = pending.addAll(failing);
    pending.callback("a");

    assertFailure(end, boom);
    assertFailure(Deferred.succeed("a").addAll(failing), boom);
  }

  @Test
  void aStepMayReturnADeferredThatIsWaitedFor() {
    Deferred<String> end = Deferred.succeed("a").addAll(waiting);

    assertThat(end.state()).isEqualTo(new DeferredState.Waiting<>(inner, 0));
    inner.callback("b");
    assertResult(end, "b!");
    assertThat(seen).containsExactly("a", "b");
    assertTaken(inner);
  }

  @Test
  void aWaitInTheMiddleKeepsWhatStandsBehindTheSteps() {
    Deferred<String> d = new Deferred<>();
    Deferred<String> end = d.addAll(waiting).addCallback(text -> text + "?");
    d.callback("a");
    inner.callback("b");

    assertResult(end, "b!?");
  }

  @Test
  void aFiredDeferredThatAStepReturnsIsTaken() {
    inner.callback("b");

    assertResult(Deferred.succeed("a").addAll(waiting), "b!");
  }

  @Test
  void cancelReachesWhatAStepWaitsFor() {
    Deferred<String> end = Deferred.succeed("a").addAll(waiting);
    end.cancel();

    assertThat(Results.failureResultOf(end)).isInstanceOf(CancellationException.class);
    assertThat(inner.isCalled()).isTrue();
  }

  @Test
  void aPauseFromWithinStopsBetweenTwoSteps() {
    Deferred<String> d = new Deferred<>();
    CallbackChain<String, String> pausing =
        CallbackChain.of(each -> each.onSuccess(text -> d.pause()).onSuccess(seen::add));
    Deferred<String> end = d.addAll(pausing);
    d.callback("a");

    assertThat(seen).isEmpty();
    d.unpause();
    assertThat(seen).containsExactly("a");
    assertResult(end, "a");
  }

  @Test
  void aPauseStopsTheStepsOfAFiredDeferredToo() {
    Deferred<String> d = Deferred.succeed("a");
    CallbackChain<String, String> pausing =
        CallbackChain.of(each -> each.onSuccess(text -> d.pause()).onSuccess(seen::add));
    Deferred<String> end = d.addAll(pausing);

    assertThat(seen).isEmpty();
    d.unpause();
    assertResult(end, "a");
    assertThat(seen).containsExactly("a");
  }

  @Test
  void whatAStepAddsGoesToTheEnd() {
    Deferred<String> d = new Deferred<>();
    CallbackChain<String, String> adding =
        CallbackChain.of(
            each ->
                each.onSuccess(text -> d.onSuccess(t -> seen.add("added"))).onSuccess(seen::add));
    Deferred<String> end = d.addAll(adding);
    d.callback("a");

    assertResult(end, "a");
    assertThat(seen).containsExactly("a", "added");
  }

  @Test
  void aFailureThatAForkHasHandledStaysHandled() {
    Deferred<String> d = Deferred.fail(boom);
    Deferred<String> fork = d.fork();
    Deferred<String> end = d.addAll(CallbackChain.of(each -> each.onFailure(f -> seen.add("f"))));

    assertFailure(end, boom);
    assertFailure(fork, boom);
    assertThat(seen).containsExactly("f");
  }

  @Test
  void errbacksAloneLeaveATakenResultTaken() {
    CallbackChain<String, String> errbacks = CallbackChain.of(d -> d.addErrback(f -> "saved"));
    CallbackChain<String, String> nested = CallbackChain.of(d -> d.addAll(errbacks));
    Deferred<String> source = Deferred.succeed("a");
    Deferred<String> taker = Deferred.succeed("start").chainCallback(text -> source);
    Deferred<String> same = source.addAll(errbacks).addAll(nested);

    assertTaken(same);
    assertResult(taker, "a");
    assertResult(Deferred.<String>fail(boom).addAll(nested), "saved");
  }

  @Test
  void callbacksAloneLeaveAFailureAlone() {
    CallbackChain<String, String> callbacks = CallbackChain.of(d -> d.addCallback(text -> "x"));
    Deferred<String> pending = new Deferred<>();
    Deferred<String> end = pending.addAll(callbacks);
    pending.errback(boom);

    assertFailure(end, boom);
    assertFailure(Deferred.<String>fail(boom).addAll(callbacks), boom);
  }

  @Test
  void onlyCallbacksCanBePrepared() {
    ManualClock clock = new ManualClock();
    Deferred<String> other = new Deferred<>();

    assertThatNullPointerException().isThrownBy(() -> CallbackChain.of(null));
    assertThatNullPointerException().isThrownBy(() -> other.addAll(null)).withMessage("chain");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallbackChain.of((Deferred<String> d) -> other))
        .withMessageContaining("return the Deferred");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CallbackChain.<String, String>of(d -> null));
    assertThatIllegalArgumentException().isThrownBy(() -> prepare(d -> d.callback("x")));
    assertThatIllegalArgumentException().isThrownBy(() -> prepare(Deferred::pause));
    assertThatIllegalArgumentException().isThrownBy(() -> prepare(d -> d.chainDeferred(other)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> prepare(d -> seen.add(d.fork().toString())))
        .withMessageContaining("fork");
    assertThatIllegalStateException().isThrownBy(() -> prepare(Deferred::cancel));
    assertThatIllegalStateException().isThrownBy(() -> prepare(d -> seen.add(d.get())));
    assertThatIllegalStateException()
        .isThrownBy(() -> prepare(d -> seen.add(d.toCompletableFuture().toString())));
    assertThatIllegalStateException()
        .isThrownBy(() -> prepare(d -> d.addTimeout(Duration.ofSeconds(1), clock)))
        .withMessageContaining("a timeout");
    assertThat(clock.pendingCalls()).isEmpty();
  }

  private static void prepare(Effect<Deferred<String>> misuse) {
    CallbackChain.of(
        (Deferred<String> d) -> {
          try {
            misuse.call(d);
          } catch (RuntimeException thrown) {
            throw thrown;
          } catch (Throwable thrown) {
            throw new AssertionError(thrown);
          }
          return d;
        });
  }
}
