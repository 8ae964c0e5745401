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
 * A Deferred is fired, and its callbacks run to their end without waiting for anything, when
 * another thread cancels. A cancel that meets the run has nothing to stop and is forgotten when the
 * run ends: what is added later, and makes the chain wait, has nothing to fear from it.
 */
@JCStressTest
@State
@Outcome(
    id = "Unfired, cancellation, false",
    expect = Expect.ACCEPTABLE,
    desc = "The cancel came before the firing.")
@Outcome(
    id = "Unfired, value, false",
    expect = Expect.ACCEPTABLE,
    desc = "The firing came right before the cancel.")
@Outcome(
    id = "Running, value, false",
    expect = Expect.ACCEPTABLE,
    desc = "The cancel met the run, or came right after it.")
@Outcome(id = "Value, value, false", expect = Expect.ACCEPTABLE, desc = "The cancel came too late.")
public class CancelAndEndingRun {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>();
  private final Deferred<String> later = new Deferred<>();
  private String seen = "";

  public CancelAndEndingRun() {
    for (int i = 0; i < 20; i++) {
      deferred.onSuccess(value -> {}); // a run of some length
    }
    deferred
        .addErrback(CancellationException.class, cancellation -> "cancellation")
        .onSuccess(result -> seen += result);
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    deferred.callback("value");
  }

  @Actor
  public void cancel(LLZ_Result r) {
    meeting.attendAndLinger();
    r.r1 = deferred.state().getClass().getSimpleName();
    deferred.cancel();
  }

  @Arbiter
  public void after(LLZ_Result r) {
    r.r2 = seen;
    Deferred<?> unused = deferred.chainCallback(result -> later);
    r.r3 = later.isCalled();
  }
}
