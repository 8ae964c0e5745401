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
 * A Deferred has failed. One thread looks at the outcome without taking it, by which the failure
 * counts as handled; another one adds an errback. The look gives the failure, what the errback has
 * made of it, or nothing while that runs. The errback has the failure in any case, and once.
 */
@JCStressTest
@State
@Outcome(id = "planned, planned", expect = Expect.ACCEPTABLE, desc = "The look was first.")
@Outcome(id = "nothing yet, planned", expect = Expect.ACCEPTABLE, desc = "The errback ran.")
@Outcome(id = "handled, planned", expect = Expect.ACCEPTABLE, desc = "The errback was first.")
public class OutcomeAndErrback {

  private static final Failure PLANNED = new Failure(new IllegalStateException("planned"));

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>();
  private String seen = "";

  public OutcomeAndErrback() {
    deferred.errback(PLANNED);
  }

  @Actor
  public void look(LL_Result r) {
    meeting.attendAndLinger();
    r.r1 = Looked.at(deferred);
  }

  @Actor
  public void add() {
    meeting.attendAndLinger();
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
