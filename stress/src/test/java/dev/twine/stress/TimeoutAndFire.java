package dev.twine.stress;

import dev.twine.Deferred;
import dev.twine.time.ManualClock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/**
 * The time of a Deferred is up just when its result comes. The chain goes on with the value, or,
 * from the place of the time limit on, with a time-out; the firing is no error. No timer stays
 * behind, not even that of a second limit, which is far away.
 */
@JCStressTest
@State
@Outcome(id = "value, value, 0", expect = Expect.ACCEPTABLE, desc = "The result was in time.")
@Outcome(
    id = "cancellation, time-out, 0",
    expect = Expect.ACCEPTABLE,
    desc = "The time was up, and the result is swallowed.")
public class TimeoutAndFire {

  private final Meeting meeting = new Meeting();
  private final ManualClock clock = new ManualClock();
  private final Deferred<String> deferred = new Deferred<>();
  private String inside = "";
  private String outside = "";

  public TimeoutAndFire() {
    deferred
        .onSuccess(value -> inside += value)
        .onFailure(CancellationException.class, cancellation -> inside += "cancellation")
        .addTimeout(Duration.ofSeconds(1), clock)
        .addTimeout(Duration.ofHours(1), clock)
        .addErrback(TimeoutException.class, late -> "time-out")
        .onSuccess(result -> outside += result);
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    deferred.callback("value");
  }

  @Actor
  public void timer() {
    meeting.attendAndLinger();
    clock.advance(Duration.ofSeconds(1));
  }

  @Arbiter
  public void after(LLI_Result r) {
    r.r1 = inside;
    r.r2 = outside;
    r.r3 = clock.pendingCalls().size();
  }
}
