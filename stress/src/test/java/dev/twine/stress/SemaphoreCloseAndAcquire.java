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
 * All permits of a semaphore are out, and one is given back just when somebody asks. He has it at
 * once, or is handed it a moment later, and is never left waiting beside a free one. The semaphore
 * comes out of its lists again: when all is given back a newcomer is served at once.
 */
@JCStressTest
@State
@Outcome(id = "at once, served, 0, 2", expect = Expect.ACCEPTABLE, desc = "He finds a permit.")
@Outcome(id = "later, served, 0, 2", expect = Expect.ACCEPTABLE, desc = "It is handed to him.")
public class SemaphoreCloseAndAcquire {

  private final Meeting meeting = new Meeting();
  private final DeferredSemaphore semaphore = new DeferredSemaphore(2);
  private final Permit older = Fate.taken(semaphore);
  private final Permit younger = Fate.taken(semaphore);
  private Fate<Permit> next;

  @Actor
  public void close() {
    meeting.attendAndLinger();
    older.close();
  }

  @Actor
  public void acquire() {
    meeting.attendAndLinger();
    next = new Fate<>(semaphore.acquire());
  }

  @Arbiter
  public void after(LLLL_Result r) {
    r.r1 = next.when();
    r.r2 = next.toString();
    r.r3 = semaphore.tokens();
    next.giveBack();
    younger.close();
    r.r4 = semaphore.tokens();
  }
}
