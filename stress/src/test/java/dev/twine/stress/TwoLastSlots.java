package dev.twine.stress;

import dev.twine.Deferred;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * The last two members of a list fire at once. Each of them counts, and one of the two threads
 * finds that nothing is missing any more: it fires the list, with both results.
 */
@JCStressTest
@State
@Outcome(
    id = "[one, two], left",
    expect = Expect.ACCEPTABLE,
    desc = "The right member was there before the left one.")
@Outcome(
    id = "[one, two], right",
    expect = Expect.ACCEPTABLE,
    desc = "The left member was there before the right one.")
public class TwoLastSlots {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> left = new Deferred<>();
  private final Deferred<String> right = new Deferred<>();
  private String fired = "";
  private Thread leftThread;
  private Thread firedOn;

  public TwoLastSlots() {
    Deferred.gatherResults(List.of(left, right))
        .onSuccess(
            values -> {
              fired += values;
              firedOn = Thread.currentThread();
            });
  }

  @Actor
  public void left() {
    meeting.attendAndLinger();
    leftThread = Thread.currentThread();
    left.callback("one");
  }

  @Actor
  public void right() {
    meeting.attendAndLinger();
    right.callback("two");
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 = fired;
    r.r2 = firedOn == leftThread ? "left" : "right";
  }
}
