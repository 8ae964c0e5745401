package dev.twine.stress;

import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.concurrent;

import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A body that runs beside everything else comes to park, and what it waits for is fired just then.
 * Whether the result was there, comes on the way or finds the body parked: the body goes on. A
 * wake-up that comes before the body sleeps must not be lost.
 */
@JCStressTest
@State
@Outcome(id = "value, there", expect = Expect.ACCEPTABLE, desc = "The result was first.")
@Outcome(id = "value, on the way", expect = Expect.ACCEPTABLE, desc = "The body was about to park.")
@Outcome(id = "value, parked", expect = Expect.ACCEPTABLE, desc = "The body was parked.")
public class ConcurrentAwaitAndFire {

  private final Meeting inBody = new Meeting();
  private final Deferred<String> awaited = new Deferred<>();
  private Deferred<String> done;
  private volatile Thread body;
  private boolean there;
  private boolean parked;

  private String body() {
    body = Thread.currentThread();
    inBody.attendAndLinger();
    there = awaited.isCalled();
    return await(awaited);
  }

  @Actor
  public void start() {
    done = concurrent(this::body);
  }

  @Actor
  public void fire() {
    inBody.attend();
    Meeting.linger(500);
    parked = body.getState() == Thread.State.WAITING;
    awaited.callback("value");
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 = BodyEnd.of(done);
    r.r2 = parked ? "parked" : there ? "there" : "on the way";
  }
}
