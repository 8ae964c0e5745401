package dev.twine.stress;

import dev.twine.Deferred;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A list is made of a Deferred to which another thread is just adding a callback, which changes the
 * value. The slot stands alone for a moment, in a form of its own, and the callback comes before or
 * behind it; neither is lost.
 */
@JCStressTest
@State
@Outcome(id = "[value], changed", expect = Expect.ACCEPTABLE, desc = "The slot was first.")
@Outcome(id = "[changed], changed", expect = Expect.ACCEPTABLE, desc = "The callback was first.")
public class SlotAndAdd {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> member = new Deferred<>();
  private Deferred<List<String>> list;

  @Actor
  public void gather() {
    meeting.attendAndLinger();
    list = Deferred.gatherResults(List.of(member));
  }

  @Actor
  public void add() {
    meeting.attendAndLinger();
    Deferred<?> unused = member.addCallback(value -> value.equals("value") ? "changed" : "twice");
  }

  @Arbiter
  public void after(LL_Result r) {
    member.callback("value");
    list.onSuccess(values -> r.r1 = values);
    member.onSuccess(value -> r.r2 = value);
  }
}
