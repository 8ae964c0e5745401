package dev.twine.stress;

import dev.twine.CallbackChain;
import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A prepared chain of two callbacks is added in one step while the result comes in. Both of them
 * run, one after the other, on the adder's thread or on the firing one; never one here and one
 * there.
 */
@JCStressTest
@State
@Outcome(
    id = "value adder adder",
    expect = Expect.ACCEPTABLE,
    desc = "The result was there before the callbacks.")
@Outcome(
    id = "value runner runner",
    expect = Expect.ACCEPTABLE,
    desc = "The callbacks were there before the result.")
public class AddAllAndFire {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>();
  private final CallbackChain<String, String> prepared =
      CallbackChain.of(draft -> draft.addCallback(this::run).addCallback(this::run));
  private Thread adder;

  private String run(String before) {
    return before + (Thread.currentThread() == adder ? " adder" : " runner");
  }

  @Actor
  public void add() {
    meeting.attendAndLinger();
    adder = Thread.currentThread();
    Deferred<?> unused = deferred.addAll(prepared);
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    deferred.callback("value");
  }

  @Arbiter
  public void after(L_Result r) {
    deferred.onSuccess(result -> r.r1 = result);
  }
}
