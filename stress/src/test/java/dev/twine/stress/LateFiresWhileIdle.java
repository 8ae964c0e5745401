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
 * A Deferred without a canceller was cancelled, its errback has made the best of it, and then two
 * threads bring a result. One of them is forgiven, the other one isn't, and the result of the
 * errback stays.
 */
@JCStressTest
@State
@Outcome(
    id = "swallowed, refused, handled",
    expect = Expect.ACCEPTABLE,
    desc = "The left one was first.")
@Outcome(
    id = "refused, swallowed, handled",
    expect = Expect.ACCEPTABLE,
    desc = "The right one was first.")
public class LateFiresWhileIdle {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>();

  public LateFiresWhileIdle() {
    deferred.addErrback(CancellationException.class, cancellation -> "handled");
    deferred.cancel();
  }

  @Actor
  public void left(LLL_Result r) {
    meeting.attendAndLinger();
    r.r1 = fire();
  }

  @Actor
  public void right(LLL_Result r) {
    meeting.attendAndLinger();
    r.r2 = fire();
  }

  private String fire() {
    try {
      deferred.callback("late");
      return "swallowed";
    } catch (AlreadyCalledException oneTooMany) {
      return "refused";
    }
  }

  @Arbiter
  public void after(LLL_Result r) {
    deferred.onSuccess(result -> r.r3 = result);
  }
}
