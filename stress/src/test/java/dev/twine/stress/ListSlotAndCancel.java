package dev.twine.stress;

import dev.twine.Deferred;
import dev.twine.DeferredList;
import dev.twine.Failure;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A list is cancelled, which cancels its members, while one of them gets its result. What that
 * member delivers, value or cancellation, is what the list reports of it. It counts once, and
 * neither thread gets an exception.
 */
@JCStressTest
@State
@Outcome(
    id = "cancellation value",
    expect = Expect.ACCEPTABLE,
    desc = "The member's result was first.")
@Outcome(
    id = "cancellation cancellation",
    expect = Expect.ACCEPTABLE,
    desc = "The cancel was first, and the result is swallowed.")
public class ListSlotAndCancel {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> untouched = new Deferred<>();
  private final Deferred<String> raced = new Deferred<>();
  private final Deferred<List<dev.twine.Outcome<String>>> list =
      DeferredList.of(List.of(untouched, raced), DeferredList.Option.CONSUME_ERRORS);
  private String fired = "";

  public ListSlotAndCancel() {
    list.onSuccess(outcomes -> fired += word(outcomes.get(0)) + " " + word(outcomes.get(1)));
  }

  private static String word(dev.twine.Outcome<String> outcome) {
    Failure failure = outcome.failureOrNull();
    if (failure == null) {
      return outcome.get();
    }
    return failure.value() instanceof CancellationException ? "cancellation" : failure.toString();
  }

  @Actor
  public void fire() {
    meeting.attendAndLinger();
    raced.callback("value");
  }

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    list.cancel();
  }

  @Arbiter
  public void after(L_Result r) {
    r.r1 = fired;
  }
}
