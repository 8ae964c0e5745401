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
 * A coroutine is cancelled while what its body waits for is fired; a body that gets the value goes
 * on, and waits for something else. If the cancel is too late for the first wait, it reaches the
 * second one. A cancel that has found the first wait, and comes to its Deferred when that has just
 * been fired, is no exception: else it would be lost, and the body wait for ever.
 */
@JCStressTest
@State
@Outcome(id = "waits, cancelled", expect = Expect.ACCEPTABLE, desc = "The cancel was first.")
@Outcome(id = "goes on, cancelled", expect = Expect.ACCEPTABLE, desc = "The value was first.")
public class CancelAndNextWait {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> first = new Deferred<>();
  private final Deferred<String> second = new Deferred<>();
  private String body = "waits";
  private final Fate<String> coroutine = new Fate<>(fromCoroutine(this::body));

  private String body() {
    String value = await(first);
    body = "goes on";
    return value + await(second);
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    first.callback("value");
  }

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    coroutine.cancel();
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 = body;
    r.r2 = coroutine.toString();
  }
}
