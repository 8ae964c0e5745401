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
 * A body waits for two Deferreds, one after the other, and another body waits for what comes of
 * that. Two threads fire the two. The values are there in the order in which the body has asked,
 * and both bodies go on to their end inside one of the two firings: that of the thread which came
 * last, or found the other one's value not yet taken.
 */
@JCStressTest
@State
@Outcome(id = "first second!, left", expect = Expect.ACCEPTABLE, desc = "The second was there.")
@Outcome(id = "first second!, right", expect = Expect.ACCEPTABLE, desc = "The body waited again.")
public class TwoFiresOfOneBody {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> first = new Deferred<>();
  private final Deferred<String> second = new Deferred<>();
  private final Deferred<String> both = fromCoroutine(() -> await(first) + " " + await(second));
  private final Fate<String> outer = new Fate<>(fromCoroutine(() -> await(both) + "!"));
  private Thread left;

  @Actor
  public void left() {
    left = Thread.currentThread();
    meeting.attendAndLinger();
    first.callback("first");
  }

  @Actor
  public void right() {
    meeting.attend();
    Meeting.linger(500);
    second.callback("second");
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 = outer.value();
    r.r2 = outer.wasServedBy(left) ? "left" : "right";
  }
}
