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
 * The same as in {@link OutcomeAndPassOn}, for a Deferred that was cancelled and has no canceller:
 * it may still swallow a firing, so its failure stands beside that right. The right is there in the
 * end, whoever has looked and added meanwhile.
 */
@JCStressTest
@State
@Outcome(id = "cancelled, cancelled", expect = Expect.ACCEPTABLE, desc = "The look was first.")
@Outcome(id = "nothing yet, cancelled", expect = Expect.ACCEPTABLE, desc = "The chain ran.")
@Outcome(id = "handled, cancelled", expect = Expect.ACCEPTABLE, desc = "The errback was first.")
public class OutcomeAfterCancelAndPassOn {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>();
  private String seen = "";

  public OutcomeAfterCancelAndPassOn() {
    deferred.cancel();
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
          seen += "cancelled";
          return "handled";
        });
  }

  @Arbiter
  public void after(LL_Result r) {
    deferred.callback("too late");
    r.r2 = Looked.at(deferred).equals("handled") ? seen : "lost: " + seen;
  }
}
