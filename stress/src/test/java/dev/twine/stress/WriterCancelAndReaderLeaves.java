package dev.twine.stress;

import dev.twine.sync.DeferredReadWriteLock;
import dev.twine.sync.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * A reader has the lock, a writer waits for it, and behind the writer another reader. The first
 * reader leaves just when the writer is cancelled. If the writer has the lock all the same, the
 * reader has to wait for him. If not, there is nothing left to wait for, and the reader is in,
 * whoever of the two threads has to see to it. In the end a new writer finds the lock free, and no
 * reader was left.
 */
@JCStressTest
@State
@Outcome(id = "served, waits, served, 0", expect = Expect.ACCEPTABLE, desc = "The writer has it.")
@Outcome(
    id = "cancelled, served, served, 0",
    expect = Expect.ACCEPTABLE,
    desc = "The reader has it.")
public class WriterCancelAndReaderLeaves {

  private final Meeting meeting = new Meeting();
  private final DeferredReadWriteLock lock = new DeferredReadWriteLock();
  private final Permit reading = Fate.taken(lock.readLock());
  private final Fate<Permit> writer = new Fate<>(lock.writeLock().acquire());
  private final Fate<Permit> reader = new Fate<>(lock.readLock().acquire());

  @Actor
  public void leave() {
    meeting.attendAndLinger();
    reading.close();
  }

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    writer.cancel();
  }

  @Arbiter
  public void after(LLLL_Result r) {
    r.r1 = writer.toString();
    r.r2 = reader.toString();
    writer.giveBack();
    reader.giveBack();
    r.r3 = new Fate<>(lock.writeLock().acquire()).toString();
    r.r4 = lock.readLock().waiters().size();
  }
}
