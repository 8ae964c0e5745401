package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Chains that wait for chains which another thread fires, waits for, or adds to. */
@Tag("race")
class WaitingRaceTest {

  static final Race TAKE_FIRE =
      new Race(
          "outer takes × inner fires",
          TakeAndFire::new,
          "the outer goes on by itself",
          "the outer goes on where the inner fires");

  static final Race TWO_OUTERS =
      new Race(
          "two outers × one inner, unfired",
          TwoOuters::new,
          "the left gets it",
          "the right gets it");

  static final Race TWO_OUTERS_FIRED =
      new Race(
          "two outers × one inner, fired",
          TwoOutersFired::new,
          "the left gets it",
          "the right gets it");

  static final Race ADD_HAND_OVER =
      new Race(
          "add to inner × hand-over, nothing behind",
          AddAndHandOver::new,
          "the firing thread runs it",
          "the adder runs it at once");

  static final Race ADD_HAND_OVER_QUEUE =
      new Race(
          "add to inner × hand-over, more stands behind",
          AddAndHandOverWithQueue::new,
          "the run loop comes back first",
          "the adder is first");

  /**
   * A callback returns a Deferred just when that is fired. Either the chain finds the result and
   * takes it, or it waits and the firing thread takes it along; the result moves once, and the
   * chain goes on once.
   */
  @Test
  void aResultMovesOnceWhoeverIsFirst() throws Throwable {
    TAKE_FIRE.test();
  }

  private static final class TakeAndFire extends RaceRound {
    private final Deferred<Object> outer = new Deferred<>();
    private final Deferred<Object> inner = new Deferred<>();
    private final List<String> seen = new ArrayList<>();

    TakeAndFire() {
      then(outer, result -> inner);
      then(outer, result -> seen.add(result + " on " + side()));
    }

    @Override
    void left() {
      outer.callback("start");
    }

    @Override
    void right() {
      inner.callback("value");
    }

    @Override
    String outcome() {
      assertThat(inner.state()).isEqualTo(new DeferredState.Value<>(null, true, 0));
      assertThat(outer.state()).isEqualTo(new DeferredState.Value<>(true, false, 0));
      assertThat(seen).hasSize(1);
      if (seen.get(0).equals("value on left")) {
        return "the outer goes on by itself";
      }
      assertThat(seen).containsExactly("value on right");
      return "the outer goes on where the inner fires";
    }
  }

  /**
   * Two chains come to wait for the same Deferred. Whichever stands first gets the result, and the
   * other one null, as there is only one.
   */
  @Test
  void ofTwoOutersTheFirstGetsTheResult() throws Throwable {
    TWO_OUTERS.test();
  }

  private static class TwoOuters extends RaceRound {
    final Deferred<Object> inner = new Deferred<>();
    private final Deferred<Object> first = new Deferred<>();
    private final Deferred<Object> second = new Deferred<>();
    private final List<String> seenFirst = new ArrayList<>();
    private final List<String> seenSecond = new ArrayList<>();

    TwoOuters() {
      then(first, result -> inner);
      then(first, result -> seenFirst.add(String.valueOf(result)));
      then(second, result -> inner);
      then(second, result -> seenSecond.add(String.valueOf(result)));
    }

    @Override
    void left() {
      first.callback("start");
    }

    @Override
    void right() {
      second.callback("start");
    }

    @Override
    String outcome() {
      if (!inner.isCalled()) {
        assertThat(first.state()).isEqualTo(new DeferredState.Waiting<>(inner, 0));
        assertThat(second.state()).isEqualTo(new DeferredState.Waiting<>(inner, 0));
        inner.callback("value");
      }
      assertThat(inner.state()).isEqualTo(new DeferredState.Value<>(null, true, 0));
      if (seenFirst.equals(List.of("value"))) {
        assertThat(seenSecond).containsExactly("null");
        return "the left gets it";
      }
      assertThat(seenFirst).containsExactly("null");
      assertThat(seenSecond).containsExactly("value");
      return "the right gets it";
    }
  }

  /** The same where the result is there already: one of the chains takes it, neither waits. */
  @Test
  void ofTwoOutersTheFirstTakesTheResult() throws Throwable {
    TWO_OUTERS_FIRED.test();
  }

  private static final class TwoOutersFired extends TwoOuters {
    TwoOutersFired() {
      inner.callback("value");
    }
  }

  /**
   * While an inner chain hands its result to the one that waits for it, somebody adds a callback to
   * the inner. If the inner had not been fired, the firing thread runs it, after the hand-over;
   * else the adder runs it at once, even while the outer still runs. It gets null in both cases.
   */
  @Test
  void whatIsAddedToAnInnerRunsBesideTheOuter() throws Throwable {
    ADD_HAND_OVER.test();
  }

  private static final class AddAndHandOver extends RaceRound {
    private final Deferred<Object> outer = new Deferred<>();
    private final Deferred<Object> inner = new Deferred<>();
    private final List<Object> outerSaw = new ArrayList<>();
    private final List<String> innerSaw = new ArrayList<>();
    private boolean ranInside;

    AddAndHandOver() {
      then(outer, result -> inner);
      then(
          outer,
          result -> {
            dawdle();
            return outerSaw.add(result);
          });
      outer.callback("start");
    }

    @Override
    void left() {
      inner.callback("value");
    }

    @Override
    void right() {
      boolean[] ran = new boolean[1];
      boolean fired = inner.isCalled();
      then(
          inner,
          result -> {
            ran[0] = side().equals("right");
            return innerSaw.add(result + " on " + side());
          });
      ranInside = ran[0];
      assertThat(fired && !ranInside).as("left to others after the hand-over").isFalse();
    }

    @Override
    String outcome() {
      assertThat(outerSaw).containsExactly("value");
      assertThat(innerSaw).containsExactly("null on " + (ranInside ? "right" : "left"));
      return ranInside ? "the adder runs it at once" : "the firing thread runs it";
    }
  }

  /**
   * The same with callbacks that stood behind the outer. The run loop wants to come back for them;
   * an adder may be there before, and runs them and then its own. Nobody runs them twice.
   */
  @Test
  void whatStandsBehindAHandOverIsRunOnceByWhoeverIsFirst() throws Throwable {
    ADD_HAND_OVER_QUEUE.test();
  }

  private static final class AddAndHandOverWithQueue extends RaceRound {
    private final Deferred<Object> outer = new Deferred<>();
    private final Deferred<Object> inner = new Deferred<>();
    private final List<String> order = new ArrayList<>();
    private final List<String> ranOn = new ArrayList<>();

    private void note(Deferred<Object> d, String name) {
      then(
          d,
          result -> {
            order.add(name + " after " + result);
            ranOn.add(side());
            dawdle(50);
            return name;
          });
    }

    AddAndHandOverWithQueue() {
      then(outer, result -> inner);
      then(
          outer,
          result -> {
            begin();
            return result;
          });
      outer.callback("start");
      note(inner, "first");
      note(inner, "second");
    }

    @Override
    void left() {
      inner.callback("value");
    }

    @Override
    void right() {
      awaitBegin();
      note(inner, "added");
    }

    @Override
    String outcome() {
      assertThat(order)
          .containsExactly("first after null", "second after first", "added after second");
      assertThat(outer.state()).isEqualTo(new DeferredState.Value<>("value", false, 0));
      assertThat(inner.state()).isEqualTo(new DeferredState.Value<>("added", false, 0));
      String first = ranOn.get(0);
      assertThat(ranOn.get(1)).isEqualTo(first);
      if (first.equals("right")) {
        assertThat(ranOn.get(2)).isEqualTo("right");
        return "the adder is first";
      }
      return "the run loop comes back first";
    }
  }
}
