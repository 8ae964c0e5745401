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
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Somebody cancels just when the result comes. Nobody has done anything wrong, so nobody gets an
 * exception: either the value goes along the chain and the cancel was too late, or the cancellation
 * does and the firing is swallowed. A second firing is an error in any case.
 */
@JCStressTest
@State
@Outcome(
    id = "value, refused",
    expect = Expect.ACCEPTABLE,
    desc = "The firing was first, and the cancel is silent.")
@Outcome(
    id = "cancellation, refused",
    expect = Expect.ACCEPTABLE,
    desc = "The cancel was first, and the firing is swallowed.")
public class FireAndCancel {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>();
  private String seen = "";

  public FireAndCancel() {
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
  public void cancel() {
    meeting.attendAndLinger();
    deferred.cancel();
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 = seen;
    try {
      deferred.callback("second");
    } catch (AlreadyCalledException refused) {
      r.r2 = "refused";
    }
  }
}
