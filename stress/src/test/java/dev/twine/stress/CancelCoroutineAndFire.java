package dev.twine.stress;

import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.fromCoroutine;

import dev.twine.Deferred;
import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * The Deferred of a coroutine is cancelled while what its body waits for is fired. Either the body
 * has the value, and the cancel comes to nothing, or a cancellation is thrown by its await, and the
 * value is swallowed. The Deferred of the coroutine ends once, with what the body ended with, and
 * nobody is told that something was fired twice.
 */
@JCStressTest
@State
@Outcome(id = "value, served", expect = Expect.ACCEPTABLE, desc = "The value was first.")
@Outcome(id = "cancelled, cancelled", expect = Expect.ACCEPTABLE, desc = "The cancel was first.")
public class CancelCoroutineAndFire {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> awaited = new Deferred<>();
  private String seen = "";
  private final Fate<String> coroutine = new Fate<>(fromCoroutine(this::body));

  private String body() {
    try {
      String value = await(awaited);
      seen += value;
      return value;
    } catch (CancellationException cancellation) {
      seen += "cancelled";
      throw cancellation;
    }
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    awaited.callback("value");
  }

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    coroutine.cancel();
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 = seen;
    r.r2 = coroutine.toString();
  }
}
