package dev.twine.stress;

import dev.twine.sync.DeferredLock;
import dev.twine.sync.NotHeldException;
import dev.twine.sync.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * The holder of a lock closes his permit, and somebody else calls release(), which takes the lock
 * from whoever holds it. The lock is given back once: by the release, and the close does nothing;
 * or by the close, and there is nobody left to take it from.
 */
@JCStressTest
@State
@Outcome(id = "released, served", expect = Expect.ACCEPTABLE, desc = "The release was first.")
@Outcome(id = "not held, served", expect = Expect.ACCEPTABLE, desc = "The close was first.")
public class CloseAndRelease {

  private final Meeting meeting = new Meeting();
  private final DeferredLock lock = new DeferredLock();
  private final Permit held = Fate.taken(lock);

  @Actor
  public void close() {
    meeting.attendAndLinger();
    held.close();
  }

  @Actor
  public void release(LL_Result r) {
    meeting.attendAndLinger();
    try {
      lock.release();
      r.r1 = "released";
    } catch (NotHeldException free) {
      r.r1 = "not held";
    }
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r2 = new Fate<>(lock.acquire()).toString();
  }
}
