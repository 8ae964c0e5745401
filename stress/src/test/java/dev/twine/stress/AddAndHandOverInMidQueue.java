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
 * An inner Deferred hands its result to the outer chain that waits for it, and one more callback
 * stands behind that. The run loop wants to come back for it when the outer has run. Whoever adds a
 * callback to the inner meanwhile need not wait for that: he runs what stands there, and then his
 * own. The two run once, in their order.
 *
 * <p>The result of the inner tells who ran what, after the null that is left of its value.
 */
@JCStressTest
@State
@Outcome(
    id = "value, null runner runner",
    expect = Expect.ACCEPTABLE,
    desc = "The callback was added before the runner came back.")
@Outcome(
    id = "value, null adder adder",
    expect = Expect.ACCEPTABLE,
    desc = "The adder was there before the runner came back.")
@Outcome(
    id = "value, null runner adder",
    expect = Expect.ACCEPTABLE,
    desc = "The callback was added when the runner was through.")
public class AddAndHandOverInMidQueue {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> inner = new Deferred<>();
  private final Deferred<String> outer = Deferred.succeed("start").chainCallback(start -> inner);
  private String outerSaw = "";
  private Thread adder;

  public AddAndHandOverInMidQueue() {
    outer.onSuccess(result -> outerSaw += result).onSuccess(result -> {});
    addTo(inner);
  }

  private void addTo(Deferred<String> deferred) {
    Deferred<?> unused =
        deferred.addCallback(
            before -> before + (Thread.currentThread() == adder ? " adder" : " runner"));
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    inner.callback("value");
  }

  @Actor
  public void add() {
    meeting.attendAndLinger();
    adder = Thread.currentThread();
    addTo(inner);
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 = outerSaw;
    inner.onSuccess(result -> r.r2 = result);
  }
}
