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
 * Two wait for values, and the first one is cancelled just when a value comes. He has it, or the
 * second one does, and then nobody waits any more.
 */
@JCStressTest
@State
@Outcome(id = "served, waits, 0", expect = Expect.ACCEPTABLE, desc = "The value was first.")
@Outcome(id = "cancelled, served, 0", expect = Expect.ACCEPTABLE, desc = "The cancel was first.")
public class PutAndCancelledGetBeforeAnother {

  private final Meeting meeting = new Meeting();
  private final DeferredQueue<String> queue = new DeferredQueue<>();
  private final Fate<String> first = new Fate<>(queue.get());
  private final Fate<String> second = new Fate<>(queue.get());

  @Actor
  public void put() {
    meeting.attendAndLinger();
    queue.put("value");
  }

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    first.cancel();
  }

  @Arbiter
  public void after(LLL_Result r) {
    r.r1 = first.toString();
    r.r2 = second.toString();
    r.r3 = queue.pending().size();
  }
}
