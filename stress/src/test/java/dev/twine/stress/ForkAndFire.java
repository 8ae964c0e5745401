package dev.twine.stress;

import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZLL_Result;

/**
 * A fork is made while the result comes in. It gets the same result, at once or from the firing
 * thread, and the Deferred itself keeps its own.
 */
@JCStressTest
@State
@Outcome(
    id = "true, value, value",
    expect = Expect.ACCEPTABLE,
    desc = "The result was there when the fork was returned.")
@Outcome(
    id = "false, value, value",
    expect = Expect.ACCEPTABLE,
    desc = "The fork was there before the result.")
public class ForkAndFire {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>();
  private Deferred<String> fork;

  @Actor
  public void fork(ZLL_Result r) {
    meeting.attendAndLinger();
    fork = deferred.fork();
    r.r1 = fork.isCalled();
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    deferred.callback("value");
  }

  @Arbiter
  public void after(ZLL_Result r) {
    fork.onSuccess(value -> r.r2 = value);
    deferred.onSuccess(value -> r.r3 = value);
  }
}
