package dev.twine.stress;

import dev.twine.Deferred;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Two chains come to wait for each other, which is a mistake in the program, while another thread
 * cancels one of them. If the cycle is closed by then, the cancel says so. In any case it returns,
 * and nothing else changes.
 */
@JCStressTest
@State
@Outcome(
    id = "silent, Waiting, Waiting",
    expect = Expect.ACCEPTABLE,
    desc = "The cycle was not closed when the cancel was called.")
@Outcome(
    id = "named, Waiting, Waiting",
    expect = Expect.ACCEPTABLE,
    desc = "The cancel comes back to where it was, and throws.")
public class CancelAndCycle {

  /** A cancel that was kept until the cycle closed throws far from its caller, and is reported. */
  private static final Logger REPORTS = Logger.getLogger("dev.twine");

  static {
    REPORTS.setLevel(Level.OFF);
  }

  private final Meeting meeting = new Meeting();
  private final Deferred<String> left = new Deferred<>();
  private final Deferred<String> right = new Deferred<>();

  public CancelAndCycle() {
    waits(left, right);
    waits(right, left);
    left.callback("start");
  }

  private static void waits(Deferred<String> outer, Deferred<String> inner) {
    Deferred<?> unused = outer.chainBoth(outcome -> inner);
  }

  @Actor
  public void close() {
    meeting.attendAndLinger();
    right.callback("start");
  }

  @Actor
  public void cancel(LLL_Result r) {
    meeting.attendAndLinger();
    try {
      left.cancel();
      r.r1 = "silent";
    } catch (IllegalStateException cycle) {
      r.r1 = "named";
    }
  }

  @Arbiter
  public void after(LLL_Result r) {
    r.r2 = left.state().getClass().getSimpleName();
    r.r3 = right.state().getClass().getSimpleName();
  }
}
