package dev.twine.stress;

import dev.twine.sync.DeferredReadWriteLock;
import dev.twine.sync.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A reader has the lock, and a writer waits for it. Another reader comes just when the writer is
 * cancelled. He needn't wait, if the writer has gone; if he does, the writer's going lets him in.
 */
@JCStressTest
@State
@Outcome(id = "at once, served, served", expect = Expect.ACCEPTABLE, desc = "The cancel was first.")
@Outcome(id = "later, served, served", expect = Expect.ACCEPTABLE, desc = "The reader was first.")
public class WriterCancelAndReaderComes {

  private final Meeting meeting = new Meeting();
  private final DeferredReadWriteLock lock = new DeferredReadWriteLock();
  private final Permit reading = Fate.taken(lock.readLock());
  private final Fate<Permit> writer = new Fate<>(lock.writeLock().acquire());
  private Fate<Permit> reader;

  @Actor
  public void come() {
    meeting.attendAndLinger();
    reader = new Fate<>(lock.readLock().acquire());
  }

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    writer.cancel();
  }

  @Arbiter
  public void after(LLL_Result r) {
    r.r1 = reader.when();
    r.r2 = reader.toString();
    reader.giveBack();
    reading.close();
    r.r3 = new Fate<>(lock.writeLock().acquire()).toString();
  }
}
