package dev.twine.stress;

import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.fromCoroutine;

import dev.twine.Deferred;
import dev.twine.Turn;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A body comes to wait for a Deferred that another thread is just firing. The result may be there
 * before the body looks. It may come when the body has taken its place in the chain, and is about
 * to give control back to the thread that has started it: then it is left for that thread, which
 * goes on with the body at once. Or it finds a body that stands still, and resumes it. Whoever it
 * is, the body goes on once, and has the value.
 */
@JCStressTest
@State
@Outcome(id = "value, there", expect = Expect.ACCEPTABLE, desc = "The result was first.")
@Outcome(id = "value, the starter", expect = Expect.ACCEPTABLE, desc = "It came on the way.")
@Outcome(id = "value, the firing thread", expect = Expect.ACCEPTABLE, desc = "The body was first.")
public class AwaitAndFire {

  private final Meeting inBody = new Meeting();
  private final Deferred<String> awaited = new Deferred<>();
  private Thread starter;
  private String seen = "";
  private String how = "nobody";

  private void body() {
    inBody.attendAndLinger();
    boolean there = awaited.isCalled();
    String value = await(awaited);
    seen += value; // twice if the body goes on twice
    how = there ? "there" : Turn.current() == starter ? "the starter" : "the firing thread";
  }

  @Actor
  public void start() {
    starter = Thread.currentThread();
    new Fate<>(fromCoroutine(this::body));
  }

  @Actor
  public void fire() {
    inBody.attend();
    Meeting.linger(500);
    awaited.callback("value");
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 = seen;
    r.r2 = how;
  }
}
