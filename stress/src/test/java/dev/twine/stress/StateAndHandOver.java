package dev.twine.stress;

import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZLL_Result;

/**
 * An inner Deferred fires, hands its result to the outer chain that waits for it, and the outer
 * runs. Somebody looks at the outer and then at the inner. If a callback of the outer has begun,
 * the outer does not wait any more; and if it does not wait, the inner has been fired, and is left
 * with the null of a taken result.
 */
@JCStressTest
@State
@Outcome(
    id = "false, Waiting, [unfired]",
    expect = Expect.ACCEPTABLE,
    desc = "He looks before the firing.")
@Outcome(
    id = "false, Waiting, [value: taken]",
    expect = Expect.ACCEPTABLE,
    desc = "He looks right before the hand-over and after it.")
@Outcome(
    id = "false, Running, [value: taken]",
    expect = Expect.ACCEPTABLE,
    desc = "He looks before the outer begins and while it runs.")
@Outcome(
    id = "false, Value, [value: taken]",
    expect = Expect.ACCEPTABLE,
    desc = "He looks before the outer begins and when it is through.")
@Outcome(
    id = "true, Running, [value: taken]",
    expect = Expect.ACCEPTABLE,
    desc = "He looks while the outer runs.")
@Outcome(
    id = "true, Value, [value: taken]",
    expect = Expect.ACCEPTABLE,
    desc = "He looks when the outer is through.")
public class StateAndHandOver {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> inner = new Deferred<>();
  private final Deferred<String> outer = Deferred.succeed("start").chainCallback(start -> inner);
  private volatile boolean begun;

  public StateAndHandOver() {
    outer.onSuccess(value -> begun = true);
    for (int i = 0; i < 20; i++) {
      outer.onSuccess(value -> {}); // a run of some length
    }
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    inner.callback("value");
  }

  @Actor
  public void look(ZLL_Result r) {
    meeting.attendAndLinger();
    r.r1 = begun;
    r.r2 = outer.state().getClass().getSimpleName();
    String text = inner.toString();
    r.r3 = text.substring(text.indexOf('['));
  }
}
