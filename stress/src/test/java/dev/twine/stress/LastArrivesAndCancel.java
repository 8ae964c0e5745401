package dev.twine.stress;

import dev.twine.sync.DeferredBarrier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * One waits at a barrier of two, and is cancelled just when the other one arrives. Either they go
 * on together, or the one who was cancelled has not arrived, and the other one waits for somebody
 * else.
 */
@JCStressTest
@State
@Outcome(id = "served, served", expect = Expect.ACCEPTABLE, desc = "Both go on.")
@Outcome(id = "cancelled, waits", expect = Expect.ACCEPTABLE, desc = "The cancel was first.")
public class LastArrivesAndCancel {

  private final Meeting meeting = new Meeting();
  private final DeferredBarrier barrier = new DeferredBarrier(2);
  private final Fate<Integer> first = new Fate<>(barrier.arrive());
  private Fate<Integer> last;

  @Actor
  public void arrive() {
    meeting.attendAndLinger();
    last = new Fate<>(barrier.arrive());
  }

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    first.cancel();
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 = first.toString();
    r.r2 = last.toString();
  }
}
