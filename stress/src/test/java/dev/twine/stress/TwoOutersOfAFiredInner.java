package dev.twine.stress;

import dev.twine.Deferred;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Two chains come to take the result of the same Deferred, which has been fired already. One of
 * them takes it, the other one gets null; neither of them waits.
 */
@JCStressTest
@State
@Outcome(id = "value, null", expect = Expect.ACCEPTABLE, desc = "The left one takes the result.")
@Outcome(id = "null, value", expect = Expect.ACCEPTABLE, desc = "The right one takes the result.")
public class TwoOutersOfAFiredInner {

  /** That a result was wanted twice is worth a warning, but not here. */
  private static final Logger WARNINGS = Logger.getLogger("dev.twine");

  static {
    WARNINGS.setLevel(Level.OFF);
  }

  private final Meeting meeting = new Meeting();
  private final Deferred<String> inner = Deferred.succeed("value");
  private final Deferred<String> left = new Deferred<>();
  private final Deferred<String> right = new Deferred<>();
  private String leftSaw = "";
  private String rightSaw = "";

  public TwoOutersOfAFiredInner() {
    Deferred<String> leftTakes = left.chainCallback(start -> inner);
    leftTakes.onSuccess(result -> leftSaw += result);
    Deferred<String> rightTakes = right.chainCallback(start -> inner);
    rightTakes.onSuccess(result -> rightSaw += result);
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
  public void after(LL_Result r) {
    r.r1 = leftSaw;
    r.r2 = rightSaw;
  }
}
