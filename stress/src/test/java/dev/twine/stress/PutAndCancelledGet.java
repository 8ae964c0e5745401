package dev.twine.stress;

import dev.twine.sync.DeferredQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Somebody who waits for a value is cancelled just when it comes. He has it, or it stays in the
 * queue for whoever asks next, also if it had been taken out for him. It is never lost, and never
 * there twice.
 */
@JCStressTest
@State
@Outcome(id = "served, 0", expect = Expect.ACCEPTABLE, desc = "The value was first.")
@Outcome(id = "cancelled, 1", expect = Expect.ACCEPTABLE, desc = "The cancel was first.")
public class PutAndCancelledGet {

  private final Meeting meeting = new Meeting();
  private final DeferredQueue<String> queue = new DeferredQueue<>();
  private final Fate<String> getter = new Fate<>(queue.get());

  @Actor
  public void put() {
    meeting.attendAndLinger();
    queue.put("value");
  }

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    getter.cancel();
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r1 = getter.toString();
    r.r2 = queue.pending().size();
  }
}
