package dev.twine.stress;

import dev.twine.Deferred;
import dev.twine.Failure;
import dev.twine.FailureGroupException;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Both members of a race fail at once. Whoever is the last fails the race, once, with both failures
 * in the order of the members, which are left with null.
 */
@JCStressTest
@State
@Outcome(
    id = "left and right, left",
    expect = Expect.ACCEPTABLE,
    desc = "The right member failed before the left one.")
@Outcome(
    id = "left and right, right",
    expect = Expect.ACCEPTABLE,
    desc = "The left member failed before the right one.")
public class TwoFailingRaceSlots {

  private static final Failure LEFT = new Failure(new IllegalStateException("left"));
  private static final Failure RIGHT = new Failure(new IllegalStateException("right"));

  private final Meeting meeting = new Meeting();
  private final Deferred<String> left = new Deferred<>();
  private final Deferred<String> right = new Deferred<>();
  private String failed = "";
  private Thread leftThread;
  private Thread failedOn;

  public TwoFailingRaceSlots() {
    Deferred.race(List.of(left, right))
        .consumeErrors(FailureGroupException.class, group -> note(group.failures()));
  }

  private void note(List<Failure> failures) {
    failed += failures.get(0).getErrorMessage() + " and " + failures.get(1).getErrorMessage();
    failedOn = Thread.currentThread();
  }

  @Actor
  public void left() {
    meeting.attendAndLinger();
    leftThread = Thread.currentThread();
    left.errback(LEFT);
  }

  @Actor
  public void right() {
    meeting.attendAndLinger();
    right.errback(RIGHT);
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 = failed;
    r.r2 = failedOn == leftThread ? "left" : "right";
  }
}
