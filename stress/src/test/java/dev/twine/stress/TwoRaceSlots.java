package dev.twine.stress;

import dev.twine.Deferred;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Both members of a race succeed at once. One wins and cancels the other one, which may just be
 * bringing its own result: that goes nowhere, the members are left with null, and neither thread
 * gets an exception.
 */
@JCStressTest
@State
@Outcome(
    id = "0 left, has null, has null",
    expect = Expect.ACCEPTABLE,
    desc = "The left member wins.")
@Outcome(
    id = "1 right, has null, has null",
    expect = Expect.ACCEPTABLE,
    desc = "The right member wins.")
public class TwoRaceSlots {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> left = new Deferred<>();
  private final Deferred<String> right = new Deferred<>();
  private String won = "";

  public TwoRaceSlots() {
    Deferred.race(List.of(left, right))
        .onSuccess(winner -> won += winner.index() + " " + winner.value());
  }

  @Actor
  public void left() {
    meeting.attendAndLinger();
    left.callback("left");
  }

  @Actor
  public void right() {
    meeting.attendAndLinger();
    right.callback("right");
  }

  @Arbiter
  public void after(LLL_Result r) {
    r.r1 = won;
    left.onSuccess(result -> r.r2 = "has " + result);
    right.onSuccess(result -> r.r3 = "has " + result);
  }
}
