package dev.twine.stress;

import dev.twine.Deferred;
import dev.twine.Failure;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A failure that somebody has looked at passes a callback, by which it counts as unhandled again,
 * and comes to an errback; meanwhile another thread looks at it, too. To mark the failure anew the
 * chain runs for a moment, and then a look gives nothing. The callback never runs, and the errback
 * once.
 */
@JCStressTest
@State
@Outcome(id = "planned, planned", expect = Expect.ACCEPTABLE, desc = "The look was first.")
@Outcome(id = "nothing yet, planned", expect = Expect.ACCEPTABLE, desc = "The chain ran.")
@Outcome(id = "handled, planned", expect = Expect.ACCEPTABLE, desc = "The errback was first.")
public class OutcomeAndPassOn {

  private static final Failure PLANNED = new Failure(new IllegalStateException("planned"));

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>();
  private String seen = "";

  public OutcomeAndPassOn() {
    deferred.errback(PLANNED);
    Looked.at(deferred);
  }

  @Actor
  public void look(LL_Result r) {
    meeting.attendAndLinger();
    r.r1 = Looked.at(deferred);
  }

  @Actor
  public void add() {
    meeting.attendAndLinger();
    deferred.onSuccess(value -> seen += "the callback ran");
    Meeting.linger();
    deferred.addErrback(
        failure -> {
          seen += failure.getErrorMessage();
          return "handled";
        });
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r2 = Looked.at(deferred).equals("handled") ? seen : "lost: " + seen;
  }
}
