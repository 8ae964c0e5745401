package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lists and races whose members are fired, added to and cancelled by two threads. */
@Tag("race")
class ListRaceTest {

  static final Race LAST_SLOTS =
      new Race("list slot × list slot", LastSlots::new, "left is the last", "right is the last");

  static final Race LAST_SLOTS_OF_FAILURES =
      new Race(
          "list slot × list slot, both fail",
          LastSlotsOfFailures::new,
          "the first failed first",
          "the second failed first");

  static final Race SLOT_ADD =
      new Race(
          "list slot × add to the member",
          SlotAndAdd::new,
          "the slot is first",
          "the callback is first");

  static final Race RACE_SLOTS =
      new Race("race slot × race slot", RaceSlots::new, "the first wins", "the second wins");

  static final Race RACE_SLOTS_OF_FAILURES =
      new Race(
          "race slot × race slot, both fail",
          RaceSlotsOfFailures::new,
          "left is the last",
          "right is the last");

  static final Race SLOT_CANCEL =
      new Race("list slot × cancel of the list", SlotAndCancel::new, "value", "cancellation");

  private static final class Planned extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Planned(String name) {
      super(name, null, false, false);
    }
  }

  /** Two members and what becomes of them together. */
  private abstract static class TwoMembers extends RaceRound {
    final Deferred<Object> first = new Deferred<>();
    final Deferred<Object> second = new Deferred<>();
    final List<Object> fired = new ArrayList<>();
    private String firedOn = "nowhere";

    final void watch(Deferred<?> together) {
      then(
          together,
          result -> {
            firedOn = side();
            fired.add(result);
            return null;
          });
    }

    @Override
    void left() {
      first.callback("one");
    }

    @Override
    void right() {
      second.callback("two");
    }

    final String last() {
      return firedOn + " is the last";
    }
  }

  /**
   * The last two members of a list are fired at once. Each counts; one of the two threads finds
   * that nothing is missing any more, and fires the list with both results.
   */
  @Test
  void ofTwoLastMembersOneFiresTheList() throws Throwable {
    LAST_SLOTS.test();
  }

  private static final class LastSlots extends TwoMembers {
    LastSlots() {
      watch(Deferred.gatherResults(List.of(first, second)));
    }

    @Override
    String outcome() {
      assertThat(fired).containsExactly(List.of("one", "two"));
      assertThat(first.state()).isEqualTo(new DeferredState.Value<>("one", false, 0));
      assertThat(second.state()).isEqualTo(new DeferredState.Value<>("two", false, 0));
      return last();
    }
  }

  /** Two members fail at once, and the list fails with the first failure: with one of them. */
  @Test
  void ofTwoFailuresOneFailsTheList() throws Throwable {
    LAST_SLOTS_OF_FAILURES.test();
  }

  private static final class LastSlotsOfFailures extends TwoMembers {
    LastSlotsOfFailures() {
      watch(DeferredList.gather(List.of(first, second), DeferredList.Option.CONSUME_ERRORS));
    }

    @Override
    void left() {
      first.errback(new Planned("one"));
    }

    @Override
    void right() {
      second.errback(new Planned("two"));
    }

    @Override
    String outcome() {
      assertThat(fired).hasSize(1);
      FirstErrorException error = (FirstErrorException) ((Failure) fired.get(0)).value();
      boolean isFirst = error.index() == 0;
      assertThat(error.failure().value()).hasMessage(isFirst ? "one" : "two");
      assertThat(first.state()).isEqualTo(new DeferredState.Value<>(null, false, 0));
      assertThat(second.state()).isEqualTo(new DeferredState.Value<>(null, false, 0));
      return isFirst ? "the first failed first" : "the second failed first";
    }
  }

  /**
   * A slot alone on its member is no node on a stack but the very state of the member. A callback
   * that another thread adds meanwhile comes before or behind it, and neither is lost.
   */
  @Test
  void aSlotAndACallbackMeetOnAMember() throws Throwable {
    SLOT_ADD.test();
  }

  private static final class SlotAndAdd extends RaceRound {
    private final Deferred<Object> member = new Deferred<>();
    private final List<Object> callbackSaw = new ArrayList<>();
    private final List<Object> listSaw = new ArrayList<>();

    @Override
    void left() {
      then(Deferred.gatherResults(List.of(member)), listSaw::add);
    }

    @Override
    void right() {
      then(
          member,
          result -> {
            callbackSaw.add(result);
            return "changed";
          });
    }

    @Override
    String outcome() {
      member.callback("value");
      assertThat(callbackSaw).containsExactly("value");
      assertThat(listSaw).hasSize(1);
      if (listSaw.get(0).equals(List.of("value"))) {
        return "the slot is first";
      }
      assertThat(listSaw).containsExactly(List.of("changed"));
      return "the callback is first";
    }
  }

  /**
   * Both members of a race succeed at once. One wins and cancels the other one, which may just be
   * bringing its own result: that goes nowhere, and neither thread gets an exception.
   */
  @Test
  void aRaceHasOneWinner() throws Throwable {
    RACE_SLOTS.test();
  }

  private static final class RaceSlots extends TwoMembers {
    RaceSlots() {
      watch(Deferred.race(List.of(first, second)));
    }

    @Override
    String outcome() {
      assertThat(fired).hasSize(1);
      Winner<?> winner = (Winner<?>) fired.get(0);
      assertThat(winner.value()).isEqualTo(winner.index() == 0 ? "one" : "two");
      assertThat(first.state()).isEqualTo(new DeferredState.Value<>(null, false, 0));
      assertThat(second.state()).isEqualTo(new DeferredState.Value<>(null, false, 0));
      return winner.index() == 0 ? "the first wins" : "the second wins";
    }
  }

  /**
   * Both members of a race fail at once: whoever is the last fails the race, with both failures.
   */
  @Test
  void aRaceOfFailuresFailsOnce() throws Throwable {
    RACE_SLOTS_OF_FAILURES.test();
  }

  private static final class RaceSlotsOfFailures extends TwoMembers {
    RaceSlotsOfFailures() {
      watch(Deferred.race(List.of(first, second)));
    }

    @Override
    void left() {
      first.errback(new Planned("one"));
    }

    @Override
    void right() {
      second.errback(new Planned("two"));
    }

    @Override
    String outcome() {
      assertThat(fired).hasSize(1);
      FailureGroupException group = (FailureGroupException) ((Failure) fired.get(0)).value();
      assertThat(group.failures())
          .extracting(Failure::getErrorMessage)
          .containsExactly("one", "two");
      return last();
    }
  }

  /**
   * A list is cancelled, which cancels its members, while one of them gets its result. What that
   * member delivers, value or cancellation, is what the list reports; it counts once, and the
   * firing thread gets no exception.
   */
  @Test
  void aMemberCountsOnceThoughTheListIsCancelled() throws Throwable {
    SLOT_CANCEL.test();
  }

  private static final class SlotAndCancel extends TwoMembers {
    private final Deferred<List<Outcome<Object>>> list =
        DeferredList.of(List.of(first, second), DeferredList.Option.CONSUME_ERRORS);

    SlotAndCancel() {
      watch(list);
    }

    @Override
    void left() {
      list.cancel();
    }

    @Override
    String outcome() {
      assertThat(fired).hasSize(1);
      List<?> outcomes = (List<?>) fired.get(0);
      assertThat(isCancellation(((Outcome<?>) outcomes.get(0)).failureOrNull())).isTrue();
      Outcome<?> raced = (Outcome<?>) outcomes.get(1);
      if (isCancellation(raced.failureOrNull())) {
        return "cancellation";
      }
      assertThat(raced).isEqualTo(new Outcome.Success<>("two"));
      return "value";
    }
  }
}
