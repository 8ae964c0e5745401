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
 * Two threads come for the last permit of a semaphore of which some are out already. One has it,
 * and the other one waits; there are never more permits out than there are.
 */
@JCStressTest
@State
@Outcome(id = "served, waits, 3, 0", expect = Expect.ACCEPTABLE, desc = "The left one has it.")
@Outcome(id = "waits, served, 3, 0", expect = Expect.ACCEPTABLE, desc = "The right one has it.")
public class TwoAcquiresOnePermit {

  private final Meeting meeting = new Meeting();
  private final DeferredSemaphore semaphore = new DeferredSemaphore(3);
  private Fate<Permit> left;
  private Fate<Permit> right;

  public TwoAcquiresOnePermit() {
    Fate.taken(semaphore);
    Fate.taken(semaphore);
  }

  @Actor
  public void left() {
    meeting.attendAndLinger();
    left = new Fate<>(semaphore.acquire());
  }

  @Actor
  public void right() {
    meeting.attendAndLinger();
    right = new Fate<>(semaphore.acquire());
  }

  @Arbiter
  public void after(LLLL_Result r) {
    r.r1 = left.toString();
    r.r2 = right.toString();
    r.r3 = semaphore.holders().size();
    r.r4 = semaphore.tokens();
  }
}
