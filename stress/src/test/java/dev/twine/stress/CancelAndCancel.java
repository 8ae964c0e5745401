package dev.twine.stress;

import dev.twine.Deferred;
import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * Two threads cancel the same Deferred. One of them calls the canceller and fails the Deferred; the
 * other one returns at once, perhaps before the canceller has ended, and doesn't call it.
 */
@JCStressTest
@State
@Outcome(
    id = "true, true, called failed",
    expect = Expect.ACCEPTABLE,
    desc = "Both return when the Deferred has failed.")
@Outcome(
    id = "true, false, called failed",
    expect = Expect.ACCEPTABLE,
    desc = "The right one returns while the left one calls the canceller.")
@Outcome(
    id = "false, true, called failed",
    expect = Expect.ACCEPTABLE,
    desc = "The left one returns while the right one calls the canceller.")
public class CancelAndCancel {

  private final Meeting meeting = new Meeting();
  private String log = "";
  private final Deferred<String> deferred = new Deferred<>(unused -> log += "called ");

  public CancelAndCancel() {
    deferred.addErrback(CancellationException.class, cancellation -> log += "failed");
  }

  @Actor
  public void left(ZZL_Result r) {
    meeting.attendAndLinger();
    deferred.cancel();
    r.r1 = deferred.isCalled();
  }

  @Actor
  public void right(ZZL_Result r) {
    meeting.attendAndLinger();
    deferred.cancel();
    r.r2 = deferred.isCalled();
  }

  @Arbiter
  public void after(ZZL_Result r) {
    r.r3 = log;
  }
}
