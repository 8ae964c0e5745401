package dev.twine;

import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.time.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Failures that nobody handled are reported when their Deferred is collected. */
class UnhandledTest {

  private final Exception boom = new Exception("boom");

  @BeforeEach
  void nothingLoggedYet() {
    Reports.logged();
  }

  @AfterEach
  void debuggingOff() {
    Deferred.setDebugging(false);
  }

  @Test
  void aFailureThatNobodyHandledIsReportedOnce() {
    List<UnhandledFailure> reports = afterDropping(() -> failed());

    assertThat(reports)
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.failure().value()).isSameAs(boom);
              assertThat(report.cancelled()).isFalse();
              assertThat(report.created()).isNull();
              assertThat(report.fired()).isNull();
            });
    assertThat(Reports.unhandled()).isEmpty();
  }

  @Test
  void theReportIsLoggedAsAnErrorAndSaysWhatHandles() {
    assertThat(afterDropping(() -> failed())).hasSize(1);

    LogRecord line = lineAbout(boom);
    assertThat(line.getLevel()).isEqualTo(Level.SEVERE);
    assertThat(line.getMessage()).contains("unhandled failure", "addErrback", "consumeErrors");
  }

  @Test
  void aValueIsNotReported() {
    assertThat(afterDropping(() -> Deferred.succeed("x"))).isEmpty();
  }

  @Test
  void aFailureOfAPendingChainIsReported() {
    assertThat(exceptions(() -> new Deferred<>().onSuccess(v -> {}).errback(boom)))
        .containsExactly(boom);
    assertThat(exceptions(() -> new Deferred<>().errback(boom))).containsExactly(boom);
  }

  @Test
  void anErrbackThatRecoversClearsIt() {
    assertThat(exceptions(() -> failed().addErrback(f -> "recovered"))).isEmpty();
    assertThat(exceptions(() -> failed().consumeErrors(f -> {}))).isEmpty();
  }

  @Test
  void aLaterCallbackThatFailsSetsItAgain() {
    Exception second = new Exception("second");

    assertThat(
            exceptions(() -> failed().addErrback(f -> "recovered").onSuccess(v -> raise(second))))
        .containsExactly(second);
  }

  @Test
  void lookingDoesNotHandle() {
    assertThat(exceptions(() -> failed().onFailure(f -> {}))).containsExactly(boom);
    assertThat(exceptions(() -> failed().onEither(() -> {}))).containsExactly(boom);
    assertThat(exceptions(() -> failed().addErrback(Deferred.logError()))).containsExactly(boom);
    assertThat(exceptions(() -> failed().state())).containsExactly(boom);
    assertThat(exceptions(() -> failed().onSuccess(v -> {}))).containsExactly(boom);
  }

  @Test
  void aFailureThatWasHandedToAnotherOneIsReportedByThatOneOnly() {
    assertThat(
            exceptions(() -> Deferred.succeed("x").chainCallback(v -> failed()).onFailure(f -> {})))
        .containsExactly(boom);
    assertThat(exceptions(this::waitThenFail)).containsExactly(boom);
  }

  private void waitThenFail() {
    Deferred<String> inner = new Deferred<>();
    assertNoResult(Deferred.succeed("x").chainCallback(v -> inner));
    inner.errback(boom);
  }

  @Test
  void aFailureThatWasTakenAndHandledIsNotReported() {
    assertThat(
            exceptions(
                () ->
                    Deferred.succeed("x")
                        .<String>chainCallback(v -> failed())
                        .addErrback(f -> "recovered")))
        .isEmpty();
    assertThat(exceptions(() -> assertThat(failed().toCompletableFuture()).isDone())).isEmpty();
  }

  @Test
  void oneThatFailedWhilePausedAndIsDroppedHasNotRunAndReportsNothing() {
    assertThat(exceptions(this::pauseAndFail)).isEmpty();
  }

  private void pauseAndFail() {
    Deferred<String> d = new Deferred<>();
    d.pause();
    d.errback(boom);
  }

  @Test
  void everyDeferredReportsForItself() {
    assertThat(
            exceptions(
                () -> {
                  failed();
                  failed();
                }))
        .containsExactly(boom, boom);
  }

  @Test
  void aListLeavesTheFailureOnItsMember() {
    assertThat(exceptions(() -> DeferredList.of(List.of(failed())))).containsExactly(boom);
    assertThat(
            exceptions(
                () -> DeferredList.of(List.of(failed()), DeferredList.Option.CONSUME_ERRORS)))
        .isEmpty();
  }

  @Test
  void aGatheringAndItsMemberReportBoth() {
    List<Throwable> reported = exceptions(() -> Deferred.gatherResults(failed()));

    assertThat(reported).hasSize(2).contains(boom);
    assertThat(reported).filteredOn(FirstErrorException.class::isInstance).hasSize(1);
  }

  @Test
  void aFiringThatIsSwallowedIsNotReported() {
    assertThat(exceptions(this::cancelThenFail)).isEmpty();
  }

  private void cancelThenFail() {
    Deferred<String> d = new Deferred<>();
    d.consumeErrors(cancelled -> {});
    d.cancel();
    d.errback(boom);
  }

  @Test
  void oneThatIsPartOfACircleOfReferencesIsReported() {
    assertThat(exceptions(this::failInACircle)).containsExactly(boom);
  }

  private void failInACircle() {
    Deferred<Object> d = new Deferred<>();
    Object[] circle = {d};
    d.onFailure(f -> assertThat(circle).isNotEmpty());
    d.onSuccess(v -> {}).errback(boom);
    circle[0] = new Object[] {d, circle};
  }

  // ---- forks and get()

  @Test
  void theDutyToReportMovesToTheForks() {
    assertThat(exceptions(() -> failed().fork().onFailure(f -> {}))).containsExactly(boom);
    assertThat(exceptions(() -> assertThat(failed().fork().fork()).isNotNull()))
        .containsExactly(boom);
    assertThat(exceptions(() -> failed().fork().consumeErrors(f -> {}))).isEmpty();
    assertThat(exceptions(this::forkTwice)).containsExactly(boom, boom);
  }

  private void forkTwice() {
    Deferred<String> d = new Deferred<>();
    List<Deferred<String>> forks = List.of(d.fork(), d.fork());
    d.errback(boom);
    assertThat(forks).hasSize(2);
  }

  @Test
  void aNewFailureBehindAForkIsTheOriginalsOwn() {
    Exception second = new Exception("second");

    assertThat(exceptions(() -> forkAndFailAgain(second))).containsExactlyInAnyOrder(boom, second);
  }

  private void forkAndFailAgain(Exception second) {
    Deferred<String> d = new Deferred<>();
    Deferred<String> fork = d.fork();
    d.addErrback(f -> raise(second)).errback(boom);
    assertThat(fork.isCalled()).isTrue();
  }

  @Test
  void getHandles() {
    assertThat(exceptions(() -> assertThatThrownBy(failed()::get).isSameAs(boom))).isEmpty();
  }

  // ---- cancelled

  @Test
  void aCancelledOneIsReportedAtLevelDebug() {
    List<UnhandledFailure> reports = afterDropping(() -> new Deferred<>().cancel());

    assertCancelled(reports);
  }

  @Test
  void aCancelledOneWithACancellerToo() {
    assertCancelled(afterDropping(() -> new Deferred<>(d -> {}).cancel()));
    assertThat(afterDropping(() -> new Deferred<>(d -> d.errback(boom)).cancel()))
        .singleElement()
        .matches(UnhandledFailure::cancelled);
  }

  @Test
  void aWaitingOneThatWasCancelledToo() {
    assertCancelled(
        afterDropping(() -> Deferred.succeed("x").chainCallback(v -> new Deferred<>()).cancel()));
  }

  @Test
  void oneThatWasCancelledWhilePausedToo() {
    assertCancelled(afterDropping(UnhandledTest::cancelWhilePaused));
  }

  private static void cancelWhilePaused() {
    Deferred<Object> d = new Deferred<>();
    d.pause();
    d.cancel();
    d.unpause();
    d.onSuccess(v -> {});
  }

  @Test
  void oneWhoseInnerOneWasCancelledIsNoCancelledOne() {
    assertThat(afterDropping(UnhandledTest::cancelTheInnerOne))
        .singleElement()
        .matches(report -> !report.cancelled());
  }

  private static void cancelTheInnerOne() {
    Deferred<String> inner = new Deferred<>();
    assertNoResult(Deferred.succeed("x").chainCallback(v -> inner));
    inner.cancel();
  }

  @Test
  void oneThatNobodyCancelledButATimeoutIsAnError() {
    List<UnhandledFailure> reports =
        afterDropping(
            () -> {
              ManualClock clock = new ManualClock();
              new Deferred<>().addTimeout(Duration.ZERO, clock);
              clock.advance(Duration.ZERO);
            });

    assertThat(reports)
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.failure().value()).isInstanceOf(TimeoutException.class);
              assertThat(report.cancelled()).isFalse();
            });
  }

  private static void assertCancelled(List<UnhandledFailure> reports) {
    assertThat(reports)
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.failure().value()).isInstanceOf(CancellationException.class);
              assertThat(report.cancelled()).isTrue();
              assertThat(lineAbout(report.failure().value()).getLevel()).isEqualTo(Level.FINE);
            });
  }

  // ---- debugging

  @Test
  void withDebuggingOnTheReportHasTheSites() {
    Deferred.setDebugging(true);
    List<UnhandledFailure> reports = afterDropping(() -> new Deferred<>().errback(boom));

    assertThat(reports)
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.created()).hasStackTraceContaining("UnhandledTest");
              assertThat(report.fired()).hasStackTraceContaining("UnhandledTest");
            });
    assertThat(lineAbout(boom).getMessage())
        .contains("the Deferred was made", "the Deferred was fired");
  }

  private Deferred<String> failed() {
    return Deferred.fail(boom);
  }

  private static List<UnhandledFailure> afterDropping(Action body) {
    OtherThread.run(body);
    return Reports.unhandled();
  }

  private static List<Throwable> exceptions(Action body) {
    return afterDropping(body).stream().map(report -> report.failure().value()).toList();
  }

  private static LogRecord lineAbout(Throwable thrown) {
    return Reports.logged().stream()
        .filter(line -> line.getThrown() == thrown)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aForkThatSwallowsTheFailureLeavesTheDutyToTheOriginal() {
    assertThat(exceptions(this::failWithACancelledFork)).containsExactly(boom);
  }

  private void failWithACancelledFork() {
    Deferred<String> d = new Deferred<>();
    Deferred<String> fork = d.fork();
    fork.consumeErrors(cancelled -> {});
    fork.cancel();
    d.errback(boom);
  }

  @Test
  void aForkThatWasFiredBeforeLeavesTheDutyToTheOriginal() {
    assertThat(exceptions(this::failWithAFiredFork)).containsExactly(boom);
  }

  private void failWithAFiredFork() {
    Deferred<String> d = new Deferred<>();
    d.fork().callback("early");
    d.errback(boom);
  }

  @Test
  void theDutyStaysWithTheForksThroughAPauseOfTheOriginal() {
    assertThat(exceptions(this::pauseBehindAFork)).containsExactly(boom);
  }

  private void pauseBehindAFork() {
    Deferred<String> d = new Deferred<>();
    Deferred<String> fork = d.fork();
    d.onFailure(f -> d.pause()).onFailure(f -> {});
    d.errback(boom);
    d.unpause();
    assertThat(fork.isCalled()).isTrue();
  }

  @Test
  void aFailureThatIsLookedAtIsHandledUntilItHasPassedACallback() {
    assertThat(exceptions(() -> look())).isEmpty();
    assertThat(exceptions(() -> look().onFailure(f -> {}))).containsExactly(boom);
    assertThat(exceptions(() -> look().onSuccess(value -> {}))).containsExactly(boom);
    assertThat(exceptions(() -> lookAtCancelled().onSuccess(value -> {}))).hasSize(1);
  }

  private static Deferred<String> lookAtCancelled() {
    Deferred<String> d = new Deferred<>(cancelled -> {});
    d.cancel();
    assertThat(d.outcomeOrNull()).isInstanceOf(Outcome.Failed.class);
    return d;
  }

  private Deferred<String> look() {
    Deferred<String> d = failed();
    assertThat(d.outcomeOrNull()).isInstanceOf(Outcome.Failed.class);
    assertThat(new Deferred<>().outcomeOrNull()).isNull();
    return d;
  }

  @Test
  void aHandledFailureThatIsLookedAtAgainStaysHandled() {
    assertThat(exceptions(() -> getAndLook())).isEmpty();
  }

  private void getAndLook() {
    Deferred<String> d = failed();
    assertThatThrownBy(d::get).isSameAs(boom);
    d.onFailure(f -> {});
  }

  @Test
  void oneThatIsUnpausedAfterItFailedWhilePausedIsReported() {
    assertThat(exceptions(this::pauseFailAndUnpause)).containsExactly(boom);
  }

  private void pauseFailAndUnpause() {
    Deferred<String> d = new Deferred<>();
    d.pause();
    d.errback(boom);
    d.unpause();
  }
}
