package dev.twine.stress;

import dev.twine.AlreadyCalledException;
import dev.twine.Deferred;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Debugging is turned on or off while another thread makes a Deferred, fires it, fires it once
 * more, lets it wait for a second one, and cancels it. The exception of the second firing may know
 * where the first one was, or not; if it knows, it is true. Nothing else depends on it.
 */
@JCStressTest
@State
@Outcome(
    id = "refused, right site, cancelled",
    expect = Expect.ACCEPTABLE,
    desc = "Debugging was on, or came on, before the Deferred was fired.")
@Outcome(
    id = "refused, no site, cancelled",
    expect = Expect.ACCEPTABLE,
    desc = "Debugging was off when the Deferred was fired.")
public class DebuggingAndFire {

  private final Meeting meeting = new Meeting();

  @Actor
  public void turn() {
    meeting.attendAndLinger();
    Deferred.setDebugging(!Deferred.getDebugging());
  }

  @Actor
  public void use(LLL_Result r) {
    meeting.attendAndLinger();
    Deferred<String> deferred = new Deferred<>(unused -> {});
    fireFirst(deferred);
    try {
      deferred.callback("second");
    } catch (AlreadyCalledException refused) {
      r.r1 = "refused";
      r.r2 = site(refused.getCause());
    }
    Deferred<String> inner = new Deferred<>(unused -> {});
    Deferred<String> waiting = deferred.chainCallback(value -> inner);
    waiting.cancel();
    waiting.consumeErrors(CancellationException.class, cancellation -> r.r3 = "cancelled");
  }

  private static void fireFirst(Deferred<String> deferred) {
    deferred.callback("value");
  }

  private static String site(Throwable fired) {
    if (fired == null) {
      return "no site";
    }
    return Arrays.stream(fired.getStackTrace()).anyMatch(DebuggingAndFire::isFirst)
        ? "right site"
        : "wrong site";
  }

  private static boolean isFirst(StackTraceElement frame) {
    return frame.getMethodName().equals("fireFirst");
  }
}
