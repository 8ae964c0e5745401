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
 * Two threads have an answer for the same Deferred, and both give it. One of them is heard: its
 * {@code callback} returns, and its value goes down the chain, once. The other one gets an {@link
 * AlreadyCalledException}, and nobody ever sees its value.
 */
@JCStressTest
@State
@Outcome(id = "true, false, left", expect = Expect.ACCEPTABLE, desc = "The left is heard.")
@Outcome(id = "false, true, right", expect = Expect.ACCEPTABLE, desc = "The right is heard.")
public class FireAndFire {

  private final Deferred<String> deferred = new Deferred<>();
  private final Meeting before = new Meeting();
  private String seen = "";

  public FireAndFire() {
    deferred.onSuccess(value -> seen += value);
  }

  @Actor
  public void left(ZZL_Result r) {
    r.r1 = isHeard("left");
  }

  @Actor
  public void right(ZZL_Result r) {
    r.r2 = isHeard("right");
  }

  private boolean isHeard(String value) {
    before.attend();
    try {
      deferred.callback(value);
      return true;
    } catch (AlreadyCalledException tooLate) {
      return false;
    }
  }

  @Arbiter
  public void after(ZZL_Result r) {
    r.r3 = seen;
  }
}
