package dev.twine.stress;

import dev.twine.sync.DeferredSemaphore;
import dev.twine.sync.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LII_Result;

/**
 * Somebody waits for a semaphore and is cancelled just when one of its two permits comes back. He
 * has it, or it is free. If he was already taken from the queue to be served, it comes back a
 * second time, and the semaphore, which nobody waits for any more, counts it once.
 */
@JCStressTest
@State
@Outcome(id = "served, 0, 2", expect = Expect.ACCEPTABLE, desc = "The permit was first.")
@Outcome(id = "cancelled, 1, 2", expect = Expect.ACCEPTABLE, desc = "The cancel was first.")
public class SemaphoreCancelAndClose {

  private final Meeting meeting = new Meeting();
  private final DeferredSemaphore semaphore = new DeferredSemaphore(2);
  private final Permit older = Fate.taken(semaphore);
  private final Permit younger = Fate.taken(semaphore);
  private final Fate<Permit> waiter = new Fate<>(semaphore.acquire());

  @Actor
  public void close() {
    meeting.attendAndLinger();
    older.close();
  }

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    waiter.cancel();
  }

  @Arbiter
  public void after(LII_Result r) {
    r.r1 = waiter.toString();
    r.r2 = semaphore.tokens();
    waiter.giveBack();
    younger.close();
    r.r3 = semaphore.tokens();
  }
}
