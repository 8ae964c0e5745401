package dev.twine.stress;

import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.fromCoroutine;

import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZLL_Result;

/**
 * A body is resumed by one thread and returns; at that moment its Deferred is cancelled by another
 * one. There is nothing left to cancel, and the value is what comes out. But the cancel has made
 * the Deferred wait for another one, perhaps before the end is fired, perhaps between the look at
 * what is to be fired and the firing; the end has to find its way there. The callbacks run on
 * whichever thread brings the two together.
 */
@JCStressTest
@State
@Outcome(id = "true, served, the runner", expect = Expect.ACCEPTABLE, desc = "The end was first.")
@Outcome(id = "false, served, the runner", expect = Expect.ACCEPTABLE, desc = "The cancel was.")
@Outcome(id = "false, served, the canceller", expect = Expect.ACCEPTABLE, desc = "They met.")
public class CancelAndEndOfBody {

  private final Meeting inBody = new Meeting();
  private final Deferred<String> awaited = new Deferred<>();
  private final Deferred<String> done = fromCoroutine(this::body);
  private final Fate<String> end = new Fate<>(done);
  private Thread canceller;

  private String body() {
    String value = await(awaited);
    inBody.attendAndLinger();
    return value;
  }

  @Actor
  public void runner() {
    awaited.callback("value");
  }

  @Actor
  public void canceller(ZLL_Result r) {
    canceller = Thread.currentThread();
    inBody.attend();
    Meeting.linger(500);
    r.r1 = done.isCalled();
    done.cancel();
  }

  @Arbiter
  public void after(ZLL_Result r) {
    r.r2 = end.toString();
    r.r3 = end.wasServedBy(canceller) ? "the canceller" : "the runner";
  }
}
