package dev.twine.stress;

import dev.twine.sync.DeferredEvent;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZL_Result;

/**
 * An event is set by one thread and cleared by another. Who has waited goes on in any case. After
 * that it has happened or not, as the last of the two says, and whoever comes then is treated
 * accordingly.
 */
@JCStressTest
@State
@Outcome(id = "served, true, served", expect = Expect.ACCEPTABLE, desc = "The set was last.")
@Outcome(id = "served, false, waits", expect = Expect.ACCEPTABLE, desc = "The clear was last.")
public class SetAndClear {

  private final Meeting meeting = new Meeting();
  private final DeferredEvent event = new DeferredEvent();
  private final Fate<Void> waiter = new Fate<>(event.whenSet());

  @Actor
  public void set() {
    meeting.attendAndLinger();
    event.set();
  }

  @Actor
  public void clear() {
    meeting.attendAndLinger();
    event.clear();
  }

  @Arbiter
  public void after(LZL_Result r) {
    r.r1 = waiter.toString();
    r.r2 = event.isSet();
    r.r3 = new Fate<>(event.whenSet()).toString();
  }
}
