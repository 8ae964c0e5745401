package dev.twine.stress;

import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A callback is about to return a Deferred that has not been fired; at that moment another thread
 * cancels, as a time limit does. There is nothing to cancel yet, so it leaves a note for the runner
 * and looks once more whether the chain has come to wait by now. The runner, for its part, makes it
 * known what the chain waits for and then looks for notes. Whoever is second sees what the first
 * one has written, and the cancel reaches the Deferred that is waited for. If each could look
 * before its own writing is seen by the other, the cancel would be lost and the chain wait for
 * ever.
 */
@JCStressTest
@State
@Outcome(id = "the canceller, cancelled", expect = Expect.ACCEPTABLE, desc = "It finds the wait.")
@Outcome(id = "the runner, cancelled", expect = Expect.ACCEPTABLE, desc = "It finds the note.")
public class CancelKeptAndSuspension {

  private final Deferred<String> deferred = new Deferred<>();
  private final Deferred<String> waitedFor =
      new Deferred<>(cancelled -> cancelledOn = Thread.currentThread());
  private final Meeting inCallback = new Meeting();
  private Thread canceller;
  private Thread cancelledOn;
  private String end = "waiting";

  public CancelKeptAndSuspension() {
    deferred
        .chainCallback(
            value -> {
              inCallback.attendAndLinger();
              return waitedFor;
            })
        .consumeErrors(cancellation -> end = "cancelled");
  }

  @Actor
  public void runner() {
    deferred.callback("value");
  }

  @Actor
  public void canceller() {
    canceller = Thread.currentThread();
    inCallback.attend();
    deferred.cancel();
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 =
        cancelledOn == null ? "nobody" : cancelledOn == canceller ? "the canceller" : "the runner";
    r.r2 = end;
  }
}
