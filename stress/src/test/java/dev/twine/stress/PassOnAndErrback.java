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
 * To a failure that somebody has looked at, one thread adds a callback, which it passes, and
 * another one an errback. To mark the failure as unhandled again the first thread runs the chain
 * for a moment; an errback that is added just then is left to it. The errback runs once, on one of
 * the two threads, and the callback has the failure pass or gets what the errback has made of it.
 */
@JCStressTest
@State
@Outcome(id = "planned, its adder", expect = Expect.ACCEPTABLE, desc = "The failure had passed.")
@Outcome(id = "planned, the other one", expect = Expect.ACCEPTABLE, desc = "It was passing.")
@Outcome(id = "planned handled, its adder", expect = Expect.ACCEPTABLE, desc = "It never passed.")
public class PassOnAndErrback {

  private static final Failure PLANNED = new Failure(new IllegalStateException("planned"));

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>();
  private String seen = "";
  private Thread adder;
  private Thread ranOn;

  public PassOnAndErrback() {
    deferred.errback(PLANNED);
    Looked.at(deferred);
  }

  @Actor
  public void pass() {
    meeting.attendAndLinger();
    deferred.onSuccess(value -> seen += " " + value);
  }

  @Actor
  public void add() {
    meeting.attendAndLinger();
    adder = Thread.currentThread();
    deferred.addErrback(
        failure -> {
          seen += failure.getErrorMessage();
          ranOn = Thread.currentThread();
          return "handled";
        });
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 = Looked.at(deferred).equals("handled") ? seen : "lost: " + seen;
    r.r2 = ranOn == adder ? "its adder" : "the other one";
  }
}
