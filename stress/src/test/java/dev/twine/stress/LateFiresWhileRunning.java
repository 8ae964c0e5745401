package dev.twine.stress;

import dev.twine.AlreadyCalledException;
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
 * A Deferred without a canceller is cancelled on one thread, and its errback itself brings a late
 * result, while another thread brings one, too. One of them is forgiven, the other one isn't, and
 * the result of the errback stays. If the other thread comes before the cancel, its result is not
 * late at all, and the errback never runs.
 */
@JCStressTest
@State
@Outcome(
    id = "swallowed, refused, handled",
    expect = Expect.ACCEPTABLE,
    desc = "The errback was first.")
@Outcome(
    id = "refused, swallowed, handled",
    expect = Expect.ACCEPTABLE,
    desc = "The other thread was first, while the errback ran.")
@Outcome(
    id = "not fired, swallowed, on time",
    expect = Expect.ACCEPTABLE,
    desc = "The other thread was there before the cancel.")
public class LateFiresWhileRunning {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>();
  private String fromInside = "not fired";
  private String seen = "";

  public LateFiresWhileRunning() {
    for (int i = 0; i < 20; i++) {
      deferred.onFailure(cancellation -> {}); // a run of some length
    }
    deferred.addErrback(
        CancellationException.class,
        cancellation -> {
          fromInside = fire();
          return "handled";
        });
    deferred.onSuccess(result -> seen += result);
  }

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    deferred.cancel();
  }

  @Actor
  public void fire(LLL_Result r) {
    meeting.attendAndLinger();
    r.r2 = fire();
  }

  private String fire() {
    try {
      deferred.callback("on time");
      return "swallowed";
    } catch (AlreadyCalledException oneTooMany) {
      return "refused";
    }
  }

  @Arbiter
  public void after(LLL_Result r) {
    r.r1 = fromInside;
    r.r3 = seen;
  }
}
