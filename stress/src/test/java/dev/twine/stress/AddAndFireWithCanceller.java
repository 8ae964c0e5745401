package dev.twine.stress;

import dev.twine.Deferred;
import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * One thread fires a Deferred that has a canceller and no callbacks. Before it is quite through,
 * another thread adds a callback, and the chain comes to wait for a third Deferred. The firing
 * thread still has to drop the canceller, and the field it stands in is also where a waiting chain
 * remembers what it waits for: were that wiped out, a later cancel would find nothing to cancel.
 */
@JCStressTest
@State
@Outcome(
    id = "Waiting, the adder, cancelled",
    expect = Expect.ACCEPTABLE,
    desc = "The adder runs the callback and comes to wait.")
@Outcome(
    id = "Waiting, the firing thread, cancelled",
    expect = Expect.ACCEPTABLE,
    desc = "The firing thread runs the callback and comes to wait.")
public class AddAndFireWithCanceller {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = new Deferred<>(unused -> {});
  private final Deferred<String> third = new Deferred<>();
  private Thread adder;
  private Thread waitsFrom;

  @Actor
  public void add() {
    meeting.attendAndLinger();
    adder = Thread.currentThread();
    Deferred<?> unused =
        deferred.chainCallback(
            value -> {
              waitsFrom = Thread.currentThread();
              return third;
            });
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    deferred.callback("value");
  }

  @Arbiter
  public void after(LLL_Result r) {
    r.r1 = deferred.state().getClass().getSimpleName();
    r.r2 = waitsFrom == adder ? "the adder" : "the firing thread";
    deferred.cancel();
    deferred.consumeErrors(CancellationException.class, cancellation -> r.r3 = "cancelled");
  }
}
