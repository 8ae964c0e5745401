package dev.twine.stress;

import dev.twine.AlreadyCalledException;
import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/**
 * Somebody has cancelled a Deferred that can't stop what it stands for, so its answer will still
 * come: one firing, too late and by no fault of its own, is swallowed. Meanwhile the chain has gone
 * on with the cancellation and waits for another Deferred. One thread brings the late answer while
 * the other one ends the wait and then brings an answer, too. Whether the chain waits, runs again
 * or has come to its end by then: the first answer is swallowed, and the second one is a mistake.
 */
@JCStressTest
@State
@Outcome(id = "true, false, value", expect = Expect.ACCEPTABLE, desc = "The first of the two.")
@Outcome(id = "false, true, value", expect = Expect.ACCEPTABLE, desc = "The one who resumed it.")
public class LateFiresOverASuspension {

  private final Deferred<String> deferred = new Deferred<>();
  private final Deferred<String> waitedFor = new Deferred<>();
  private String seen = "";

  public LateFiresOverASuspension() {
    deferred.chainErrback(cancellation -> waitedFor);
    deferred.onSuccess(value -> seen += value);
    deferred.cancel();
  }

  @Actor
  public void answer(ZZL_Result r) {
    r.r1 = isSwallowed();
  }

  @Actor
  public void resume(ZZL_Result r) {
    waitedFor.callback("value");
    r.r2 = isSwallowed();
  }

  private boolean isSwallowed() {
    try {
      deferred.callback("late");
      return true;
    } catch (AlreadyCalledException second) {
      return false;
    }
  }

  @Arbiter
  public void after(ZZL_Result r) {
    r.r3 = seen;
  }
}
