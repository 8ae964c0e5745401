package dev.twine.stress;

import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A Deferred is fired and runs its callbacks, and somebody looks at it twice: with {@code state()}
 * and with {@code toString()}. What he sees was so while he looked, and what he sees next is never
 * earlier in the chain's life.
 */
@JCStressTest
@State
@Outcome(
    id = "Unfired, [unfired]",
    expect = Expect.ACCEPTABLE,
    desc = "He looks before the firing.")
@Outcome(
    id = "Unfired, [running]",
    expect = Expect.ACCEPTABLE,
    desc = "He looks before the firing and during the run.")
@Outcome(
    id = "Unfired, [value: java.lang.String]",
    expect = Expect.ACCEPTABLE,
    desc = "He looks before the firing and after the run.")
@Outcome(id = "Running, [running]", expect = Expect.ACCEPTABLE, desc = "He looks during the run.")
@Outcome(
    id = "Running, [value: java.lang.String]",
    expect = Expect.ACCEPTABLE,
    desc = "He looks during the run and after it.")
@Outcome(
    id = "Value, [value: java.lang.String]",
    expect = Expect.ACCEPTABLE,
    desc = "He looks after the run.")
public class StateAndRun {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>();

  public StateAndRun() {
    for (int i = 0; i < 20; i++) {
      deferred.onSuccess(value -> {}); // a run of some length
    }
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    deferred.callback("value");
  }

  @Actor
  public void look(LL_Result r) {
    meeting.attendAndLinger();
    r.r1 = deferred.state().getClass().getSimpleName();
    String text = deferred.toString();
    r.r2 = text.substring(text.indexOf('['));
  }
}
