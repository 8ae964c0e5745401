package dev.twine.stress;

import dev.twine.sync.DeferredSemaphore;
import dev.twine.sync.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * Two threads give back one permit each of a semaphore for which one waits. He gets one of them,
 * from either thread, and the other one is free.
 */
@JCStressTest
@State
@Outcome(id = "left, served, 1, 2", expect = Expect.ACCEPTABLE, desc = "The left permit is his.")
@Outcome(id = "right, served, 1, 2", expect = Expect.ACCEPTABLE, desc = "The right permit is his.")
public class TwoClosesOneWaiter {

  private final Meeting meeting = new Meeting();
  private final DeferredSemaphore semaphore = new DeferredSemaphore(2);
  private final Permit mine = Fate.taken(semaphore);
  private final Permit yours = Fate.taken(semaphore);
  private final Fate<Permit> waiter = new Fate<>(semaphore.acquire());
  private Thread left;

  @Actor
  public void left() {
    meeting.attendAndLinger();
    left = Thread.currentThread();
    mine.close();
  }

  @Actor
  public void right() {
    meeting.attendAndLinger();
    yours.close();
  }

  @Arbiter
  public void after(LLLL_Result r) {
    r.r1 = waiter.wasServedBy(left) ? "left" : "right";
    r.r2 = waiter.toString();
    r.r3 = semaphore.tokens();
    waiter.giveBack();
    r.r4 = semaphore.tokens();
  }
}
