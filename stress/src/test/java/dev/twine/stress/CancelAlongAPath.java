package dev.twine.stress;

import dev.twine.Deferred;
import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * An outer chain waits for a middle one and that for an inner one; after that the outer waits for a
 * next one. The inner fires, and its result moves up the path, while another thread's cancel of the
 * outer walks down the same path. It hits the one end or the other, and exactly one of them.
 */
@JCStressTest
@State
@Outcome(
    id = "cancellation, cancellation, nobody",
    expect = Expect.ACCEPTABLE,
    desc = "The cancel hits the inner; the next one is left alone.")
@Outcome(
    id = "value, value, the firing thread",
    expect = Expect.ACCEPTABLE,
    desc = "The inner has fired; the runner passes the cancel on.")
@Outcome(
    id = "value, value, the cancelling thread",
    expect = Expect.ACCEPTABLE,
    desc = "The inner has fired; the cancel finds the next one.")
public class CancelAlongAPath {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> inner = new Deferred<>();
  private final Deferred<String> middle = Deferred.succeed("start").chainCallback(start -> inner);
  private final Deferred<String> next =
      new Deferred<>(unused -> cancelledOn = Thread.currentThread());
  private Deferred<String> outer;
  private String middleSaw = "";
  private String outerSaw = "";
  private Thread firing;
  private Thread cancelledOn;

  public CancelAlongAPath() {
    middle
        .addErrback(CancellationException.class, cancellation -> "cancellation")
        .onSuccess(result -> middleSaw += result);
    outer =
        Deferred.succeed("start")
            .chainCallback(start -> middle)
            .onSuccess(result -> outerSaw += result)
            .chainCallback(result -> next);
    outer.consumeErrors(CancellationException.class, cancellation -> {});
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
  public void after(LLL_Result r) {
    r.r1 = middleSaw;
    r.r2 = outerSaw;
    r.r3 =
        cancelledOn == null
            ? "nobody"
            : cancelledOn == firing ? "the firing thread" : "the cancelling thread";
  }
}
