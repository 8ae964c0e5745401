package dev.twine.stress;

import dev.twine.Deferred;
import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * An outer chain waits for an inner Deferred, and after that for a next one. The inner fires just
 * when another thread cancels the outer. The cancel hits the inner, or, if the outer has got its
 * result or is just getting it, the next one. It is never lost, and never hits both.
 */
@JCStressTest
@State
@Outcome(
    id = "cancellation, nobody",
    expect = Expect.ACCEPTABLE,
    desc = "The cancel hits the inner; the next one is left alone.")
@Outcome(
    id = "value, the firing thread",
    expect = Expect.ACCEPTABLE,
    desc = "The inner has fired; the runner passes the cancel on.")
@Outcome(
    id = "value, the cancelling thread",
    expect = Expect.ACCEPTABLE,
    desc = "The inner has fired; the cancel finds the next one.")
public class CancelAndResume {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> inner = new Deferred<>();
  private final Deferred<String> next =
      new Deferred<>(unused -> cancelledOn = Thread.currentThread());
  private final Deferred<String> outer = Deferred.succeed("start").chainCallback(start -> inner);
  private String seen = "";
  private Thread firing;
  private Thread cancelledOn;

  public CancelAndResume() {
    outer
        .addErrback(CancellationException.class, cancellation -> "cancellation")
        .onSuccess(result -> seen += result);
    for (int i = 0; i < 20; i++) {
      outer.onSuccess(result -> {}); // a run of some length
    }
    outer
        .chainCallback(result -> next)
        .consumeErrors(CancellationException.class, cancellation -> {});
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    firing = Thread.currentThread();
    inner.callback("value");
  }

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    outer.cancel();
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 = seen;
    r.r2 =
        cancelledOn == null
            ? "nobody"
            : cancelledOn == firing ? "the firing thread" : "the cancelling thread";
  }
}
