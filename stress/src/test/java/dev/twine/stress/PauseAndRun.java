package dev.twine.stress;

import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ILI_Result;

/**
 * A chain of callbacks runs and somebody else wants it to stop. {@code pause()} doesn't wait for
 * the runner, which may have been about to start one more callback: that one it starts even after
 * {@code pause()} has returned, but no second one. Nothing is lost either: taking the pause back
 * runs what is left.
 */
@JCStressTest
@State
@Outcome(id = "0, stopped, 4", expect = Expect.ACCEPTABLE, desc = "It stops at once.")
@Outcome(id = "1, stopped, 4", expect = Expect.ACCEPTABLE, desc = "It starts one more and stops.")
@Outcome(id = "0, at its end, 4", expect = Expect.ACCEPTABLE, desc = "All had been started.")
@Outcome(id = "1, at its end, 4", expect = Expect.ACCEPTABLE, desc = "It starts the last one.")
public class PauseAndRun {

  private static final int LENGTH = 4;

  private final Deferred<String> deferred = new Deferred<>();
  private final Meeting inFirstCallback = new Meeting();
  private volatile int started;
  private int whenPaused;

  public PauseAndRun() {
    deferred.onSuccess(
        value -> {
          started = 1;
          inFirstCallback.attendAndLinger();
        });
    for (int i = 2; i <= LENGTH; i++) {
      int number = i;
      deferred.onSuccess(value -> started = number);
    }
  }

  @Actor
  public void runner() {
    deferred.callback("value");
  }

  @Actor
  public void pauser() {
    inFirstCallback.attendAndLinger();
    deferred.pause();
    whenPaused = started;
  }

  @Arbiter
  public void after(ILI_Result r) {
    r.r1 = started - whenPaused;
    r.r2 = started < LENGTH ? "stopped" : "at its end";
    deferred.unpause();
    r.r3 = started;
  }
}
