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
import org.openjdk.jcstress.infra.results.LIL_Result;

/**
 * Somebody cancels just when the result comes, and a canceller promises that the work is stopped.
 * The canceller is claimed first. A result that comes before it has returned still wins, and {@code
 * cancel()} says nothing; a result that comes after that is one too many.
 */
@JCStressTest
@State
@Outcome(
    id = "fires, 0, value",
    expect = Expect.ACCEPTABLE,
    desc = "The firing came before the canceller was called.")
@Outcome(
    id = "fires, 1, value",
    expect = Expect.ACCEPTABLE,
    desc = "The firing came while the canceller ran.")
@Outcome(
    id = "refused, 1, cancellation",
    expect = Expect.ACCEPTABLE,
    desc = "The firing came after the canceller.")
public class FireAndCancelWithCanceller {

  private final Meeting meeting = new Meeting();
  private String seen = "";
  private int called;
  private final Deferred<String> deferred = new Deferred<>(unused -> called++);

  public FireAndCancelWithCanceller() {
    deferred
        .addErrback(CancellationException.class, cancellation -> "cancellation")
        .onSuccess(result -> seen += result);
  }

  @Actor
  public void fire(LIL_Result r) {
    meeting.attendAndLinger();
    try {
      deferred.callback("value");
      r.r1 = "fires";
    } catch (AlreadyCalledException late) {
      r.r1 = "refused";
    }
  }

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    deferred.cancel();
  }

  @Arbiter
  public void after(LIL_Result r) {
    r.r2 = called;
    r.r3 = seen;
  }
}
