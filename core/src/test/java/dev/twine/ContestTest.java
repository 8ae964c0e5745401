package dev.twine;

import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code race}: the first success, and the others cancelled. */
class ContestTest {

  private final Exception boom = new Exception("boom");
  private final Deferred<String> a = new Deferred<>();
  private final Deferred<String> b = new Deferred<>();
  private final List<Object> seen = new ArrayList<>();

  @Test
  void theFirstSuccessWinsAndTheOthersAreCancelledBeforeTheRaceFires() {
    Deferred<String> loser = new Deferred<>(d -> seen.add("cancelled"));
    Deferred<Winner<String>> race = Deferred.race(loser, a, b).onSuccess(seen::add);
    a.callback("x");

    assertThat(seen).containsExactly("cancelled", new Winner<>(1, "x"));
    assertResult(race, new Winner<>(1, "x"));
    assertResult(loser, null);
    assertResult(a, null);
    assertResult(b, null);
  }

  @Test
  void aMemberThatHasFiredWinsAtOnce() {
    Deferred<Winner<String>> race = Deferred.race(List.of(Deferred.succeed("x"), b));

    assertResult(race, new Winner<>(0, "x"));
    assertThat(b.isCalled()).isTrue();
    assertResult(b, null);
  }

  @Test
  void ifEveryMemberFailsTheRaceFailsWithAllFailuresInOrder() {
    Failure one = new Failure(boom);
    Failure two = new Failure(new IOException());
    Deferred<Winner<String>> race = Deferred.race(a, b);
    b.errback(two);
    assertNoResult(race);
    a.errback(one);

    assertThat(failureResultOf(race))
        .isInstanceOfSatisfying(
            FailureGroupException.class,
            group -> assertThat(group.failures()).containsExactly(one, two));
    assertResult(a, null);
    assertResult(b, null);
  }

  @Test
  void aSuccessAfterFailuresWins() {
    Deferred<Winner<String>> race = Deferred.race(a, b);
    a.errback(boom);
    b.callback("y");

    assertResult(race, new Winner<>(1, "y"));
  }

  @Test
  void whatALosersCancellerFiresIsIgnored() {
    Deferred<String> loser = new Deferred<>(d -> d.callback("too late"));
    Deferred<Winner<String>> race = Deferred.race(loser, a);
    a.callback("x");

    assertResult(race, new Winner<>(1, "x"));
    assertResult(loser, null);
  }

  @Test
  @Tag("probe")
  void whatALosersCancellerThrowsIsReportedAndTheRaceFiresAllTheSame() {
    Deferred<String> loser = new Deferred<>(d -> raise(boom));
    Deferred<Winner<String>> race = Deferred.race(loser, a);
    a.callback("x");

    assertResult(race, new Winner<>(1, "x"));
    assertThat(Reports.reported()).extracting(Reports.Thrown::thrown).containsExactly(boom);
    assertThat(loser.isCalled()).isFalse();
    loser.errback(new IOException("a late failure"));
    assertResult(loser, null);
  }

  @Test
  void cancellingARaceCancelsEveryMember() {
    Deferred<Winner<String>> race = Deferred.race(a, b);
    race.cancel();

    assertThat(failureResultOf(race))
        .isInstanceOfSatisfying(
            FailureGroupException.class,
            group ->
                assertThat(group.failures())
                    .extracting(Failure::value)
                    .hasOnlyElementsOfType(CancellationException.class));
  }

  @Test
  void aCancelThatAMemberAnswersWithAValueLetsThatOneWin() {
    Deferred<String> answering = new Deferred<>(d -> d.callback("answer"));
    Deferred<Winner<String>> race = Deferred.race(a, answering);
    race.cancel();

    assertResult(race, new Winner<>(1, "answer"));
  }

  @Test
  void aCancelThatNoMemberAnswersFailsTheRaceAndLateFailuresAreIgnored() {
    a.pause();
    Deferred<Winner<String>> race = Deferred.race(a, b);
    race.cancel();
    assertThat(failureResultOf(race)).isInstanceOf(CancellationException.class);
    a.unpause();

    assertResult(a, null);
    assertResult(race, null);
  }

  @Test
  void cancellingAFiredRaceDoesNothing() {
    Deferred<Winner<String>> race = Deferred.race(a);
    a.callback("x");
    race.cancel();

    assertResult(race, new Winner<>(0, "x"));
  }

  @Test
  void aRaceOfNothingIsRefused() {
    assertThatThrownBy(() -> Deferred.race(List.<Deferred<String>>of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a race of no Deferreds would never end");
    assertThatThrownBy(() -> Deferred.<String>race()).isInstanceOf(IllegalArgumentException.class);
  }
}
