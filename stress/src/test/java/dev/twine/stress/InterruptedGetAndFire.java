package dev.twine.stress;

import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZL_Result;

/**
 * A plain thread that waits for a result is interrupted, and right after that the result comes. It
 * leaves with the exception, or with the value; then the interrupt is still there for whoever looks
 * next. The result stays where it is for those who come later.
 */
@JCStressTest
@State
@Outcome(
    id = "interrupted, false, value",
    expect = Expect.ACCEPTABLE,
    desc = "The interrupt ends the waiting.")
@Outcome(
    id = "value, true, value",
    expect = Expect.ACCEPTABLE,
    desc = "The value ends the waiting, and the interrupt is kept.")
public class InterruptedGetAndFire {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>();
  private Thread waiting;

  @Actor
  public void interruptAndFire() {
    meeting.attendAndLinger();
    waiting.interrupt();
    deferred.callback("value");
  }

  @Actor
  public void get(LZL_Result r) {
    waiting = Thread.currentThread();
    meeting.attendAndLinger();
    try {
      r.r1 = deferred.get();
    } catch (InterruptedException ended) {
      r.r1 = "interrupted";
    }
    r.r2 = Thread.interrupted();
  }

  @Arbiter
  public void after(LZL_Result r) {
    deferred.onSuccess(value -> r.r3 = value);
  }
}
