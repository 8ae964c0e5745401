package dev.twine.stress;

import dev.twine.Deferred;
import dev.twine.time.ManualClock;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/**
 * The time of a Deferred is up while its chain runs and is going to wait for another one, which
 * never fires. A lost cancel would be a wait for ever; so the timer cancels the Deferred before it
 * is fired, or what it waits for, or leaves the latter to the runner. No timer stays behind, not
 * even that of a second limit, which is far away.
 */
@JCStressTest
@State
@Outcome(
    id = "time-out, nobody, 0",
    expect = Expect.ACCEPTABLE,
    desc = "The time was up before the firing.")
@Outcome(
    id = "time-out, the runner, 0",
    expect = Expect.ACCEPTABLE,
    desc = "The time was up during the run, and the runner passes the cancel on.")
@Outcome(
    id = "time-out, the timer, 0",
    expect = Expect.ACCEPTABLE,
    desc = "The time was up when the chain waited.")
public class TimeoutAndSuspension {

  private final Meeting meeting = new Meeting();
  private final ManualClock clock = new ManualClock();
  private final Deferred<String> deferred = new Deferred<>();
  private final Deferred<String> never =
      new Deferred<>(unused -> cancelledOn = Thread.currentThread());
  private String outside = "";
  private Thread runner;
  private Thread cancelledOn;

  public TimeoutAndSuspension() {
    for (int i = 0; i < 20; i++) {
      deferred.onSuccess(value -> {}); // a run of some length
    }
    Deferred<String> waiting = deferred.chainCallback(value -> never);
    waiting
        .addTimeout(Duration.ofSeconds(1), clock)
        .addTimeout(Duration.ofHours(1), clock)
        .addErrback(TimeoutException.class, late -> "time-out")
        .onSuccess(result -> outside += result);
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    runner = Thread.currentThread();
    deferred.callback("value");
  }

  @Actor
  public void timer() {
    meeting.attendAndLinger();
    clock.advance(Duration.ofSeconds(1));
  }

  @Arbiter
  public void after(LLI_Result r) {
    r.r1 = outside;
    r.r2 = cancelledOn == null ? "nobody" : cancelledOn == runner ? "the runner" : "the timer";
    r.r3 = clock.pendingCalls().size();
  }
}
