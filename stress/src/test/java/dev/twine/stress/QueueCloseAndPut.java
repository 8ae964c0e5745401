package dev.twine.stress;

import dev.twine.sync.DeferredQueue;
import dev.twine.sync.QueueClosedException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Somebody waits for a value of a queue that is closed just when a value is put. Either the put
 * counts, and he has the value; or the close does: then he hears of it, and so does whoever came
 * with the value. None of them is left with nothing.
 */
@JCStressTest
@State
@Outcome(id = "put, served, 0", expect = Expect.ACCEPTABLE, desc = "The put was first.")
@Outcome(
    id = "closed, QueueClosedException, 0",
    expect = Expect.ACCEPTABLE,
    desc = "The close was first.")
public class QueueCloseAndPut {

  private final Meeting meeting = new Meeting();
  private final DeferredQueue<String> queue = new DeferredQueue<>();
  private final Fate<String> getter = new Fate<>(queue.get());

  @Actor
  public void put(LLL_Result r) {
    meeting.attendAndLinger();
    try {
      queue.put("value");
      r.r1 = "put";
    } catch (QueueClosedException late) {
      r.r1 = "closed";
    }
  }

  @Actor
  public void close() {
    meeting.attendAndLinger();
    queue.close();
  }

  @Arbiter
  public void after(LLL_Result r) {
    r.r2 = getter.toString();
    r.r3 = queue.pending().size();
  }
}
