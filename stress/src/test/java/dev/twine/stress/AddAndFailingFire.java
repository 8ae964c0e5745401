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
 * An errback is added while the Deferred fails. If the failure comes first the Deferred is idle for
 * a moment with a failure that nobody has handled, and the adder takes it from there. The errback
 * runs once, on one of the two threads, and nothing is left to report.
 */
@JCStressTest
@State
@Outcome(
    id = "planned, the adder",
    expect = Expect.ACCEPTABLE,
    desc = "The failure was there before the errback.")
@Outcome(
    id = "planned, the firing thread",
    expect = Expect.ACCEPTABLE,
    desc = "The errback was there before the failure.")
public class AddAndFailingFire {

  private static final Failure PLANNED = new Failure(new IllegalStateException("planned"));

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>();
  private String seen = "";
  private Thread adder;
  private Thread ranOn;

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

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    deferred.errback(PLANNED);
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 = seen;
    r.r2 = ranOn == adder ? "the adder" : "the firing thread";
  }
}
