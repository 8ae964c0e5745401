package dev.twine.stress;

import dev.twine.sync.DeferredQueue;
import dev.twine.sync.QueueOverflowException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Two values are put into a queue that has room for one. One of them is in, and the other one is
 * refused.
 */
@JCStressTest
@State
@Outcome(id = "put, overflow, left", expect = Expect.ACCEPTABLE, desc = "The left one is in.")
@Outcome(id = "overflow, put, right", expect = Expect.ACCEPTABLE, desc = "The right one is in.")
public class TwoPutsOnePlace {

  private final Meeting meeting = new Meeting();
  private final DeferredQueue<String> queue = new DeferredQueue<>(1, DeferredQueue.UNLIMITED);

  private String put(String value) {
    try {
      queue.put(value);
      return "put";
    } catch (QueueOverflowException full) {
      return "overflow";
    }
  }

  @Actor
  public void left(LLL_Result r) {
    meeting.attendAndLinger();
    r.r1 = put("left");
  }

  @Actor
  public void right(LLL_Result r) {
    meeting.attendAndLinger();
    r.r2 = put("right");
  }

  @Arbiter
  public void after(LLL_Result r) {
    r.r3 = String.join(" ", queue.pending());
  }
}
