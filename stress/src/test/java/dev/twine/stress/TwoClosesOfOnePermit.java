package dev.twine.stress;

import dev.twine.sync.DeferredLock;
import dev.twine.sync.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Two threads close the same permit of a lock for which two wait. One of them gives the lock to the
 * first who waits; the other one does nothing, and above all doesn't take it away again.
 */
@JCStressTest
@State
@Outcome(id = "left, served, waits", expect = Expect.ACCEPTABLE, desc = "The left close counts.")
@Outcome(id = "right, served, waits", expect = Expect.ACCEPTABLE, desc = "The right close counts.")
public class TwoClosesOfOnePermit {

  private final Meeting meeting = new Meeting();
  private final DeferredLock lock = new DeferredLock();
  private final Permit held = Fate.taken(lock);
  private final Fate<Permit> first = new Fate<>(lock.acquire());
  private final Fate<Permit> second = new Fate<>(lock.acquire());
  private Thread left;

  @Actor
  public void left() {
    meeting.attendAndLinger();
    left = Thread.currentThread();
    held.close();
  }

  @Actor
  public void right() {
    meeting.attendAndLinger();
    held.close();
  }

  @Arbiter
  public void after(LLL_Result r) {
    r.r1 = first.wasServedBy(left) ? "left" : "right";
    r.r2 = first.toString();
    r.r3 = second.toString();
  }
}
