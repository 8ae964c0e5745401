package dev.twine;

import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Debugging: where Deferreds were made and fired. */
class SitesTest {

  private final List<Object> seen = new ArrayList<>();

  @BeforeEach
  void debuggingOn() {
    Deferred.setDebugging(true);
  }

  @AfterEach
  void debuggingOff() {
    Deferred.setDebugging(false);
  }

  @Test
  void debuggingIsWhatWasSet() {
    assertThat(Deferred.getDebugging()).isTrue();
    Deferred.setDebugging(false);

    assertThat(Deferred.getDebugging()).isFalse();
  }

  @Test
  void aSecondFiringNamesTheFirstAndWhereTheDeferredWasMade() {
    Deferred<String> d = madeHere();
    firedHere(d);

    assertThatThrownBy(() -> d.callback("again"))
        .isInstanceOf(AlreadyCalledException.class)
        .hasMessageContaining("the Deferred was made at")
        .hasMessageContaining("SitesTest.madeHere")
        .cause()
        .hasStackTraceContaining("the Deferred was fired first at")
        .hasStackTraceContaining("SitesTest.firedHere");
  }

  @Test
  void withoutDebuggingTheMessageSaysHowToLearnMore() {
    Deferred.setDebugging(false);
    Deferred<String> d = madeHere();
    firedHere(d);

    assertThatThrownBy(() -> d.callback("again"))
        .hasMessageContaining("Deferred.setDebugging(true)")
        .hasNoCause();
  }

  @Test
  void turnedOnAfterTheDeferredWasMadeItStillNamesTheFirstFiring() {
    Deferred.setDebugging(false);
    Deferred<String> d = madeHere();
    Deferred.setDebugging(true);
    firedHere(d);

    assertThatThrownBy(() -> d.callback("again"))
        .cause()
        .hasStackTraceContaining("SitesTest.firedHere");
  }

  @Test
  void turnedOffLaterItNamesWhereTheDeferredWasMade() {
    Deferred<String> d = madeHere();
    Deferred.setDebugging(false);
    firedHere(d);

    assertThatThrownBy(() -> d.callback("again")).hasMessageContaining("SitesTest.madeHere");
  }

  @Test
  void aDeferredThatWasMadeFiredNamesThatPlace() {
    Deferred<String> d = Deferred.succeed("x");

    assertThatThrownBy(() -> d.callback("again"))
        .cause()
        .hasStackTraceContaining("SitesTest.aDeferredThatWasMadeFiredNamesThatPlace");
  }

  @Test
  void cancellersWorkAsWithoutDebugging() {
    Deferred<String> d = new Deferred<>(seen::add);
    d.cancel();

    assertThat(seen).containsExactly(d);
    assertThat(failureResultOf(d)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aCancellerThatThrowsCanBeCalledAgain() {
    Exception boom = new Exception("boom");
    Deferred<String> d = new Deferred<>(it -> raise(boom));

    assertThatThrownBy(d::cancel).isSameAs(boom);
    assertThatThrownBy(d::cancel).isSameAs(boom);
  }

  @Test
  void waitingAndCancellingWhatIsWaitedForWorkAsWithoutDebugging() {
    Deferred<String> inner = new Deferred<>(seen::add);
    Deferred<String> outer = Deferred.succeed("x").chainCallback(v -> inner);
    assertThat(outer.state()).isEqualTo(new DeferredState.Waiting<>(inner, 0));
    outer.cancel();

    assertThat(seen).containsExactly(inner);
    assertThat(failureResultOf(outer)).isInstanceOf(CancellationException.class);
  }

  @Test
  void returningOnesOwnDeferredNamesItsSites() {
    Deferred<String> d = madeHere();
    Deferred<String> end = d.chainCallback(v -> d);
    firedHere(d);

    assertThat(failureResultOf(end)).hasMessageContaining("SitesTest.madeHere");
  }

  @Test
  void aResultThatIsWantedAgainNamesTheSitesOfTheTaken() {
    Deferred<String> taken = madeHere();
    firedHere(taken);
    assertResult(Deferred.succeed("x").chainCallback(v -> taken), "made and fired");
    Reports.logged();
    assertResult(Deferred.succeed("x").chainCallback(v -> taken), null);

    assertThat(Reports.logged())
        .singleElement()
        .satisfies(line -> assertThat(line.getMessage()).contains("SitesTest.madeHere"));
  }

  @Test
  void sitesWithNothingKnownAreNoText() {
    assertThat(Sites.text(null, null)).isEmpty();
  }

  private static Deferred<String> madeHere() {
    return new Deferred<>();
  }

  private static void firedHere(Deferred<String> d) {
    d.callback("made and fired");
  }
}
