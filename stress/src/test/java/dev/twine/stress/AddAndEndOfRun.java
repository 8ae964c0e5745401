package dev.twine.stress;

import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LI_Result;

/**
 * The last callback of a chain is just returning when another thread adds one more. The runner is
 * about to put the result down and go; the adder finds a chain that still runs and leaves its
 * callback there for the runner. If the runner sees it in time, it runs it; if the result lies
 * there already, the adder runs it. The one thing that may not happen is that the callback lies
 * there and nobody comes back for it.
 */
@JCStressTest
@State
@Outcome(id = "the runner, 1", expect = Expect.ACCEPTABLE, desc = "Added before the run ended.")
@Outcome(id = "the adder, 1", expect = Expect.ACCEPTABLE, desc = "Added after the run had ended.")
public class AddAndEndOfRun {

  private final Deferred<String> deferred = new Deferred<>();
  private final Meeting inLastCallback = new Meeting();
  private Thread adder;
  private String ranOn = "nobody";
  private int runs;

  public AddAndEndOfRun() {
    deferred.onSuccess(value -> inLastCallback.attendAndLinger());
  }

  @Actor
  public void runner() {
    deferred.callback("value");
  }

  @Actor
  public void adder() {
    adder = Thread.currentThread();
    inLastCallback.attendAndLinger();
    deferred.onSuccess(
        value -> {
          ranOn = Thread.currentThread() == adder ? "the adder" : "the runner";
          runs++;
        });
  }

  @Arbiter
  public void after(LI_Result r) {
    r.r1 = ranOn;
    r.r2 = runs;
  }
}
