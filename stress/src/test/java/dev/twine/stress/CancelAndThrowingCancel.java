package dev.twine.stress;

import dev.twine.Deferred;
import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Two threads cancel the same Deferred, and the canceller throws at its first call. That comes out
 * of the {@code cancel()} that made the call, the claim is given back, and the next cancel calls
 * the canceller again. The other thread finds it claimed, and returns, or given back, and then it
 * is that next one; if not, a third cancel is. The canceller is never entered while it runs.
 */
@JCStressTest
@State
@Outcome(
    id = "throws, returns, throws",
    expect = Expect.ACCEPTABLE,
    desc = "The left one throws, the right one comes meanwhile.")
@Outcome(
    id = "returns, throws, throws",
    expect = Expect.ACCEPTABLE,
    desc = "The right one throws, the left one comes meanwhile.")
@Outcome(
    id = "throws, returns, throws stops failed",
    expect = Expect.ACCEPTABLE,
    desc = "The left one throws, the right one comes after it.")
@Outcome(
    id = "returns, throws, throws stops failed",
    expect = Expect.ACCEPTABLE,
    desc = "The right one throws, the left one comes after it.")
public class CancelAndThrowingCancel {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>(this::stop);
  private String log = "";

  public CancelAndThrowingCancel() {
    deferred.addErrback(CancellationException.class, cancellation -> log += " failed");
  }

  private void stop(Deferred<String> mine) {
    if (log.isEmpty()) {
      log += "throws";
      throw new IllegalStateException("not now");
    }
    log += " stops";
  }

  @Actor
  public void left(LLL_Result r) {
    meeting.attendAndLinger();
    r.r1 = cancel();
  }

  @Actor
  public void right(LLL_Result r) {
    meeting.attendAndLinger();
    r.r2 = cancel();
  }

  private String cancel() {
    try {
      deferred.cancel();
      return "returns";
    } catch (IllegalStateException thrown) {
      return "throws";
    }
  }

  @Arbiter
  public void after(LLL_Result r) {
    String raced = log;
    deferred.cancel();
    r.r3 = log.equals("throws stops failed") ? raced : "never stops: " + log;
  }
}
