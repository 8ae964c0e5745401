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
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A body that one thread has resumed is about to wait again, and its Deferred is cancelled by
 * another thread. While the body runs there is nothing to cancel, so it is kept, and the runner
 * finds it when the body has come to wait. If the body waits already, the canceller reaches what it
 * waits for. If it could get lost between the two, the body would wait for ever.
 */
@JCStressTest
@State
@Outcome(id = "the canceller, cancelled", expect = Expect.ACCEPTABLE, desc = "It finds the wait.")
@Outcome(id = "the runner, cancelled", expect = Expect.ACCEPTABLE, desc = "It finds the cancel.")
public class CancelAndRunningBody {

  private final Meeting inBody = new Meeting();
  private final Deferred<String> first = new Deferred<>();
  private final Deferred<String> second =
      new Deferred<>(cancelled -> cancelledOn = Thread.currentThread());
  private final Fate<String> coroutine = new Fate<>(fromCoroutine(this::body));
  private Thread canceller;
  private Thread cancelledOn;

  private String body() {
    String value = await(first);
    inBody.attendAndLinger();
    return value + await(second);
  }

  @Actor
  public void runner() {
    first.callback("value");
  }

  @Actor
  public void canceller() {
    canceller = Thread.currentThread();
    inBody.attend();
    Meeting.linger(500);
    coroutine.cancel();
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 =
        cancelledOn == null ? "nobody" : cancelledOn == canceller ? "the canceller" : "the runner";
    r.r2 = coroutine.toString();
  }
}
