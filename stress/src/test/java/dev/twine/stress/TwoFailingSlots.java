package dev.twine.stress;

import dev.twine.Deferred;
import dev.twine.DeferredList;
import dev.twine.Failure;
import dev.twine.FirstErrorException;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Two members of a list fail at once, and the list fails with the first failure: with one of them,
 * and with its number. The other one goes nowhere; both members are left with null.
 */
@JCStressTest
@State
@Outcome(
    id = "0 left, has null, has null",
    expect = Expect.ACCEPTABLE,
    desc = "The left member failed first.")
@Outcome(
    id = "1 right, has null, has null",
    expect = Expect.ACCEPTABLE,
    desc = "The right member failed first.")
public class TwoFailingSlots {

  private static final Failure LEFT = new Failure(new IllegalStateException("left"));
  private static final Failure RIGHT = new Failure(new IllegalStateException("right"));

  private final Meeting meeting = new Meeting();
  private final Deferred<String> left = new Deferred<>();
  private final Deferred<String> right = new Deferred<>();
  private String failed = "";

  public TwoFailingSlots() {
    DeferredList.gather(List.of(left, right), DeferredList.Option.CONSUME_ERRORS)
        .consumeErrors(
            FirstErrorException.class,
            first -> failed += first.index() + " " + first.failure().getErrorMessage());
  }

  @Actor
  public void left() {
    meeting.attendAndLinger();
    left.errback(LEFT);
  }

  @Actor
  public void right() {
    meeting.attendAndLinger();
    right.errback(RIGHT);
  }

  @Arbiter
  public void after(LLL_Result r) {
    r.r1 = failed;
    left.onSuccess(result -> r.r2 = "has " + result);
    right.onSuccess(result -> r.r3 = "has " + result);
  }
}
