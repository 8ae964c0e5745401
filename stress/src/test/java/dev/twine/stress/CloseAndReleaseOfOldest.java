package dev.twine.stress;

import dev.twine.sync.DeferredSemaphore;
import dev.twine.sync.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Both permits of a semaphore are out. The holder of the older one closes it, and somebody else
 * calls release(), which takes the oldest that is out. It takes the older one, and the close does
 * nothing; or the younger one, if the older was closed before. It never finds none, and never comes
 * back with a permit that was closed.
 */
@JCStressTest
@State
@Outcome(
    id = "1, 2",
    expect = Expect.ACCEPTABLE,
    desc = "The release was first, and the younger permit is still out.")
@Outcome(
    id = "2, 2",
    expect = Expect.ACCEPTABLE,
    desc = "The close was first, and all permits are back.")
public class CloseAndReleaseOfOldest {

  private final Meeting meeting = new Meeting();
  private final DeferredSemaphore semaphore = new DeferredSemaphore(2);
  private final Permit older = Fate.taken(semaphore);
  private final Permit younger = Fate.taken(semaphore);

  @Actor
  public void close() {
    meeting.attendAndLinger();
    older.close();
  }

  @Actor
  public void release() {
    meeting.attendAndLinger();
    semaphore.release();
  }

  @Arbiter
  public void after(II_Result r) {
    r.r1 = semaphore.tokens();
    younger.close();
    r.r2 = semaphore.tokens();
  }
}
