package dev.twine.stress;

import dev.twine.sync.DeferredReadWriteLock;
import dev.twine.sync.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * The only two readers leave at once, and a writer waits. The one who is last, and only he, lets
 * the writer in.
 */
@JCStressTest
@State
@Outcome(id = "left, served", expect = Expect.ACCEPTABLE, desc = "The right reader left first.")
@Outcome(id = "right, served", expect = Expect.ACCEPTABLE, desc = "The left reader left first.")
public class TwoReadersLeave {

  private final Meeting meeting = new Meeting();
  private final DeferredReadWriteLock lock = new DeferredReadWriteLock();
  private final Permit mine = Fate.taken(lock.readLock());
  private final Permit yours = Fate.taken(lock.readLock());
  private final Fate<Permit> writer = new Fate<>(lock.writeLock().acquire());
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
  public void after(LL_Result r) {
    r.r1 = writer.wasServedBy(left) ? "left" : "right";
    r.r2 = writer.toString();
  }
}
