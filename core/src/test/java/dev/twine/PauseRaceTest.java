package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pausing and unpausing a chain that another thread fires, runs or resumes. */
@Tag("race")
class PauseRaceTest {

  static final Race PAUSE_RUN =
      new Race("pause × run elsewhere", PauseAndRun::new, "it stops", "it was too late");

  static final Race UNPAUSE_RUN =
      new Race(
          "unpause × run",
          UnpauseAndRun::new,
          "the runner goes on",
          "the unpausing thread runs the rest");

  static final Race PAUSE_FIRE =
      new Race("pause × fire", PauseAndFire::new, "pause first", "fire first");

  static final Race PAUSE_WAITING =
      new Race(
          "pause of a waiting outer × inner fires",
          PauseWaiting::new,
          "the outer goes on where the inner fires",
          "the outer goes on in unpause");

  static final Race UNPAUSE_UNPAUSE =
      new Race(
          "unpause × unpause",
          UnpauseAndUnpause::new,
          "the left was the last",
          "the right was the last");

  /**
   * A chain of callbacks runs; somebody else wants it to stop. When {@code pause()} returns, the
   * runner may have been about to start one more, and that one it starts. No other one.
   */
  @Test
  void afterAPauseAtMostOneMoreCallbackStarts() throws Throwable {
    PAUSE_RUN.test();
  }

  private static final class PauseAndRun extends RaceRound {
    private static final int LENGTH = 8;

    private final Deferred<Object> d = new Deferred<>();
    private volatile int started;
    private int whenPaused;

    PauseAndRun() {
      for (int i = 0; i < LENGTH; i++) {
        int number = i;
        then(
            d,
            result -> {
              started = number + 1;
              begin();
              return result;
            });
      }
    }

    @Override
    void left() {
      d.callback("value");
    }

    @Override
    void right() {
      awaitBegin();
      d.pause();
      whenPaused = started;
    }

    @Override
    String outcome() {
      int atRest = started;
      assertThat(atRest).isBetween(whenPaused, whenPaused + 1);
      assertThat(d.state()).isEqualTo(new DeferredState.Value<>("value", false, 1));
      d.unpause();
      assertThat(started).isEqualTo(LENGTH);
      assertThat(d.state()).isEqualTo(new DeferredState.Value<>("value", false, 0));
      return atRest < LENGTH ? "it stops" : "it was too late";
    }
  }

  /**
   * A running chain is paused and unpaused by another thread. If the runner has noticed, it has
   * left and the other one runs the rest; if it has not, it goes on as if nothing had happened.
   * There are never two runners, and never none.
   */
  @Test
  void anUnpausedChainHasOneRunner() throws Throwable {
    UNPAUSE_RUN.test();
  }

  private static final class UnpauseAndRun extends RaceRound {
    private static final int LENGTH = 6;

    private final Deferred<Object> d = new Deferred<>();
    private final List<Integer> order = new ArrayList<>();
    private boolean inside;
    private boolean ranOnRight;

    UnpauseAndRun() {
      for (int i = 0; i < LENGTH; i++) {
        int number = i;
        then(d, result -> step(number));
      }
    }

    private Object step(int number) {
      assertThat(inside).isFalse();
      inside = true;
      begin();
      order.add(number);
      ranOnRight |= side().equals("right");
      linger();
      inside = false;
      return null;
    }

    @Override
    void left() {
      d.callback("value");
    }

    @Override
    void right() {
      awaitBegin();
      d.pause();
      dawdle();
      d.unpause();
    }

    @Override
    String outcome() {
      assertThat(order).containsExactly(0, 1, 2, 3, 4, 5);
      return ranOnRight ? "the unpausing thread runs the rest" : "the runner goes on";
    }
  }

  /**
   * A Deferred is paused and fired at once. Paused first, it keeps its result and runs nothing, and
   * the firing returns all the same; fired first, it may have run some of its callbacks.
   */
  @Test
  void aPauseHoldsBackWhatAFiringHasNotStarted() throws Throwable {
    PAUSE_FIRE.test();
  }

  private static final class PauseAndFire extends RaceRound {
    private final Deferred<Object> d = new Deferred<>();
    private final List<String> ranOn = new ArrayList<>();

    PauseAndFire() {
      then(d, result -> ranOn.add(side()));
      then(d, result -> ranOn.add(side()));
    }

    @Override
    void left() {
      d.callback("value");
    }

    @Override
    void right() {
      d.pause();
    }

    @Override
    String outcome() {
      assertThat(d.state().pauses()).isEqualTo(1);
      assertThat(d.state()).isInstanceOf(DeferredState.Value.class);
      assertThat(ranOn).doesNotContain("right");
      boolean ranBefore = !ranOn.isEmpty();
      d.unpause();
      assertThat(ranOn).hasSize(2);
      return ranBefore ? "fire first" : "pause first";
    }
  }

  /**
   * An outer chain waits for an inner one, behind which more callbacks stand. The outer is paused
   * just when the inner fires: the result still goes to the outer, the inner's own callbacks run at
   * once with the null it is left with, and only the outer's chain may have to wait for {@code
   * unpause()}.
   */
  @Test
  void aPausedOuterTakesItsResultAllTheSame() throws Throwable {
    PAUSE_WAITING.test();
  }

  private static final class PauseWaiting extends RaceRound {
    private final Deferred<Object> outer = new Deferred<>();
    private final Deferred<Object> inner = new Deferred<>();
    private final boolean inBetween = ThreadLocalRandom.current().nextBoolean();
    private final List<String> outerRan = new ArrayList<>();
    private final List<String> innerRan = new ArrayList<>();

    PauseWaiting() {
      then(outer, result -> inner);
      then(outer, result -> outerRan.add(result + " on " + side()));
      outer.callback("start");
      then(inner, result -> innerRan.add(result + " on " + side()));
    }

    @Override
    void left() {
      if (inBetween) {
        awaitBegin();
      }
      inner.callback("value");
    }

    @Override
    void right() {
      outer.pause();
      begin();
      outer.unpause();
    }

    @Override
    String outcome() {
      assertThat(innerRan).containsExactly("null on left");
      assertThat(outerRan).hasSize(1);
      if (outerRan.get(0).equals("value on right")) {
        return "the outer goes on in unpause";
      }
      assertThat(outerRan).containsExactly("value on left");
      return "the outer goes on where the inner fires";
    }
  }

  /**
   * A fired chain was paused twice, and two threads take their pauses back. The one that brings the
   * count to zero runs everything; the other one returns at once.
   */
  @Test
  void theLastUnpauseRunsWhatWasHeld() throws Throwable {
    UNPAUSE_UNPAUSE.test();
  }

  private static final class UnpauseAndUnpause extends RaceRound {
    private final Deferred<Object> d = new Deferred<>();
    private final List<String> ranOn = new ArrayList<>();

    UnpauseAndUnpause() {
      then(d, result -> ranOn.add(side()));
      d.pause();
      d.pause();
      d.callback("value");
      then(d, result -> ranOn.add(side()));
    }

    @Override
    void left() {
      d.unpause();
    }

    @Override
    void right() {
      d.unpause();
    }

    @Override
    String outcome() {
      String last = ranOn.get(0);
      assertThat(ranOn).containsExactly(last, last);
      return "the " + last + " was the last";
    }
  }
}
