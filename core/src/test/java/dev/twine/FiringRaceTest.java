package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Firing and adding, from two threads. */
@Tag("race")
class FiringRaceTest {

  static final Race FIRE_FIRE =
      new Race("fire × fire", FireAndFire::new, "left wins", "right wins");

  static final Race ADD_FIRE =
      new Race("add × fire", AddAndFire::new, "the firing thread runs it", "the adder runs it");

  static final Race ADD_END =
      new Race("add × end of run", AddAndEnd::new, "the runner runs it", "the adder runs it");

  static final Race ADD_ADD =
      new Race("add × add, unfired", AddAndAdd::new, "left is first", "right is first");

  static final Race ADD_ADD_FIRED =
      new Race("add × add, fired", AddAndAddFired::new, "left is first", "right is first");

  static final Race FIRE_ADD_WAITING =
      new Race(
          "fire × add of what waits",
          FireAndAddWaiting::new,
          "the adder comes to wait",
          "the firing thread comes to wait");

  static final Race NOTES =
      new Race("callback × next callback", Notes::new, "on one thread", "on both threads");

  /**
   * Two threads have an answer for the same Deferred. One of them gives it; the other one is told
   * that it came too late, and the callbacks never hear of its answer.
   */
  @Test
  void ofTwoFiringsOneWins() throws Throwable {
    FIRE_FIRE.test();
  }

  private static final class FireAndFire extends RaceRound {
    private final Deferred<Object> d = new Deferred<>();
    private final List<Object> seen = new ArrayList<>();
    private boolean left;
    private boolean right;

    FireAndFire() {
      then(d, seen::add);
    }

    @Override
    void left() {
      left = fires(d, "left");
    }

    @Override
    void right() {
      right = fires(d, "right");
    }

    @Override
    String outcome() {
      assertThat(left).isNotEqualTo(right);
      String winner = left ? "left" : "right";
      assertThat(seen).containsExactly(winner);
      return winner + " wins";
    }
  }

  /**
   * A callback is added while the result comes in. Either the firing thread finds it, or the adder
   * finds the result; it is never that both run it, or that each leaves it to the other.
   */
  @Test
  void anAddedCallbackRunsOnceHoweverTheFiringFalls() throws Throwable {
    ADD_FIRE.test();
  }

  private static final class AddAndFire extends RaceRound {
    private final Deferred<Object> d = new Deferred<>();
    private final List<String> ranOn = new ArrayList<>();

    @Override
    void left() {
      then(d, result -> ranOn.add(result + " on " + side()));
    }

    @Override
    void right() {
      d.callback("value");
    }

    @Override
    String outcome() {
      assertThat(ranOn).hasSize(1);
      if (ranOn.get(0).equals("value on left")) {
        return "the adder runs it";
      }
      assertThat(ranOn).containsExactly("value on right");
      return "the firing thread runs it";
    }
  }

  /**
   * The last callback is returning when another thread adds more. Had the runner looked for more
   * callbacks and only then, in a second step, put the result down, one pushed in between would lie
   * there for ever.
   */
  @Test
  void nothingIsLostAtTheEndOfARun() throws Throwable {
    ADD_END.test();
  }

  private static final class AddAndEnd extends RaceRound {
    private final Deferred<Object> d = new Deferred<>();
    private final List<Object> ran = new ArrayList<>();
    private String lastRanOn;

    AddAndEnd() {
      then(
          d,
          result -> {
            begin();
            return 0;
          });
    }

    @Override
    void left() {
      d.callback("value");
    }

    @Override
    void right() {
      awaitBegin();
      for (int i = 1; i <= 3; i++) {
        int number = i;
        then(
            d,
            result -> {
              ran.add(result);
              lastRanOn = side();
              return number;
            });
      }
    }

    @Override
    String outcome() {
      assertThat(ran).containsExactly(0, 1, 2);
      assertThat(d.state()).isEqualTo(new DeferredState.Value<>(3, false, 0));
      return lastRanOn.equals("left") ? "the runner runs it" : "the adder runs it";
    }
  }

  /**
   * Two threads add two callbacks each. Whatever the order, it is one order: each thread's own two
   * stand as they were added, and each callback gets what the one before it gave.
   */
  @Test
  void twoAddersMakeOneOrder() throws Throwable {
    ADD_ADD.test();
  }

  private static class AddAndAdd extends RaceRound {
    final Deferred<Object> d = new Deferred<>();
    private final List<String> order = new ArrayList<>();

    final void add(String name) {
      then(
          d,
          before -> {
            assertThat(before).isEqualTo(order.isEmpty() ? "value" : order.get(order.size() - 1));
            order.add(name);
            return name;
          });
    }

    @Override
    void left() {
      add("left 1");
      add("left 2");
    }

    @Override
    void right() {
      add("right 1");
      add("right 2");
    }

    @Override
    String outcome() {
      if (!d.isCalled()) {
        d.callback("value");
      }
      assertThat(order).hasSize(4);
      assertThat(order).containsSubsequence("left 1", "left 2");
      assertThat(order).containsSubsequence("right 1", "right 2");
      String last = order.get(3);
      assertThat(d.state()).isEqualTo(new DeferredState.Value<>(last, false, 0));
      return order.get(0).startsWith("left") ? "left is first" : "right is first";
    }
  }

  /**
   * The same on a Deferred that has fired: each thread would run its callbacks itself, at once, if
   * the other one weren't just doing that; then it leaves them to the other one.
   */
  @Test
  void twoAddersMakeOneOrderOfImmediateCalls() throws Throwable {
    ADD_ADD_FIRED.test();
  }

  private static final class AddAndAddFired extends AddAndAdd {
    AddAndAddFired() {
      d.callback("value");
    }
  }

  /**
   * One thread fires a Deferred that has a canceller and nothing else; before it is quite through,
   * another one adds a callback to the idle chain, which comes to wait for a third Deferred. What
   * the firing thread still does must not wipe out what the chain waits for, or a later cancel
   * would find nothing to cancel.
   */
  @Test
  void aFiringDoesNotWipeOutWhatTheChainHasComeToWaitFor() throws Throwable {
    FIRE_ADD_WAITING.test();
  }

  private static final class FireAndAddWaiting extends RaceRound {
    private final Deferred<Object> d = new Deferred<>(unused -> {});
    private final Deferred<Object> third = new Deferred<>();
    private String waitsFrom;

    @Override
    void left() {
      d.callback("value");
    }

    @Override
    void right() {
      then(
          d,
          result -> {
            waitsFrom = side();
            return third;
          });
    }

    @Override
    String outcome() {
      assertThat(d.state()).isEqualTo(new DeferredState.Waiting<>(third, 0));
      d.cancel();
      assertThat(third.isCalled()).as("the cancel has reached the third").isTrue();
      d.consumeErrors(failure -> assertThat(isCancellation(failure)).isTrue());
      assertThat(d.state()).isEqualTo(new DeferredState.Value<>(null, false, 0));
      return waitsFrom.equals("right")
          ? "the adder comes to wait"
          : "the firing thread comes to wait";
    }
  }

  /**
   * The callbacks of one chain take notes in plain fields, with no synchronisation of their own,
   * while two threads fire it, add to it, pause it, and fire what it waits for: whichever thread
   * runs a callback, it sees the notes of the one before.
   */
  @Test
  void aCallbackSeesWhatTheOneBeforeItDid() throws Throwable {
    NOTES.test();
  }

  private static final class Notes extends RaceRound {
    private final Deferred<Object> d = new Deferred<>();
    private final Deferred<Object> waitedFor = new Deferred<>();
    private final int[] pages = new int[8];
    private int written;
    private String lastSide;
    private boolean sides;

    private void addNote() {
      then(
          d,
          result -> {
            int now = written;
            assertThat(now == 0 ? 0 : pages[now - 1]).isEqualTo(now);
            sides |= lastSide != null && !lastSide.equals(side());
            lastSide = side();
            pages[now] = now + 1;
            written = now + 1;
            return now == 2 ? waitedFor : now;
          });
    }

    Notes() {
      addNote();
      addNote();
    }

    @Override
    void left() {
      d.callback("value");
      addNote();
      addNote();
      addNote();
    }

    @Override
    void right() {
      addNote();
      d.pause();
      addNote();
      waitedFor.callback("more");
      d.unpause();
      addNote();
    }

    @Override
    String outcome() {
      assertThat(written).isEqualTo(8);
      assertThat(pages).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
      assertThat(d.state()).isEqualTo(new DeferredState.Value<>(7, false, 0));
      return sides ? "on both threads" : "on one thread";
    }
  }
}
