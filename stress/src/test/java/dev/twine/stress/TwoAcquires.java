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

/** Two threads ask for a lock that nobody holds. One has it, and the other one waits for him. */
@JCStressTest
@State
@Outcome(id = "served, waits, served", expect = Expect.ACCEPTABLE, desc = "The left one has it.")
@Outcome(id = "waits, served, served", expect = Expect.ACCEPTABLE, desc = "The right one has it.")
public class TwoAcquires {

  private final Meeting meeting = new Meeting();
  private final DeferredLock lock = new DeferredLock();
  private Fate<Permit> left;
  private Fate<Permit> right;

  @Actor
  public void left() {
    meeting.attendAndLinger();
    left = new Fate<>(lock.acquire());
  }

  @Actor
  public void right() {
    meeting.attendAndLinger();
    right = new Fate<>(lock.acquire());
  }

  @Arbiter
  public void after(LLL_Result r) {
    r.r1 = left.toString();
    r.r2 = right.toString();
    lock.release();
    lock.release();
    r.r3 = new Fate<>(lock.acquire()).toString();
  }
}
