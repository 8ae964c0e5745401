package dev.twine;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureOf;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.raise;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The callbacks that the library puts around a user's: observers, typed errbacks, both sides. */
class StepTest {

  private final IOException io = new IOException("io");
  private final Exception later = new Exception("later");
  private final List<Object> seen = new ArrayList<>();

  // ---- addBoth

  @Test
  void addBothReceivesASuccessOrAFailure() {
    Failure failure = new Failure(io);
    Deferred<Outcome<String>> good = good().addBoth(outcome -> outcome);
    Deferred<Outcome<String>> bad = Deferred.<String>fail(failure).addBoth(outcome -> outcome);

    assertResult(good, new Outcome.Success<>("x"));
    assertResult(bad, new Outcome.Failed<>(failure));
  }

  @Test
  void whatAddBothThrowsIsTheNextResult() {
    assertFailure(good().addBoth(outcome -> raise(later)), later);
    assertFailure(bad().addBoth(outcome -> raise(later)), later);
  }

  // ---- typed errbacks

  @Test
  void aTypedErrbackGetsTheExceptionOfItsTypeAndOfSubclasses() {
    FileNotFoundException missing = new FileNotFoundException();
    Deferred<String> d = Deferred.fail(missing);
    d.addErrback(
        IOException.class,
        e -> {
          seen.add(e);
          return "recovered";
        });

    assertResult(d, "recovered");
    assertThat(seen).containsExactly(missing);
  }

  @Test
  void aTypedErrbackLetsTheSameFailureOfAnotherTypePass() {
    Failure failure = new Failure(io);
    Deferred<String> d = Deferred.fail(failure);
    d.addErrback(IllegalStateException.class, e -> "never")
        .chainErrback(IllegalStateException.class, e -> good())
        .onFailure(IllegalStateException.class, seen::add);

    assertThat(failureOf(d)).isSameAs(failure);
    assertThat(seen).isEmpty();
  }

  @Test
  void whatATypedErrbackThrowsReplacesTheFailure() {
    assertFailure(bad().addErrback(IOException.class, e -> raise(later)), later);
  }

  @Test
  void typedErrbacksInARowAreNestedTryBlocks() {
    Deferred<String> d = bad();
    d.addErrback(IOException.class, e -> raise(new IllegalStateException(e)))
        .addErrback(IllegalStateException.class, e -> "second");

    assertResult(d, "second");
  }

  @Test
  void aTypedChainErrbackWaits() {
    Deferred<String> retry = new Deferred<>();
    Deferred<String> d = bad().chainErrback(IOException.class, e -> retry);
    assertNoResult(d);
    retry.callback("second try");

    assertResult(d, "second try");
  }

  // ---- consumeErrors

  @Test
  void consumeErrorsHandlesAFailureAndLeavesNull() {
    Failure failure = new Failure(io);
    Deferred<@Nullable String> d = Deferred.<String>fail(failure).consumeErrors(seen::add);

    assertResult(d, null);
    assertThat(seen).containsExactly(failure);
  }

  @Test
  void consumeErrorsOfATypeLetsOthersPass() {
    Deferred<@Nullable String> handled = bad().consumeErrors(IOException.class, seen::add);
    Deferred<@Nullable String> other = bad().consumeErrors(Error.class, seen::add);

    assertResult(handled, null);
    assertFailure(other, io);
    assertThat(seen).containsExactly(io);
  }

  @Test
  void consumeErrorsLeavesAValueAlone() {
    assertResult(good().consumeErrors(seen::add), "x");
    assertThat(seen).isEmpty();
  }

  @Test
  void whatConsumeErrorsThrowsReplacesTheFailure() {
    assertFailure(bad().consumeErrors(f -> raise(later)), later);
    assertFailure(bad().consumeErrors(IOException.class, f -> raise(later)), later);
  }

  // ---- observers

  @Test
  void observersSeeTheResultAndLeaveItAlone() {
    Failure failure = new Failure(io);
    Deferred<String> good = observed(good());
    assertThat(seen)
        .containsExactly("success x", "either " + new Outcome.Success<>("x"), "in any case");
    seen.clear();
    Deferred<String> bad = observed(Deferred.fail(failure));

    assertThat(seen)
        .containsExactly(
            "failure " + failure,
            "typed " + io,
            "either " + new Outcome.Failed<>(failure),
            "in any case");
    assertResult(good, "x");
    assertThat(failureOf(bad)).isSameAs(failure);
  }

  private Deferred<String> observed(Deferred<String> d) {
    return d.onSuccess(v -> seen.add("success " + v))
        .onFailure(f -> seen.add("failure " + f))
        .onFailure(IOException.class, e -> seen.add("typed " + e))
        .onEither(outcome -> seen.add("either " + outcome))
        .onEither(this::inAnyCase);
  }

  private void inAnyCase() {
    seen.add("in any case");
  }

  @Test
  void whatAnObserverOfASuccessThrowsBecomesTheFailure() {
    assertFailure(good().onSuccess(v -> raise(later)), later);
    assertFailure(good().onEither(outcome -> raise(later)), later);
    assertFailure(good().onEither(this::explode), later);
  }

  @Test
  void whatAnObserverOfAFailureThrowsIsSuppressed() {
    for (Deferred<String> d :
        List.of(
            bad().onFailure(f -> raise(later)),
            bad().onFailure(IOException.class, e -> raise(later)),
            bad().onEither(outcome -> raise(later)),
            bad().onEither(this::explode))) {
      assertFailure(d, io);
    }
    assertThat(io.getSuppressed()).containsExactly(later, later, later, later);
  }

  @Test
  void anObserverThatThrowsTheFailureAgainChangesNothing() {
    Failure failure = new Failure(io);
    Deferred<String> d = Deferred.<String>fail(failure).onFailure(Failure::raise);

    assertThat(failureOf(d)).isSameAs(failure);
    assertThat(io).hasNoSuppressedExceptions();
  }

  @Test
  void anInterruptOfAnObserverOfAFailureSetsTheFlag() {
    InterruptedException interrupted = new InterruptedException();
    Deferred<String> d = bad().onFailure(f -> raise(interrupted));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failureResultOf(d)).hasSuppressedException(interrupted);
  }

  @Test
  void anObserverDoesNotWaitForADeferredThatItMakes() {
    Deferred<String> unfired = new Deferred<>();
    Deferred<String> d = good().onSuccess(v -> unfired.onSuccess(seen::add));

    assertResult(d, "x");
  }

  private void explode() throws Exception {
    throw later;
  }

  private Deferred<String> good() {
    return Deferred.succeed("x");
  }

  private Deferred<String> bad() {
    return Deferred.fail(io);
  }
}
