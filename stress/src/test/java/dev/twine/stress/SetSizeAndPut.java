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
 * A full queue is made larger just when somebody comes with one more value. He finds room, or waits
 * and is let in; he doesn't wait outside of a queue that has room.
 */
@JCStressTest
@State
@Outcome(
    id = "at once, served, old and new",
    expect = Expect.ACCEPTABLE,
    desc = "The room was first.")
@Outcome(
    id = "later, served, old and new",
    expect = Expect.ACCEPTABLE,
    desc = "The value was first.")
public class SetSizeAndPut {

  private final Meeting meeting = new Meeting();
  private final DeferredQueue<String> queue = new DeferredQueue<>(1, DeferredQueue.UNLIMITED);
  private Fate<Void> putter;

  public SetSizeAndPut() {
    queue.put("old");
  }

  @Actor
  public void put() {
    meeting.attendAndLinger();
    putter = new Fate<>(queue.putDeferred("new"));
  }

  @Actor
  public void enlarge() {
    meeting.attendAndLinger();
    queue.setSize(2);
  }

  @Arbiter
  public void after(LLL_Result r) {
    r.r1 = putter.when();
    r.r2 = putter.toString();
    r.r3 = String.join(" and ", queue.pending());
  }
}
