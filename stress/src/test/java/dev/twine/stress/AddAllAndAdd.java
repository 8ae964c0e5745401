package dev.twine.stress;

import dev.twine.CallbackChain;
import dev.twine.Deferred;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A prepared chain of two callbacks is added in one step to a Deferred that has its result, while
 * another thread adds two callbacks one by one. There is one order, in which each callback gets
 * what the one before it gave, and nothing stands between the two that were prepared.
 *
 * <p>The value is the text of the callbacks that have seen it: {@code a b} of the prepared chain,
 * {@code X Y} of the other thread.
 */
@JCStressTest
@State
@Outcome(id = "abXY", expect = Expect.ACCEPTABLE, desc = "The prepared chain is the first.")
@Outcome(
    id = "XabY",
    expect = Expect.ACCEPTABLE,
    desc = "The prepared chain comes between the other two.")
@Outcome(id = "XYab", expect = Expect.ACCEPTABLE, desc = "The prepared chain is the last.")
public class AddAllAndAdd {

  private static final CallbackChain<String, String> PREPARED =
      CallbackChain.of(
          draft -> draft.addCallback(before -> before + "a").addCallback(before -> before + "b"));

  private final Meeting meeting = new Meeting();
  private final Deferred<String> deferred = Deferred.succeed("");

  @Actor
  public void addAll() {
    meeting.attendAndLinger();
    Deferred<?> unused = deferred.addAll(PREPARED);
  }

  @Actor
  public void add() {
    meeting.attendAndLinger();
    Deferred<?> unused =
        deferred.addCallback(before -> before + "X").addCallback(before -> before + "Y");
  }

  @Arbiter
  public void after(L_Result r) {
    deferred.onSuccess(order -> r.r1 = order);
  }
}
