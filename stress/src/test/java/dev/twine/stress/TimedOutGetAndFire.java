package dev.twine.stress;

import dev.twine.Deferred;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZLL_Result;

/**
 * A plain thread that has no time to wait asks for the result just when that comes. It gets the
 * value or the exception, and never the exception if it knew that the Deferred had been fired. The
 * result stays where it is for those who come later.
 */
@JCStressTest
@State
@Outcome(
    id = "false, timed out, value",
    expect = Expect.ACCEPTABLE,
    desc = "The result came too late.")
@Outcome(
    id = "false, value, value",
    expect = Expect.ACCEPTABLE,
    desc = "The result came while the thread was asking.")
@Outcome(id = "true, value, value", expect = Expect.ACCEPTABLE, desc = "The result was there.")
public class TimedOutGetAndFire {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>();

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    deferred.callback("value");
  }

  @Actor
  public void get(ZLL_Result r) {
    meeting.attendAndLinger();
    r.r1 = deferred.isCalled();
    try {
      r.r2 = deferred.get(Duration.ZERO);
    } catch (TimeoutException late) {
      r.r2 = "timed out";
    } catch (InterruptedException neverHere) {
      r.r2 = "interrupted";
    }
  }

  @Arbiter
  public void after(ZLL_Result r) {
    deferred.onSuccess(value -> r.r3 = value);
  }
}
