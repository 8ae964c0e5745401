package dev.twine.stress;

import dev.twine.sync.DeferredLock;
import dev.twine.sync.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * The holder of a lock gives it back just when the first of two who wait is cancelled. Either he
 * has the lock, and the cancel was too late; or it goes to the next one, whether the cancel found
 * him in the queue or took him from under the hand that was serving him. They never both have it,
 * and never neither: in the end a newcomer finds the lock free, and nobody who was left waiting.
 */
@JCStressTest
@State
@Outcome(
    id = "served, waits, served, 0",
    expect = Expect.ACCEPTABLE,
    desc = "The release was first.")
@Outcome(
    id = "cancelled, served, served, 0",
    expect = Expect.ACCEPTABLE,
    desc = "The cancel was first.")
public class LockCancelAndRelease {

  private final Meeting meeting = new Meeting();
  private final DeferredLock lock = new DeferredLock();
  private final Permit held = Fate.taken(lock);
  private final Fate<Permit> first = new Fate<>(lock.acquire());
  private final Fate<Permit> second = new Fate<>(lock.acquire());

  @Actor
  public void release() {
    meeting.attendAndLinger();
    held.close();
  }

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    first.cancel();
  }

  @Arbiter
  public void after(LLLL_Result r) {
    r.r1 = first.toString();
    r.r2 = second.toString();
    first.giveBack();
    second.giveBack();
    r.r3 = new Fate<>(lock.acquire()).toString();
    r.r4 = lock.waiters().size();
  }
}
