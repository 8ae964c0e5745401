package dev.twine.stress;

import dev.twine.Deferred;
import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLZ_Result;

/**
 * A Deferred is fired and its callbacks run, the last of which returns an unfired one, when another
 * thread cancels, as a time limit does. The cancel may fail the chain before it is fired. If it
 * meets the run it is kept, and reaches what the chain comes to wait for; were it lost, the chain
 * would wait for ever. It reaches the first one only: what the chain waits for after that is left
 * alone.
 */
@JCStressTest
@State
@Outcome(
    id = "cancellation, nobody, false",
    expect = Expect.ACCEPTABLE,
    desc = "The cancel came before the firing.")
@Outcome(
    id = "cancellation, the runner, false",
    expect = Expect.ACCEPTABLE,
    desc = "The cancel was kept, and the runner passes it on.")
@Outcome(
    id = "cancellation, the other thread, false",
    expect = Expect.ACCEPTABLE,
    desc = "The chain waited by then.")
public class CancelAndRun {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>();
  private final Deferred<String> first =
      new Deferred<>(unused -> cancelledOn = Thread.currentThread());
  private final Deferred<String> second = new Deferred<>();
  private String seen = "";
  private Thread runner;
  private Thread cancelledOn;

  public CancelAndRun() {
    for (int i = 0; i < 20; i++) {
      deferred.onSuccess(value -> {}); // a run of some length
    }
    Deferred<?> unused =
        deferred
            .chainCallback(Deferred::succeed)
            .chainCallback(value -> first)
            .addErrback(CancellationException.class, cancellation -> "cancellation")
            .onSuccess(result -> seen += result)
            .chainCallback(result -> second);
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    runner = Thread.currentThread();
    deferred.callback("value");
  }

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    deferred.cancel();
  }

  @Arbiter
  public void after(LLZ_Result r) {
    r.r1 = seen;
    r.r2 =
        cancelledOn == null ? "nobody" : cancelledOn == runner ? "the runner" : "the other thread";
    r.r3 = second.isCalled();
  }
}
