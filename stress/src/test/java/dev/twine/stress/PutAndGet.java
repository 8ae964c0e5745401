package dev.twine.stress;

import dev.twine.sync.DeferredQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * A value is put into an empty queue just when somebody asks for one. He has it at once or a moment
 * later, and it is delivered once: neither does it stay in the queue, nor does he.
 */
@JCStressTest
@State
@Outcome(id = "at once, value, 0, 0", expect = Expect.ACCEPTABLE, desc = "He finds the value.")
@Outcome(id = "later, value, 0, 0", expect = Expect.ACCEPTABLE, desc = "The value finds him.")
public class PutAndGet {

  private final Meeting meeting = new Meeting();
  private final DeferredQueue<String> queue = new DeferredQueue<>();
  private Fate<String> getter;

  @Actor
  public void put() {
    meeting.attendAndLinger();
    queue.put("value");
  }

  @Actor
  public void get() {
    meeting.attendAndLinger();
    getter = new Fate<>(queue.get());
  }

  @Arbiter
  public void after(LLLL_Result r) {
    r.r1 = getter.when();
    r.r2 = getter.value();
    r.r3 = queue.pending().size();
    r.r4 = queue.waiters().size();
  }
}
