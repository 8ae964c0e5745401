package dev.twine.stress;

import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZZ_Result;

/**
 * An outer chain waits for an inner one. The inner is fired and hands its value over; the outer
 * goes on and waits for what comes next, and the inner, which has a life of its own, comes to wait
 * for a stranger. In the middle of it somebody cancels the outer: from there the way leads to the
 * inner, or a moment later to the next. A walk that went down to the inner when the outer still
 * waited for it, and looked a moment later what the inner waits for, would cancel the stranger, who
 * has nothing to do with the outer at all.
 */
@JCStressTest
@State
@Outcome(id = "cancelled, false, false", expect = Expect.ACCEPTABLE, desc = "It hits the inner.")
@Outcome(id = "value, true, false", expect = Expect.ACCEPTABLE, desc = "It hits the next.")
public class CancelAndHandOver {

  private final Deferred<String> outer = new Deferred<>();
  private final Deferred<String> inner = new Deferred<>();
  private final Deferred<String> next = new Deferred<>();
  private final Deferred<String> stranger = new Deferred<>();
  private final Meeting before = new Meeting();
  private String fromInner = "cancelled";

  public CancelAndHandOver() {
    outer
        .chainCallback(start -> inner)
        .chainCallback(
            value -> {
              fromInner = value;
              return next;
            })
        .consumeErrors(cancellation -> {});
    outer.callback("start");
  }

  @Actor
  public void handOver() {
    before.attendAndLinger();
    inner.callback("value");
    inner.chainCallback(nothing -> stranger).consumeErrors(cancellation -> {});
  }

  @Actor
  public void cancel() {
    before.attendAndLinger();
    outer.cancel();
  }

  @Arbiter
  public void after(LZZ_Result r) {
    r.r1 = fromInner;
    r.r2 = next.isCalled();
    r.r3 = stranger.isCalled();
  }
}
