package dev.twine.stress;

import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/**
 * An outer chain waits for an inner Deferred, on which one more callback stands. Somebody pauses
 * the outer, adds callbacks to it, and unpauses it, just when the inner fires. The outer takes the
 * result where it stands in the inner's queue, and the inner's own callback runs at once, with the
 * null that is left. Only the outer's chain may have to wait: then it goes on inside {@code
 * unpause()}. What was added runs after it in any case.
 */
@JCStressTest
@State
@Outcome(
    id = "null while firing, value while firing, 5",
    expect = Expect.ACCEPTABLE,
    desc = "The outer was not paused when it went on.")
@Outcome(
    id = "null while firing, value in unpause, 5",
    expect = Expect.ACCEPTABLE,
    desc = "The outer was paused when it was about to go on.")
public class PausedOuterAndFire {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> inner = new Deferred<>();
  private final Deferred<String> outer = Deferred.succeed("start").chainCallback(start -> inner);
  private String innerSaw = "";
  private String outerSaw = "";
  private int added;
  private Thread pausing;

  public PausedOuterAndFire() {
    outer.onSuccess(result -> outerSaw += result + where());
    inner.onSuccess(result -> innerSaw += result + where());
  }

  private String where() {
    return Thread.currentThread() == pausing ? " in unpause" : " while firing";
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    inner.callback("value");
  }

  @Actor
  public void pause() {
    meeting.attendAndLinger();
    pausing = Thread.currentThread();
    outer.pause();
    for (int i = 0; i < 5; i++) {
      outer.onSuccess(result -> added += outerSaw.isEmpty() ? 0 : 1);
    }
    outer.unpause();
  }

  @Arbiter
  public void after(LLI_Result r) {
    r.r1 = innerSaw;
    r.r2 = outerSaw;
    r.r3 = added;
  }
}
