package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Cancelling what another thread fires, cancels, runs, or is just passing on. */
@Tag("race")
class CancelRaceTest {

  static final Race FIRE_CANCEL =
      new Race("fire × cancel, no canceller", FireAndCancel::new, "value", "cancellation");

  static final Race FIRE_CANCELLER =
      new Race(
          "fire × cancel, with canceller",
          FireAndCanceller::new,
          "value, before the canceller",
          "value, while it was called",
          "cancellation");

  static final Race LATE_FIRINGS_IDLE = lateFirings("idle", LateFiringsIdle::new);

  static final Race LATE_FIRINGS_PAUSED = lateFirings("paused", LateFiringsPaused::new);

  static final Race LATE_FIRINGS_RUNNING = lateFirings("running", LateFiringsRunning::new);

  static final Race LATE_FIRINGS_SUSPENDED = lateFirings("suspended", LateFiringsSuspended::new);

  static final Race LATE_FIRING_RESUME =
      new Race(
          "late fire × suspend, resume",
          LateFiringAndResume::new,
          "before it waits",
          "while it waits",
          "after it has waited");

  static final Race CANCEL_CANCEL =
      new Race("cancel × cancel", CancelAndCancel::new, "left calls it", "right calls it");

  static final Race CANCEL_CANCEL_THROWING =
      new Race(
          "cancel × cancel, canceller throws",
          CancelAndCancelThrowing::new,
          "called once",
          "called twice");

  static final Race CANCEL_RUN =
      new Race(
          "cancel × run that comes to wait",
          CancelAndRun::new,
          "the runner passes it on",
          "the canceller passes it on");

  static final Race CANCEL_RUN_DROPPED =
      new Race(
          "cancel × run that ends",
          CancelAndRunThatEnds::new,
          "called while it runs",
          "called when it is idle");

  static final Race CANCEL_SUSPEND =
      new Race(
          "cancel × fire and suspend",
          CancelAndSuspend::new,
          "cancelled before it is fired",
          "what it waits for is cancelled");

  static final Race CANCEL_HAND_OVER =
      new Race(
          "cancel × hand-over, one waits",
          CancelAndHandOver::new,
          "the inner is cancelled",
          "what comes after it is cancelled");

  static final Race CANCEL_HAND_OVER_QUEUE =
      new Race(
          "cancel × hand-over, more stands behind",
          CancelAndHandOverWithQueue::new,
          "the inner is cancelled",
          "what comes after it is cancelled");

  static final Race CANCEL_HAND_OVER_RUNNING =
      new Race(
          "cancel × hand-over of a running inner",
          CancelAndHandOverOfRunning::new,
          "the runner passes it on",
          "the canceller passes it on");

  static final Race CANCEL_PATH =
      new Race(
          "cancel × hand-over along a path",
          CancelAndPath::new,
          "the inner is cancelled",
          "what comes after it is cancelled");

  static final Race CANCEL_CYCLE =
      new Race("cancel × cycle", CancelAndCycle::new, "silent", "the cycle is named");

  private static Race lateFirings(String state, Supplier<? extends RaceRound> start) {
    return new Race(
        "late fire × late fire, " + state, start, "left is swallowed", "right is swallowed");
  }

  /**
   * Somebody cancels just when the result comes. Nobody did anything wrong, so nobody gets an
   * exception: either the value goes along the chain and the cancel was too late, or the
   * cancellation does and the firing is swallowed. A second firing is an error in any case.
   */
  @Test
  void cancelAndFiringMeetWithoutAnException() throws Throwable {
    FIRE_CANCEL.test();
  }

  private static final class FireAndCancel extends RaceRound {
    private final Deferred<Object> d = new Deferred<>();
    private final List<Object> seen = new ArrayList<>();

    FireAndCancel() {
      then(
          d,
          result -> {
            seen.add(result);
            return null;
          });
    }

    @Override
    void left() {
      d.callback("value");
    }

    @Override
    void right() {
      d.cancel();
    }

    @Override
    String outcome() {
      assertThat(seen).hasSize(1);
      assertThat(fires(d, "second")).isFalse();
      if (isCancellation(seen.get(0))) {
        return "cancellation";
      }
      assertThat(seen).containsExactly("value");
      return "value";
    }
  }

  /**
   * The same with a canceller, which promises that the work is stopped. A result that comes before
   * the canceller has returned still wins, and {@code cancel()} says nothing; after that, it is a
   * second firing.
   */
  @Test
  void aResultWinsUntilTheCancellerHasReturned() throws Throwable {
    FIRE_CANCELLER.test();
  }

  private static final class FireAndCanceller extends RaceRound {
    private final Deferred<Object> d = new Deferred<>(this::stop);
    private final List<Object> seen = new ArrayList<>();
    private boolean fired;
    private boolean called;

    private void stop(Deferred<Object> deferred) {
      assertThat(called).isFalse();
      called = true;
      linger();
    }

    FireAndCanceller() {
      then(
          d,
          result -> {
            seen.add(result);
            return null;
          });
    }

    @Override
    void left() {
      fired = fires(d, "value");
    }

    @Override
    void right() {
      d.cancel();
    }

    @Override
    String outcome() {
      assertThat(seen).hasSize(1);
      assertThat(fires(d, "second")).isFalse();
      if (fired) {
        assertThat(seen).containsExactly("value");
        return called ? "value, while it was called" : "value, before the canceller";
      }
      assertThat(called).isTrue();
      assertThat(isCancellation(seen.get(0))).isTrue();
      return "cancellation";
    }
  }

  /** A cancelled Deferred that two threads fire: exactly one of them may do so. */
  private abstract static class LateFirings extends RaceRound {
    final Deferred<Object> d = new Deferred<>();
    private boolean left;
    private boolean right;

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
      assertThat(fires(d, "third")).isFalse();
      return (left ? "left" : "right") + " is swallowed";
    }
  }

  /**
   * A Deferred without a canceller was cancelled, its errback has made the best of it, and then two
   * threads bring a result: one is forgiven, the other one isn't.
   */
  @Test
  void oneLateFiringOfAnIdleChainIsSwallowed() throws Throwable {
    LATE_FIRINGS_IDLE.test();
  }

  private static final class LateFiringsIdle extends LateFirings {
    LateFiringsIdle() {
      then(d, result -> "handled");
      d.cancel();
    }

    @Override
    String outcome() {
      assertThat(d.state()).isEqualTo(new DeferredState.Value<>("handled", false, 0));
      return super.outcome();
    }
  }

  /** The same while the chain is paused; the pause and what it holds back stay as they are. */
  @Test
  void oneLateFiringOfAPausedChainIsSwallowed() throws Throwable {
    LATE_FIRINGS_PAUSED.test();
  }

  private static final class LateFiringsPaused extends LateFirings {
    private int handled;

    LateFiringsPaused() {
      then(d, result -> ++handled);
      d.pause();
      d.cancel();
    }

    @Override
    String outcome() {
      assertThat(handled).isZero();
      d.unpause();
      assertThat(handled).isEqualTo(1);
      return super.outcome();
    }
  }

  /** The same while the errback runs; one of the firings comes from that very errback. */
  @Test
  void oneLateFiringOfARunningChainIsSwallowed() throws Throwable {
    LATE_FIRINGS_RUNNING.test();
  }

  private static final class LateFiringsRunning extends LateFirings {
    private final List<Object> after = new ArrayList<>();

    LateFiringsRunning() {
      then(
          d,
          result -> {
            begin();
            super.left();
            return "handled";
          });
      then(d, after::add);
    }

    @Override
    void left() {
      d.cancel();
    }

    @Override
    void right() {
      awaitBegin();
      super.right();
    }

    @Override
    String outcome() {
      assertThat(after).containsExactly("handled");
      return super.outcome();
    }
  }

  /** The same while the errback's chain waits for another Deferred; it goes on waiting. */
  @Test
  void oneLateFiringOfAWaitingChainIsSwallowed() throws Throwable {
    LATE_FIRINGS_SUSPENDED.test();
  }

  private static final class LateFiringsSuspended extends LateFirings {
    private final Deferred<Object> waitedFor = new Deferred<>();
    private final List<Object> after = new ArrayList<>();

    LateFiringsSuspended() {
      then(d, result -> waitedFor);
      then(d, after::add);
      d.cancel();
    }

    @Override
    String outcome() {
      assertThat(d.state()).isEqualTo(new DeferredState.Waiting<>(waitedFor, 0));
      waitedFor.callback("value");
      assertThat(after).containsExactly("value");
      return super.outcome();
    }
  }

  /**
   * A cancelled chain runs its errback, comes to wait, is resumed, and ends, while the one late
   * firing arrives. The right to be forgiven outlives all of these changes, and is used up by one.
   */
  @Test
  void theRightToSwallowSurvivesASuspension() throws Throwable {
    LATE_FIRING_RESUME.test();
  }

  private static final class LateFiringAndResume extends RaceRound {
    private final Deferred<Object> d = new Deferred<>();
    private final Deferred<Object> waitedFor = new Deferred<>();
    private final List<Object> after = new ArrayList<>();
    private volatile int stage;
    private int stageBefore;

    LateFiringAndResume() {
      then(
          d,
          result -> {
            stage = 1;
            linger();
            return waitedFor;
          });
      then(
          d,
          result -> {
            stage = 3;
            return after.add(result);
          });
    }

    @Override
    void left() {
      d.cancel();
      stage = 2;
      linger();
      waitedFor.callback("value");
    }

    @Override
    void right() {
      await(() -> stage > 0);
      dawdle();
      stageBefore = stage;
      d.callback("late");
    }

    @Override
    String outcome() {
      assertThat(after).containsExactly("value");
      assertThat(fires(d, "later still")).isFalse();
      return switch (stageBefore) {
        case 1 -> "before it waits";
        case 2 -> "while it waits";
        default -> "after it has waited";
      };
    }
  }

  /**
   * Two threads cancel the same Deferred. One of them calls the canceller; the other one returns at
   * once, perhaps before it has ended, and doesn't call it again.
   */
  @Test
  void ofTwoCancelsOneCallsTheCanceller() throws Throwable {
    CANCEL_CANCEL.test();
  }

  private static final class CancelAndCancel extends RaceRound {
    private final Deferred<Object> d = new Deferred<>(this::stop);
    private final List<String> calls = new ArrayList<>();
    private final List<Object> seen = new ArrayList<>();

    CancelAndCancel() {
      then(d, seen::add);
    }

    private void stop(Deferred<Object> deferred) {
      calls.add(side());
      dawdle();
      deferred.cancel(); // from inside: does nothing
    }

    @Override
    void left() {
      d.cancel();
    }

    @Override
    void right() {
      d.cancel();
    }

    @Override
    String outcome() {
      assertThat(calls).hasSize(1);
      assertThat(seen).hasSize(1);
      assertThat(isCancellation(seen.get(0))).isTrue();
      return calls.get(0) + " calls it";
    }
  }

  /**
   * The canceller throws at its first call: that comes out of the {@code cancel()} that made the
   * call, and the claim is given back. Whether the other cancel finds it claimed, and returns, or
   * given back, and calls the canceller again, it never enters it while it runs.
   */
  @Test
  void aCancellerThatThrowsIsGivenBack() throws Throwable {
    CANCEL_CANCEL_THROWING.test();
  }

  private static final class CancelAndCancelThrowing extends RaceRound {

    private static final class Stubborn extends RuntimeException {
      private static final long serialVersionUID = 1L;

      Stubborn() {
        super("not now", null, false, false);
      }
    }

    private final Deferred<Object> d = new Deferred<>(this::stop);
    private boolean inside;
    private int calls;
    private boolean thrownLeft;
    private boolean thrownRight;

    private void stop(Deferred<Object> deferred) {
      assertThat(inside).isFalse();
      inside = true;
      linger();
      inside = false;
      if (++calls == 1) {
        throw new Stubborn();
      }
    }

    private boolean throwsOnCancel() {
      try {
        d.cancel();
        return false;
      } catch (Stubborn thrown) {
        return true;
      }
    }

    @Override
    void left() {
      thrownLeft = throwsOnCancel();
    }

    @Override
    void right() {
      thrownRight = throwsOnCancel();
    }

    @Override
    String outcome() {
      assertThat(thrownLeft).isNotEqualTo(thrownRight);
      assertThat(d.isCalled()).isEqualTo(calls == 2);
      String outcome = calls == 1 ? "called once" : "called twice";
      d.cancel();
      assertThat(calls).isEqualTo(2);
      assertThat(d.isCalled()).isTrue();
      d.consumeErrors(failure -> {});
      return outcome;
    }
  }

  /**
   * A callback runs and is going to return an unfired Deferred when another thread cancels, as a
   * timeout does. The cancel reaches that Deferred, whether the chain has come to wait for it by
   * then or not; were it lost, the chain would wait for ever. It reaches only the first one that
   * the chain waits for.
   */
  @Test
  void aCancelOfARunningChainIsKeptUntilItWaits() throws Throwable {
    CANCEL_RUN.test();
  }

  private static final class CancelAndRun extends RaceRound {
    private final Deferred<Object> d = new Deferred<>();
    private final Deferred<Object> first = new Deferred<>(unused -> cancelledOn = side());
    private final Deferred<Object> second = new Deferred<>();
    private final List<Object> seen = new ArrayList<>();
    private String cancelledOn;

    CancelAndRun() {
      then(
          d,
          result -> {
            begin();
            return Deferred.succeed("no wait for this one");
          });
      then(
          d,
          result -> {
            linger();
            return first;
          });
      then(
          d,
          result -> {
            seen.add(result);
            dawdle();
            return second;
          });
    }

    @Override
    void left() {
      d.callback("value");
    }

    @Override
    void right() {
      awaitBegin();
      d.cancel();
    }

    @Override
    String outcome() {
      assertThat(first.isCalled()).as("the cancel has reached the first").isTrue();
      assertThat(seen).hasSize(1);
      assertThat(isCancellation(seen.get(0))).isTrue();
      assertThat(second.isCalled()).as("the cancel has reached the second, too").isFalse();
      assertThat(d.state()).isEqualTo(new DeferredState.Waiting<>(second, 0));
      return cancelledOn.equals("left") ? "the runner passes it on" : "the canceller passes it on";
    }
  }

  /**
   * The same, but the run ends without waiting for anything: the cancel is forgotten, and what is
   * added afterwards has nothing to fear from it.
   */
  @Test
  void aCancelOfARunningChainIsDroppedWhenItEnds() throws Throwable {
    CANCEL_RUN_DROPPED.test();
  }

  private static final class CancelAndRunThatEnds extends RaceRound {
    private final Deferred<Object> d = new Deferred<>();
    private final Deferred<Object> later = new Deferred<>();
    private boolean ran;

    CancelAndRunThatEnds() {
      then(
          d,
          result -> {
            begin();
            return "end";
          });
    }

    @Override
    void left() {
      d.callback("value");
    }

    @Override
    void right() {
      awaitBegin();
      ran = d.state() instanceof DeferredState.Running;
      d.cancel();
    }

    @Override
    String outcome() {
      assertThat(d.state()).isEqualTo(new DeferredState.Value<>("end", false, 0));
      then(d, result -> later);
      assertThat(later.isCalled()).isFalse();
      assertThat(d.state()).isEqualTo(new DeferredState.Waiting<>(later, 0));
      return ran ? "called while it runs" : "called when it is idle";
    }
  }

  /**
   * One thread fires a Deferred whose callback returns another one; a second thread cancels it,
   * with no regard for how far that has come. The first one is cancelled, or the one it waits for,
   * but never none.
   */
  @Test
  void aCancelIsNotLostBetweenFiringAndWaiting() throws Throwable {
    CANCEL_SUSPEND.test();
  }

  private static final class CancelAndSuspend extends RaceRound {
    private final Deferred<Object> d = new Deferred<>();
    private final Deferred<Object> waitedFor = new Deferred<>();
    private final List<Object> seen = new ArrayList<>();

    CancelAndSuspend() {
      d.add(result -> waitedFor, null);
      then(
          d,
          result -> {
            seen.add(result);
            return null;
          });
    }

    @Override
    void left() {
      d.callback("value");
    }

    @Override
    void right() {
      d.cancel();
    }

    @Override
    String outcome() {
      assertThat(seen).hasSize(1);
      assertThat(isCancellation(seen.get(0))).isTrue();
      assertThat(fires(d, "second")).isFalse();
      return waitedFor.isCalled()
          ? "what it waits for is cancelled"
          : "cancelled before it is fired";
    }
  }

  /**
   * An outer chain that waits for an inner one, gets its result, and then waits for a {@code next}
   * one. The inner goes on, too, and waits for a stranger. A cancel of the outer in the middle of
   * it hits the inner or the next, exactly one of them, and never the stranger: that one has
   * nothing to do with the outer any more.
   */
  private abstract static class Passing extends RaceRound {
    final Deferred<Object> outer = new Deferred<>();
    final Deferred<Object> inner = new Deferred<>();
    final Deferred<Object> next = new Deferred<>();
    final Deferred<Object> stranger = new Deferred<>();

    /** The results that the outer got from the inner and from the next, if that was cancelled. */
    final List<Object> seen = new ArrayList<>();

    final void outerGoesOn() {
      then(
          outer,
          result -> {
            seen.add(result);
            dawdle();
            return next;
          });
      then(outer, seen::add);
    }

    final void innerGoesOn() {
      then(
          inner,
          result -> {
            dawdle();
            return stranger;
          });
    }

    @Override
    void right() {
      outer.cancel();
    }

    @Override
    String outcome() {
      assertThat(stranger.isCalled()).as("the cancel has hit a stranger").isFalse();
      assertThat(inner.state()).isEqualTo(new DeferredState.Waiting<>(stranger, 0));
      boolean hitInner = isCancellation(seen.get(0));
      assertThat(next.isCalled()).as("the cancel has reached the next").isNotEqualTo(hitInner);
      if (hitInner) {
        assertThat(seen).hasSize(1);
        return "the inner is cancelled";
      }
      assertThat(seen).hasSize(2);
      assertThat(seen.get(0)).isEqualTo("value");
      assertThat(isCancellation(seen.get(1))).isTrue();
      return "what comes after it is cancelled";
    }
  }

  /**
   * Nothing but the outer stands on the inner, so no node says who waits. The inner fires and,
   * while the outer runs or right after that, gets a new callback which makes it wait for the
   * stranger; a cancel that still believes the outer to wait for the inner would go on to the
   * stranger.
   */
  @Test
  void aCancelNeverFollowsAnInnerThatHasHandedOver() throws Throwable {
    CANCEL_HAND_OVER.test();
  }

  private static final class CancelAndHandOver extends Passing {
    private final boolean early = ThreadLocalRandom.current().nextBoolean();

    CancelAndHandOver() {
      then(outer, result -> inner);
      then(
          outer,
          result -> {
            if (early) {
              innerGoesOn();
            }
            return result;
          });
      outerGoesOn();
      outer.callback("start");
    }

    @Override
    void left() {
      inner.callback("value");
      if (!early) {
        innerGoesOn();
      }
    }
  }

  /**
   * The same where the callback that makes the inner wait for the stranger stands behind the outer
   * on the inner's own chain from the start.
   */
  @Test
  void aCancelNeverFollowsAnInnerThatGoesOnByItself() throws Throwable {
    CANCEL_HAND_OVER_QUEUE.test();
  }

  private static final class CancelAndHandOverWithQueue extends Passing {
    CancelAndHandOverWithQueue() {
      then(inner, result -> result);
      then(outer, result -> inner);
      outerGoesOn();
      outer.callback("start");
      innerGoesOn();
    }

    @Override
    void left() {
      inner.callback("value");
    }
  }

  /**
   * The same where the inner had been fired already and runs when the outer comes to wait for it:
   * the outer is one of the nodes pushed on a running chain. The inner can't be cancelled any more;
   * the cancel is for what the outer waits for next.
   */
  @Test
  void aCancelThatMeetsARunningInnerIsNotLost() throws Throwable {
    CANCEL_HAND_OVER_RUNNING.test();
  }

  private static final class CancelAndHandOverOfRunning extends Passing {
    private String cancelledOn;

    CancelAndHandOverOfRunning() {
      then(
          inner,
          result -> {
            then(outer, ignored -> inner);
            outerGoesOn();
            outer.callback("start");
            innerGoesOn();
            begin();
            return result;
          });
      then(
          next,
          result -> {
            cancelledOn = side();
            return result;
          });
    }

    @Override
    void left() {
      inner.callback("value");
    }

    @Override
    void right() {
      awaitBegin();
      super.right();
    }

    @Override
    String outcome() {
      assertThat(super.outcome()).isEqualTo("what comes after it is cancelled");
      return cancelledOn.equals("left") ? "the runner passes it on" : "the canceller passes it on";
    }
  }

  /**
   * The outer waits over two others, and the result moves through all of them while the cancel
   * walks down the same way.
   */
  @Test
  void aCancelAlongAPathHitsOneEndOrTheOther() throws Throwable {
    CANCEL_PATH.test();
  }

  private static final class CancelAndPath extends Passing {
    private final List<Deferred<Object>> between = new ArrayList<>();

    CancelAndPath() {
      Deferred<Object> below = inner;
      for (int i = 0; i < 2; i++) {
        Deferred<Object> waitedFor = below;
        Deferred<Object> d = new Deferred<>();
        then(d, result -> waitedFor);
        d.callback("start");
        then(
            d,
            result -> {
              dawdle();
              return result;
            });
        between.add(d);
        below = d;
      }
      Deferred<Object> top = below;
      then(outer, result -> top);
      outerGoesOn();
      outer.callback("start");
      innerGoesOn();
    }

    @Override
    void left() {
      inner.callback("value");
    }

    @Override
    String outcome() {
      for (Deferred<Object> d : between) {
        assertThat(d.state()).isEqualTo(new DeferredState.Value<>(null, true, 0));
      }
      return super.outcome();
    }
  }

  /**
   * Two chains come to wait for each other, which is a mistake in the program, while somebody
   * cancels one of them. If the cycle is closed by then the cancel says so; in any case it returns.
   */
  @Test
  void aCancelEndsAlsoInACycle() throws Throwable {
    CANCEL_CYCLE.test();
  }

  private static final class CancelAndCycle extends RaceRound {
    private final Deferred<Object> a = new Deferred<>();
    private final Deferred<Object> b = new Deferred<>();
    private String message = "";

    CancelAndCycle() {
      then(
          b,
          result -> {
            dawdle();
            return a;
          });
      then(a, result -> b);
      a.callback("start");
    }

    @Override
    void left() {
      b.callback("value");
    }

    @Override
    void right() {
      try {
        a.cancel();
      } catch (IllegalStateException cycle) {
        message = cycle.getMessage();
      }
    }

    @Override
    String outcome() {
      assertThat(a.state()).isEqualTo(new DeferredState.Waiting<>(b, 0));
      assertThat(b.state()).isEqualTo(new DeferredState.Waiting<>(a, 0));
      if (message.isEmpty()) {
        return "silent";
      }
      assertThat(message).contains("for itself");
      return "the cycle is named";
    }
  }
}
