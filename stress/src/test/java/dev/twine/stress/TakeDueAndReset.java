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
import org.openjdk.jcstress.infra.results.ZLI_Result;

/**
 * A scheduler takes a call that is due, and somebody puts it off. Either it is made and he hears
 * that it came too late, or it is still to be made.
 */
@JCStressTest
@State
@Outcome(id = "true, too late, 0", expect = Expect.ACCEPTABLE, desc = "It is made.")
@Outcome(id = "false, moved, 1", expect = Expect.ACCEPTABLE, desc = "It was put off.")
public class TakeDueAndReset {

  private final Meeting meeting = new Meeting();
  private final DelayedCalls calls = new DelayedCalls(() -> 1, () -> {});
  private final DelayedCall call = calls.add(Duration.ZERO, () -> {});

  @Actor
  public void take(ZLI_Result r) {
    meeting.attend();
    r.r1 = calls.takeDue() != null;
  }

  @Actor
  public void reset(ZLI_Result r) {
    meeting.attend();
    try {
      call.reset(Duration.ofHours(1));
      r.r2 = "moved";
    } catch (IllegalStateException made) {
      r.r2 = "too late";
    }
  }

  @Arbiter
  public void after(ZLI_Result r) {
    r.r3 = calls.pending().size();
  }
}
