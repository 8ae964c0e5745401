package dev.twine.stress;

import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZLL_Result;

/**
 * An inner Deferred fires and hands its result to the outer chain that waits for it, while somebody
 * adds a callback to the inner. If the inner had not been fired, the firing thread runs the
 * callback, after the hand-over. Else the adder runs it at once, even while the outer still runs.
 * It gets null, as the result has moved.
 */
@JCStressTest
@State
@Outcome(
    id = "false, null, while firing",
    expect = Expect.ACCEPTABLE,
    desc = "The callback stood behind the outer.")
@Outcome(
    id = "false, null, at once",
    expect = Expect.ACCEPTABLE,
    desc = "The inner was fired just when the callback was added.")
@Outcome(
    id = "true, null, at once",
    expect = Expect.ACCEPTABLE,
    desc = "The inner had been fired, and the outer may still be running.")
public class AddAndHandOver {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> inner = new Deferred<>();
  private final Deferred<String> outer = Deferred.succeed("start").chainCallback(start -> inner);
  private String seen = "";
  private Thread adder;
  private Thread ranOn;

  public AddAndHandOver() {
    outer.onSuccess(result -> {}).onSuccess(result -> {});
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    inner.callback("value");
  }

  @Actor
  public void add(ZLL_Result r) {
    meeting.attendAndLinger();
    adder = Thread.currentThread();
    r.r1 = inner.isCalled();
    inner.onSuccess(
        result -> {
          seen += result;
          ranOn = Thread.currentThread();
        });
  }

  @Arbiter
  public void after(ZLL_Result r) {
    r.r2 = seen;
    r.r3 = ranOn == adder ? "at once" : "while firing";
  }
}
