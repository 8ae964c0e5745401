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
 * Somebody asks for a lock just when its only holder gives it back. That is one compare-and-set,
 * unless the other one has come so far as to see the lock taken: then he makes a queue of it. He
 * has the lock at once, or is handed it a moment later; he is never left waiting for a lock that
 * nobody holds.
 */
@JCStressTest
@State
@Outcome(id = "at once, served, served", expect = Expect.ACCEPTABLE, desc = "He finds it free.")
@Outcome(id = "later, served, served", expect = Expect.ACCEPTABLE, desc = "It is handed to him.")
public class LockReleaseAndAcquire {

  private final Meeting meeting = new Meeting();
  private final DeferredLock lock = new DeferredLock();
  private final Permit held = Fate.taken(lock);
  private Fate<Permit> next;

  @Actor
  public void release() {
    meeting.attendAndLinger();
    held.close();
  }

  @Actor
  public void acquire() {
    meeting.attendAndLinger();
    next = new Fate<>(lock.acquire());
  }

  @Arbiter
  public void after(LLL_Result r) {
    r.r1 = next.when();
    r.r2 = next.toString();
    next.giveBack();
    r.r3 = new Fate<>(lock.acquire()).toString();
  }
}
