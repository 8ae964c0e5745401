package dev.twine.stress;

import dev.twine.sync.KeyedLock;
import dev.twine.sync.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Two threads close the same permit of a key's lock. One of them gives it back, and the other one
 * looks for it among others; whichever of them is last sees to it that nothing is kept for the key.
 */
@JCStressTest
@State
@Outcome(id = "0, 0, 0", expect = Expect.ACCEPTABLE, desc = "Both come when it is done.")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "The left one is last.")
@Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "The right one is last.")
public class KeyedTwoCloses {

  private final Meeting meeting = new Meeting();
  private final KeyedLock<String> lock = new KeyedLock<>();
  private final Permit held = Fate.taken(lock.of("key"));

  @Actor
  public void left(III_Result r) {
    meeting.attendAndLinger();
    held.close();
    r.r1 = lock.keys().size();
  }

  @Actor
  public void right(III_Result r) {
    meeting.attendAndLinger();
    held.close();
    r.r2 = lock.keys().size();
  }

  @Arbiter
  public void after(III_Result r) {
    r.r3 = lock.keys().size();
  }
}
