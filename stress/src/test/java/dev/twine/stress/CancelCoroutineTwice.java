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
 * Two threads cancel a coroutine whose body catches the first cancellation, and waits again. The
 * second cancel comes while the first wait is being cancelled, and has nothing to add, or after
 * that: then it ends the second wait, also if the body is still on the way there, on the turn of
 * the other thread. One of them always reaches the first wait, and nobody reaches it twice.
 */
@JCStressTest
@State
@Outcome(id = "first, waits", expect = Expect.ACCEPTABLE, desc = "Both meant the first wait.")
@Outcome(id = "first second, served", expect = Expect.ACCEPTABLE, desc = "Each meant its own.")
public class CancelCoroutineTwice {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> first = new Deferred<>();
  private final Deferred<String> second = new Deferred<>();
  private String caught = "";
  private final Fate<String> coroutine = new Fate<>(fromCoroutine(this::body));

  private String body() {
    try {
      return await(first);
    } catch (CancellationException cancellation) {
      caught += "first";
    }
    try {
      return await(second);
    } catch (CancellationException cancellation) {
      caught += " second";
      return "over";
    }
  }

  @Actor
  public void left() {
    meeting.attendAndLinger();
    coroutine.cancel();
  }

  @Actor
  public void right() {
    meeting.attendAndLinger();
    coroutine.cancel();
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 = caught;
    r.r2 = coroutine.toString();
  }
}
