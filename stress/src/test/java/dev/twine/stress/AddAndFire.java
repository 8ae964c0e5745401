package dev.twine.stress;

import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A callback is added while the result comes in. Either the firing thread finds the callback, or
 * the adder finds the result and runs the callback itself before {@code add} returns. It is never
 * that both run it, or that each leaves it to the other.
 */
@JCStressTest
@State
@Outcome(
    id = "value, the adder",
    expect = Expect.ACCEPTABLE,
    desc = "The result was there before the callback.")
@Outcome(
    id = "value, the firing thread",
    expect = Expect.ACCEPTABLE,
    desc = "The callback was there before the result.")
public class AddAndFire {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>();
  private String seen = "";
  private Thread adder;
  private Thread ranOn;

  @Actor
  public void add() {
    meeting.attendAndLinger();
    adder = Thread.currentThread();
    deferred.onSuccess(
        value -> {
          seen += value;
          ranOn = Thread.currentThread();
        });
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    deferred.callback("value");
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 = seen;
    r.r2 = ranOn == adder ? "the adder" : "the firing thread";
  }
}
