package dev.twine;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureOf;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.raise;
import static dev.twine.Results.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lists of Deferreds: all outcomes, all values, the first value. */
class DeferredListTest {

  private final Exception boom = new Exception("boom");
  private final Deferred<String> a = new Deferred<>();
  private final Deferred<String> b = new Deferred<>();
  private final List<Object> seen = new ArrayList<>();

  // ---- of

  @Test
  void aListFiresWithTheOutcomesInTheOrderOfItsMembers() {
    Failure failure = new Failure(boom);
    Deferred<List<Outcome<String>>> list = DeferredList.of(List.of(a, b));
    b.errback(failure);
    assertNoResult(list);
    a.callback("x");

    assertResult(list, List.of(new Outcome.Success<>("x"), new Outcome.Failed<String>(failure)));
    assertThat(failureOf(b)).isSameAs(failure);
  }

  @Test
  void aListOfNothingHasFired() {
    assertResult(DeferredList.of(List.<Deferred<String>>of()), List.of());
    assertResult(DeferredList.gather(List.<Deferred<String>>of()), List.of());
    assertResult(Deferred.gatherResults(List.<Deferred<String>>of()), List.of());
    assertResult(Deferred.gatherResults(), List.of());
  }

  @Test
  void membersKeepTheirResultsForTheirOwnCallbacks() {
    Deferred<List<Outcome<String>>> list = DeferredList.of(List.of(a));
    a.onSuccess(seen::add).callback("x");

    assertThat(seen).containsExactly("x");
    assertResult(a, "x");
    assertResult(list, List.of(new Outcome.Success<>("x")));
  }

  @Test
  void aMemberCountsWithItsResultAtTheListsPlaceInItsChain() {
    Deferred<String> shaped = a.addCallback(v -> v + "1");
    Deferred<List<String>> list = Deferred.gatherResults(List.of(shaped));
    Deferred<String> later = shaped.addCallback(v -> v + "2");
    a.callback("x");

    assertResult(list, List.of("x1"));
    assertResult(later, "x12");
  }

  @Test
  void theListFiresInTheMiddleOfItsMembersChain() {
    DeferredList.of(List.of(a.onSuccess(v -> seen.add("before")))).onSuccess(v -> seen.add("list"));
    a.onSuccess(v -> seen.add("after")).callback("x");

    assertThat(seen).containsExactly("before", "list", "after");
  }

  @Test
  void consumeErrorsLeavesMembersThatFailedWithNull() {
    Deferred<List<Outcome<String>>> list =
        DeferredList.of(List.of(a, b), DeferredList.Option.CONSUME_ERRORS);
    a.errback(boom);
    b.callback("x");

    assertResult(a, null);
    assertResult(b, "x");
    assertThat(successResultOf(list)).extracting(Outcome::isSuccess).containsExactly(false, true);
  }

  @Test
  void fireOnOneErrbackFailsWithTheFirstFailureAndItsPlace() {
    Deferred<List<Outcome<String>>> list =
        DeferredList.of(List.of(a, b), DeferredList.Option.FIRE_ON_ONE_ERRBACK);
    Failure failure = new Failure(boom);
    b.errback(failure);

    assertFirstError(list, 1, failure);
    assertThat(failureOf(b)).isSameAs(failure);
    a.errback(new IOException("later failures stay on their members"));
    assertThat(failureResultOf(a)).isInstanceOf(IOException.class);
  }

  @Test
  void fireOnOneErrbackWithoutAFailureGivesTheOutcomes() {
    Deferred<List<Outcome<String>>> list =
        DeferredList.of(List.of(a), DeferredList.Option.FIRE_ON_ONE_ERRBACK);
    a.callback("x");

    assertResult(list, List.of(new Outcome.Success<>("x")));
  }

  @Test
  void membersThatHaveFiredCountAtOnceInOrder() {
    Failure first = new Failure(boom);
    Deferred<String> failed = Deferred.fail(first);
    Deferred<String> second = Deferred.fail(new IOException());
    Deferred<List<Outcome<String>>> list =
        DeferredList.of(
            List.of(Deferred.succeed("x"), failed, second),
            DeferredList.Option.FIRE_ON_ONE_ERRBACK,
            DeferredList.Option.CONSUME_ERRORS);

    assertFirstError(list, 1, first);
    assertResult(failed, null);
    assertResult(second, null);
  }

  @Test
  void aMemberMayAppearTwice() {
    Deferred<List<String>> list = Deferred.gatherResults(List.of(a, b, a));
    a.callback("x");
    b.callback("y");

    assertResult(list, List.of("x", "y", "x"));
  }

  @Test
  void aMemberMayStandInSeveralLists() {
    Deferred<List<String>> one = Deferred.gatherResults(List.of(a));
    Deferred<List<String>> two = Deferred.gatherResults(List.of(a, b));
    b.callback("y");
    a.callback("x");

    assertResult(one, List.of("x"));
    assertResult(two, List.of("x", "y"));
  }

  @Test
  void aMemberThatWaitsCountsWhenItsChainIsDone() {
    Deferred<String> inner = new Deferred<>();
    Deferred<String> waiting = Deferred.succeed("w").chainCallback(v -> inner);
    Deferred<List<String>> list = Deferred.gatherResults(List.of(waiting));
    assertNoResult(list);
    inner.callback("y");

    assertResult(list, List.of("y"));
  }

  @Test
  void aPausedMemberCountsWhenItIsUnpaused() {
    a.pause();
    Deferred<List<String>> list = Deferred.gatherResults(List.of(a));
    a.callback("x");
    assertNoResult(list);
    a.unpause();

    assertResult(list, List.of("x"));
  }

  @Test
  void nullIsAValueOfAMember() {
    Deferred<List<@Nullable String>> list =
        Deferred.gatherResults(List.of(Deferred.<@Nullable String>succeed(null)));

    assertResult(list, Collections.singletonList(null));
  }

  @Test
  void theListsOfResultsCanNotBeChanged() {
    List<String> values = successResultOf(Deferred.gatherResults(Deferred.succeed("x")));
    List<Outcome<String>> outcomes =
        successResultOf(DeferredList.of(List.of(Deferred.succeed("x"))));

    assertThatThrownBy(() -> values.set(0, "y")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(outcomes::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  // ---- gather

  @Test
  void gatherResultsGivesThePlainValues() {
    Deferred<List<String>> list = Deferred.gatherResults(a, b);
    a.callback("x");
    b.callback("y");

    assertResult(list, List.of("x", "y"));
  }

  @Test
  void gatherResultsFailsWithTheFirstFailureAndIgnoresWhatComesLater() {
    Failure failure = new Failure(boom);
    Deferred<List<String>> list = Deferred.gatherResults(List.of(a, b));
    b.errback(failure);
    assertFirstError(list, 1, failure);
    a.callback("x");

    assertResult(a, "x");
    assertThat(failureOf(b)).isSameAs(failure);
  }

  @Test
  void gatherWithConsumeErrorsTakesTheFailuresOfTheMembersAway() {
    Failure failure = new Failure(boom);
    Deferred<List<String>> list =
        DeferredList.gather(List.of(a, b), DeferredList.Option.CONSUME_ERRORS);
    a.errback(failure);
    b.errback(new IOException());

    assertFirstError(list, 0, failure);
    assertResult(a, null);
    assertResult(b, null);
  }

  @Test
  void resultsOfDifferentTypesAreCombinedWithoutCasts() {
    Deferred<Integer> number = new Deferred<>();
    Deferred<String> two = Deferred.gatherResults(a, number, (text, n) -> text.repeat(n));
    Deferred<String> three =
        Deferred.gatherResults(a, number, b, (text, n, other) -> text.repeat(n) + other);
    a.callback("x");
    number.callback(3);
    b.callback("y");

    assertResult(two, "xxx");
    assertResult(three, "xxxy");
  }

  @Test
  void whatCombiningThrowsFailsTheResult() {
    Deferred<String> good = Deferred.succeed("x");

    assertFailure(Deferred.gatherResults(good, good, (x, y) -> raise(boom)), boom);
    assertFailure(Deferred.gatherResults(good, good, good, (x, y, z) -> raise(boom)), boom);
  }

  // ---- first

  @Test
  void firstFiresWithTheFirstValueAndItsPlace() {
    Deferred<DeferredList.First<String>> first = DeferredList.first(List.of(a, b));
    a.errback(boom);
    assertNoResult(first);
    b.callback("y");

    assertResult(first, new DeferredList.First.One<>("y", 1));
    assertFailure(a, boom);
  }

  @Test
  void firstLeavesTheOthersRunning() {
    Deferred<DeferredList.First<String>> first = DeferredList.first(List.of(a, b));
    a.callback("x");
    assertThat(b.isCalled()).isFalse();
    b.callback("y");

    assertResult(first, new DeferredList.First.One<>("x", 0));
    assertResult(b, "y");
  }

  @Test
  void firstFiresWithAllOutcomesIfEveryMemberFails() {
    Failure one = new Failure(boom);
    Failure two = new Failure(new IOException());
    Deferred<DeferredList.First<String>> first =
        DeferredList.first(List.of(a, b), DeferredList.Option.CONSUME_ERRORS);
    b.errback(two);
    a.errback(one);

    assertResult(
        first,
        new DeferredList.First.None<>(
            List.of(new Outcome.Failed<String>(one), new Outcome.Failed<String>(two))));
  }

  @Test
  void firstWithFireOnOneErrbackFailsWithTheFirstFailure() {
    Failure failure = new Failure(boom);
    Deferred<DeferredList.First<String>> first =
        DeferredList.first(List.of(a, b), DeferredList.Option.FIRE_ON_ONE_ERRBACK);
    a.errback(failure);

    assertFirstError(first, 0, failure);
    assertThat(failureOf(a)).isSameAs(failure);
  }

  @Test
  void theFirstOfNothingIsRefused() {
    assertThatThrownBy(() -> DeferredList.first(List.<Deferred<String>>of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the first of no Deferreds would never fire");
  }

  // ---- cancel

  @Test
  void cancellingAListCancelsEveryMemberInOrderAndTheirAnswersDecide() {
    Deferred<String> one = new Deferred<>(d -> seen.add("one"));
    Deferred<String> fired = Deferred.succeed("fired");
    Deferred<String> two = new Deferred<>(d -> d.callback("two"));
    Deferred<List<Outcome<String>>> list =
        DeferredList.of(List.of(one, fired, two), DeferredList.Option.CONSUME_ERRORS);
    list.cancel();

    assertThat(seen).containsExactly("one");
    assertThat(successResultOf(list))
        .extracting(Outcome::isSuccess)
        .containsExactly(false, true, true);
    assertResult(two, "two");
  }

  @Test
  void cancellingAFiredListDoesNothing() {
    Deferred<DeferredList.First<String>> first = DeferredList.first(List.of(a, b));
    a.callback("x");
    first.cancel();

    assertThat(b.isCalled()).isFalse();
    assertResult(first, new DeferredList.First.One<>("x", 0));
  }

  @Test
  void aListThatACancelMakesFireCancelsTheRestAllTheSame() {
    Deferred<List<String>> list =
        DeferredList.gather(List.of(a, b), DeferredList.Option.CONSUME_ERRORS);
    list.cancel();

    assertThat(failureResultOf(list))
        .isInstanceOf(FirstErrorException.class)
        .hasCauseInstanceOf(CancellationException.class);
    assertThat(b.isCalled()).isTrue();
  }

  @Test
  void membersWhoseCancellersGiveValuesMakeAGatheringSucceed() {
    Deferred<String> one = new Deferred<>(d -> d.callback("1"));
    Deferred<String> two = new Deferred<>(d -> d.callback("2"));
    Deferred<List<String>> list = Deferred.gatherResults(one, two);
    list.cancel();

    assertResult(list, List.of("1", "2"));
  }

  @Test
  @Tag("probe")
  void whatTheCancellerOfAMemberThrowsIsReportedAndTheOthersAreCancelled() {
    Deferred<String> throwing = new Deferred<>(d -> raise(boom));
    Deferred<List<Outcome<String>>> list =
        DeferredList.of(List.of(throwing, b), DeferredList.Option.CONSUME_ERRORS);
    list.cancel();

    assertThat(Reports.reported())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.thrown()).isSameAs(boom);
              assertThat(report.where()).contains("a member of a list");
            });
    assertThat(b.isCalled()).isTrue();
    assertNoResult(list);
    throwing.callback("x");
    assertThat(successResultOf(list)).extracting(Outcome::isSuccess).containsExactly(true, false);
  }

  @Test
  void cancellingAChainThatWaitsForAListCancelsItsMembers() {
    Deferred<List<String>> list =
        DeferredList.gather(List.of(a, b), DeferredList.Option.CONSUME_ERRORS);
    Deferred<List<String>> outer = Deferred.succeed("x").chainCallback(v -> list);
    outer.cancel();

    assertThat(a.isCalled()).isTrue();
    assertThat(b.isCalled()).isTrue();
    assertThat(failureResultOf(outer)).isInstanceOf(FirstErrorException.class);
  }

  @Test
  void aListOfAListIsCancelledThroughAndThrough() {
    Deferred<List<String>> inside =
        DeferredList.gather(List.of(a), DeferredList.Option.CONSUME_ERRORS);
    Deferred<List<List<String>>> outside =
        DeferredList.gather(List.of(inside), DeferredList.Option.CONSUME_ERRORS);
    outside.cancel();

    assertThat(failureResultOf(outside))
        .isInstanceOf(FirstErrorException.class)
        .hasCauseInstanceOf(FirstErrorException.class)
        .hasRootCauseInstanceOf(CancellationException.class);
  }

  @Test
  void aListThatWasFiredByHandIgnoresItsMembers() {
    Deferred<List<String>> list = Deferred.gatherResults(List.of(a));
    list.callback(List.of("by hand"));
    a.callback("x");

    assertResult(list, List.of("by hand"));
    assertResult(a, "x");
  }

  private static void assertFirstError(Deferred<?> list, int index, Failure failure) {
    assertThat(failureResultOf(list))
        .isInstanceOfSatisfying(
            FirstErrorException.class,
            first -> {
              assertThat(first.index()).isEqualTo(index);
              assertThat(first.failure()).isSameAs(failure);
              assertThat(first).hasCause(failure.value());
            });
  }
}
