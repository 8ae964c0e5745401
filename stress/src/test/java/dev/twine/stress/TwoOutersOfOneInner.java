package dev.twine.stress;

import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Two chains come to wait for the same Deferred. Whichever is the first on it gets the result when
 * it fires, and the other one gets null, as there is only one result.
 */
@JCStressTest
@State
@Outcome(
    id = "Waiting, Waiting, value null",
    expect = Expect.ACCEPTABLE,
    desc = "The left one was the first.")
@Outcome(
    id = "Waiting, Waiting, null value",
    expect = Expect.ACCEPTABLE,
    desc = "The right one was the first.")
public class TwoOutersOfOneInner {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> inner = new Deferred<>();
  private final Deferred<String> left = new Deferred<>();
  private final Deferred<String> right = new Deferred<>();
  private String leftSaw = "";
  private String rightSaw = "";

  public TwoOutersOfOneInner() {
    Deferred<String> leftWaits = left.chainCallback(start -> inner);
    leftWaits.onSuccess(result -> leftSaw += result);
    Deferred<String> rightWaits = right.chainCallback(start -> inner);
    rightWaits.onSuccess(result -> rightSaw += result);
  }

  @Actor
  public void left() {
    meeting.attendAndLinger();
    left.callback("start");
  }

  @Actor
  public void right() {
    meeting.attendAndLinger();
    right.callback("start");
  }

  @Arbiter
  public void after(LLL_Result r) {
    r.r1 = left.state().getClass().getSimpleName();
    r.r2 = right.state().getClass().getSimpleName();
    inner.callback("value");
    r.r3 = leftSaw + " " + rightSaw;
  }
}
