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
 * A chain runs. Another thread pauses it and soon has second thoughts. If the runner has noticed
 * the pause, it has left, and whoever takes the pause back has to run the rest; if it has not, it
 * goes on, and the other one has nothing to do. So each callback is run once and in order, by one
 * of the two: they don't both take the chain up again, and they don't each leave it to the other,
 * which would put the chain to sleep for ever.
 */
@JCStressTest
@State
@Outcome(id = "123, the runner", expect = Expect.ACCEPTABLE, desc = "It goes on to the end.")
@Outcome(id = "123, the unpauser", expect = Expect.ACCEPTABLE, desc = "It had stopped before.")
public class UnpauseAndRun {

  private final Deferred<String> deferred = new Deferred<>();
  private final Meeting inFirstCallback = new Meeting();
  private Thread unpauser;
  private Thread lastRanOn;
  private String order = "";

  public UnpauseAndRun() {
    deferred.onSuccess(
        value -> {
          inFirstCallback.attendAndLinger();
          ran(1);
        });
    deferred.onSuccess(value -> ran(2));
    deferred.onSuccess(value -> ran(3));
  }

  private void ran(int number) {
    order += number;
    lastRanOn = Thread.currentThread();
  }

  @Actor
  public void runner() {
    deferred.callback("value");
  }

  @Actor
  public void unpauser() {
    unpauser = Thread.currentThread();
    inFirstCallback.attend();
    deferred.pause();
    Meeting.linger();
    deferred.unpause();
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 = order;
    r.r2 = lastRanOn == unpauser ? "the unpauser" : "the runner";
  }
}
