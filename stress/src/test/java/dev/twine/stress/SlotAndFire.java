package dev.twine.stress;

import dev.twine.Deferred;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZLL_Result;

/**
 * A list is made of a Deferred that is just being fired. A slot that stands alone on its member is
 * no node on a stack, but the very state of the member. Either the firing thread finds it there, or
 * the list finds the result; it counts once, and the member keeps its result.
 */
@JCStressTest
@State
@Outcome(
    id = "true, [value], value",
    expect = Expect.ACCEPTABLE,
    desc = "The member had been fired before.")
@Outcome(
    id = "false, [value], value",
    expect = Expect.ACCEPTABLE,
    desc = "The slot was there before the result.")
public class SlotAndFire {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> member = new Deferred<>();
  private Deferred<List<String>> list;

  @Actor
  public void gather(ZLL_Result r) {
    meeting.attendAndLinger();
    list = Deferred.gatherResults(List.of(member));
    r.r1 = list.isCalled();
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    member.callback("value");
  }

  @Arbiter
  public void after(ZLL_Result r) {
    list.onSuccess(values -> r.r2 = values);
    member.onSuccess(value -> r.r3 = value);
  }
}
