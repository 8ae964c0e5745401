package dev.twine.stress;

import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A chain goes on at an executor whose thread is there at once, perhaps before the chain has come
 * to wait for it. The rest runs on that thread all the same; it may have to come once more.
 */
@JCStressTest
@State
@Outcome(id = "there, at once", expect = Expect.ACCEPTABLE, desc = "The chain was waiting.")
@Outcome(id = "there, again", expect = Expect.ACCEPTABLE, desc = "The thread was too early.")
public class HopAndWait {

  private volatile Runnable task;
  private volatile Thread goesOn;

  @Actor
  public void chain() {
    Deferred<Integer> start = new Deferred<>();
    start.continueOn(given -> task = given).onSuccess(value -> goesOn = Thread.currentThread());
    start.callback(1);
  }

  @Actor
  public void executor(LL_Result r) {
    int runs = 0;
    while (goesOn == null) {
      Runnable next = task;
      if (next != null) {
        task = null;
        next.run();
        runs++;
      }
    }
    r.r1 = goesOn == Thread.currentThread() ? "there" : "here";
    r.r2 = runs == 1 ? "at once" : "again";
  }
}
