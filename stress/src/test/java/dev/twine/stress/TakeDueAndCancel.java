package dev.twine.stress;

import dev.twine.DelayedCall;
import dev.twine.DelayedCalls;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/**
 * A scheduler takes a call that is due, and somebody cancels it. Either it is made and the cancel
 * says that it came too late, or it is not. Nothing is left of it either way.
 */
@JCStressTest
@State
@Outcome(id = "true, false, 0", expect = Expect.ACCEPTABLE, desc = "It is made.")
@Outcome(id = "false, true, 0", expect = Expect.ACCEPTABLE, desc = "It was cancelled.")
public class TakeDueAndCancel {

  private final Meeting meeting = new Meeting();
  private final DelayedCalls calls = new DelayedCalls(() -> 1, () -> {});
  private final DelayedCall call = calls.add(Duration.ZERO, () -> {});

  @Actor
  public void take(ZZI_Result r) {
    meeting.attend();
    r.r1 = calls.takeDue() != null;
  }

  @Actor
  public void cancel(ZZI_Result r) {
    meeting.attend();
    r.r2 = call.cancel();
  }

  @Arbiter
  public void after(ZZI_Result r) {
    r.r3 = calls.pending().size();
  }
}
