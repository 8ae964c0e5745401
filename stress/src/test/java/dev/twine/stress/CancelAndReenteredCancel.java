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
 * Two threads cancel the same Deferred, and the canceller cancels it once more. That does nothing,
 * as the canceller is claimed by then, even by the very same thread: it is never entered twice at a
 * time, and called once.
 */
@JCStressTest
@State
@Outcome(
    id = "true, true, enters leaves failed",
    expect = Expect.ACCEPTABLE,
    desc = "Both return when the Deferred has failed.")
@Outcome(
    id = "true, false, enters leaves failed",
    expect = Expect.ACCEPTABLE,
    desc = "The right one returns while the left one calls the canceller.")
@Outcome(
    id = "false, true, enters leaves failed",
    expect = Expect.ACCEPTABLE,
    desc = "The left one returns while the right one calls the canceller.")
public class CancelAndReenteredCancel {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>(this::cancelOnceMore);
  private String log = "";

  public CancelAndReenteredCancel() {
    deferred.addErrback(CancellationException.class, cancellation -> log += "failed");
  }

  private void cancelOnceMore(Deferred<String> mine) {
    log += "enters ";
    mine.cancel();
    log += "leaves ";
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
