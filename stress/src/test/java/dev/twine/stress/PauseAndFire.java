package dev.twine.stress;

import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A Deferred is paused and fired at once. Paused first, it keeps its result and runs nothing, and
 * the firing returns all the same. Fired first, it may have run some of its callbacks. What has not
 * been run waits for {@code unpause()}, and then runs once.
 */
@JCStressTest
@State
@Outcome(
    id = "1, 0, 2",
    expect = Expect.ACCEPTABLE,
    desc = "The pause was first, and nothing runs.")
@Outcome(
    id = "1, 1, 2",
    expect = Expect.ACCEPTABLE,
    desc = "The pause stops the run between its callbacks.")
@Outcome(
    id = "1, 2, 2",
    expect = Expect.ACCEPTABLE,
    desc = "The firing was first, and the pause came too late.")
public class PauseAndFire {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>();
  private int runs;

  public PauseAndFire() {
    deferred.onSuccess(value -> runs++).onSuccess(value -> runs++);
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    deferred.callback("value");
  }

  @Actor
  public void pause() {
    meeting.attendAndLinger();
    deferred.pause();
  }

  @Arbiter
  public void after(III_Result r) {
    r.r1 = deferred.state().pauses();
    r.r2 = runs;
    deferred.unpause();
    r.r3 = runs;
  }
}
