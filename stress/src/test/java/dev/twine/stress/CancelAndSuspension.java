package dev.twine.stress;

import dev.twine.Deferred;
import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/**
 * A Deferred is fired whose only callback returns another one, on which a callback of its own
 * stands already; a second thread cancels, with no regard for how far that has come. It hits the
 * Deferred itself or the one it waits for, but never none and never both.
 */
@JCStressTest
@State
@Outcome(
    id = "cancellation, false",
    expect = Expect.ACCEPTABLE,
    desc = "The cancel came before the firing, and hits the Deferred itself.")
@Outcome(
    id = "cancellation, true",
    expect = Expect.ACCEPTABLE,
    desc = "The cancel hits what the Deferred waits for.")
public class CancelAndSuspension {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>();
  private final Deferred<String> waitedFor = new Deferred<>();
  private String seen = "";

  public CancelAndSuspension() {
    waitedFor.onSuccess(value -> {});
    Deferred<String> waiting = deferred.chainCallback(value -> waitedFor);
    waiting
        .addErrback(CancellationException.class, cancellation -> "cancellation")
        .onSuccess(result -> seen += result);
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    deferred.callback("value");
  }

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    deferred.cancel();
  }

  @Arbiter
  public void after(LZ_Result r) {
    r.r1 = seen;
    r.r2 = waitedFor.isCalled();
  }
}
