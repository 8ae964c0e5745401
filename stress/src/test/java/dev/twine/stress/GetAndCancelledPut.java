package dev.twine.stress;

import dev.twine.sync.DeferredQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A full queue has somebody who waits to put a value. He is cancelled just when a get makes room.
 * His value is in the queue and his Deferred fires, although the cancel may already have looked for
 * him; or neither. Whoever hears that his put was cancelled can rely on it.
 */
@JCStressTest
@State
@Outcome(id = "old, served, 1", expect = Expect.ACCEPTABLE, desc = "The get was first.")
@Outcome(id = "old, cancelled, 0", expect = Expect.ACCEPTABLE, desc = "The cancel was first.")
public class GetAndCancelledPut {

  private final Meeting meeting = new Meeting();
  private final DeferredQueue<String> queue = new DeferredQueue<>(1, DeferredQueue.UNLIMITED);
  private final Fate<Void> putter;

  public GetAndCancelledPut() {
    queue.put("old");
    putter = new Fate<>(queue.putDeferred("new"));
  }

  @Actor
  public void get(LLL_Result r) {
    meeting.attendAndLinger();
    r.r1 = new Fate<>(queue.get()).value();
  }

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    putter.cancel();
  }

  @Arbiter
  public void after(LLL_Result r) {
    r.r2 = putter.toString();
    r.r3 = queue.pending().size();
  }
}
