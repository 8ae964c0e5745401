package dev.twine.stress;

import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.concurrent;

import dev.twine.Deferred;
import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * The Deferred of a body that runs beside everything else is cancelled, and what the body waits for
 * is fired. The body may have to be woken up for that, or be still on its way. It sees one of the
 * two, and its Deferred ends with that.
 */
@JCStressTest
@State
@Outcome(id = "value, value", expect = Expect.ACCEPTABLE, desc = "The value was first.")
@Outcome(id = "cancelled, cancelled", expect = Expect.ACCEPTABLE, desc = "The cancel was first.")
public class CancelConcurrentAndFire {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> awaited = new Deferred<>();
  private String seen = "";
  private final Deferred<String> done = concurrent(this::body);

  private String body() {
    try {
      String value = await(awaited);
      seen += value;
      return value;
    } catch (CancellationException cancellation) {
      seen += "cancelled";
      throw cancellation;
    }
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    awaited.callback("value");
  }

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    done.cancel();
  }

  @Arbiter
  public void after(LL_Result r) {
    r.r2 = BodyEnd.of(done);
    r.r1 = seen;
  }
}
