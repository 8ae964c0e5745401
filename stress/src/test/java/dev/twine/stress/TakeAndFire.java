package dev.twine.stress;

import dev.twine.Deferred;
import dev.twine.DeferredState;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A callback returns a Deferred just when that is fired. Either the chain finds the result and
 * takes it, or it waits and the firing thread takes it along. The result moves once, and the chain
 * goes on once, in one of the two threads.
 */
@JCStressTest
@State
@Outcome(
    id = "value, the outer's thread, taken",
    expect = Expect.ACCEPTABLE,
    desc = "The result was there, and the outer takes it.")
@Outcome(
    id = "value, the inner's thread, taken",
    expect = Expect.ACCEPTABLE,
    desc = "The outer waited, and gets the result from the firing thread.")
public class TakeAndFire {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> outer = new Deferred<>();
  private final Deferred<String> inner = new Deferred<>();
  private String seen = "";
  private Thread firesInner;
  private Thread ranOn;

  public TakeAndFire() {
    Deferred<String> taking = outer.chainCallback(start -> inner);
    taking.onSuccess(
        result -> {
          seen += result;
          ranOn = Thread.currentThread();
        });
  }

  @Actor
  public void fireOuter() {
    meeting.attendAndLinger();
    outer.callback("start");
  }

  @Actor
  public void fireInner() {
    meeting.attendAndLinger();
    firesInner = Thread.currentThread();
    inner.callback("value");
  }

  @Arbiter
  public void after(LLL_Result r) {
    r.r1 = seen;
    r.r2 = ranOn == firesInner ? "the inner's thread" : "the outer's thread";
    r.r3 = inner.state().equals(new DeferredState.Value<>(null, true, 0)) ? "taken" : "kept";
  }
}
