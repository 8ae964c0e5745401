package dev.twine.stress;

import dev.twine.sync.DeferredEvent;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/**
 * An event is set just when somebody comes to wait for it. He goes on at once or a moment later; he
 * doesn't wait for something that has happened.
 */
@JCStressTest
@State
@Outcome(id = "at once, served, 0", expect = Expect.ACCEPTABLE, desc = "The set was first.")
@Outcome(id = "later, served, 0", expect = Expect.ACCEPTABLE, desc = "The waiter was first.")
public class SetAndWhenSet {

  private final Meeting meeting = new Meeting();
  private final DeferredEvent event = new DeferredEvent();
  private Fate<Void> waiter;

  @Actor
  public void set() {
    meeting.attendAndLinger();
    event.set();
  }

  @Actor
  public void come() {
    meeting.attendAndLinger();
    waiter = new Fate<>(event.whenSet());
  }

  @Arbiter
  public void after(LLI_Result r) {
    r.r1 = waiter.when();
    r.r2 = waiter.toString();
    r.r3 = event.waiters().size();
  }
}
