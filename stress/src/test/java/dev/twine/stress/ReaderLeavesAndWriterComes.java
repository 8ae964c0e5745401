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
 * A writer comes just when the only reader leaves. He has the lock at once or a moment later, and
 * then alone: a reader who comes after him waits.
 */
@JCStressTest
@State
@Outcome(
    id = "at once, served, waits",
    expect = Expect.ACCEPTABLE,
    desc = "He finds the lock free.")
@Outcome(
    id = "later, served, waits",
    expect = Expect.ACCEPTABLE,
    desc = "The reader hands it to him.")
public class ReaderLeavesAndWriterComes {

  private final Meeting meeting = new Meeting();
  private final DeferredReadWriteLock lock = new DeferredReadWriteLock();
  private final Permit reading = Fate.taken(lock.readLock());
  private Fate<Permit> writer;

  @Actor
  public void leave() {
    meeting.attendAndLinger();
    reading.close();
  }

  @Actor
  public void come() {
    meeting.attendAndLinger();
    writer = new Fate<>(lock.writeLock().acquire());
  }

  @Arbiter
  public void after(LLL_Result r) {
    r.r1 = writer.when();
    r.r2 = writer.toString();
    r.r3 = new Fate<>(lock.readLock().acquire()).toString();
  }
}
