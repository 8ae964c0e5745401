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
 * Two threads give back one permit each of a semaphore for which two wait. Each serves one of them,
 * and it may be either; nothing is free in between, and all is free when they have gone, too.
 */
@JCStressTest
@State
@Outcome(id = "left, right, 0, 2", expect = Expect.ACCEPTABLE, desc = "The left thread is first.")
@Outcome(id = "right, left, 0, 2", expect = Expect.ACCEPTABLE, desc = "The right thread is first.")
public class TwoClosesTwoWaiters {

  private final Meeting meeting = new Meeting();
  private final DeferredSemaphore semaphore = new DeferredSemaphore(2);
  private final Permit mine = Fate.taken(semaphore);
  private final Permit yours = Fate.taken(semaphore);
  private final Fate<Permit> first = new Fate<>(semaphore.acquire());
  private final Fate<Permit> second = new Fate<>(semaphore.acquire());
  private Thread left;
  private Thread right;

  @Actor
  public void left() {
    meeting.attendAndLinger();
    left = Thread.currentThread();
    mine.close();
  }

  @Actor
  public void right() {
    meeting.attendAndLinger();
    right = Thread.currentThread();
    yours.close();
  }

  @Arbiter
  public void after(LLLL_Result r) {
    r.r1 = server(first);
    r.r2 = server(second);
    r.r3 = semaphore.tokens();
    first.giveBack();
    second.giveBack();
    r.r4 = semaphore.tokens();
  }

  private String server(Fate<Permit> served) {
    return served.wasServedBy(left) ? "left" : served.wasServedBy(right) ? "right" : "nobody";
  }
}
