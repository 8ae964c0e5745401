package dev.twine.stress;

import dev.twine.Deferred;
import dev.twine.Failure;
import dev.twine.FailureGroupException;
import dev.twine.Winner;
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
 * A race is cancelled, which cancels its members, while one of them gets its result. If that is
 * first it may win the race, which then cancels the other member; the race fires once in any case,
 * and neither thread gets an exception.
 */
@JCStressTest
@State
@Outcome(
    id = "1 value",
    expect = Expect.ACCEPTABLE,
    desc = "The member's result was first, and wins the race.")
@Outcome(
    id = "cancellation",
    expect = Expect.ACCEPTABLE,
    desc = "The member's result was first, but the race had failed before it could be fired.")
@Outcome(
    id = "cancellation and cancellation",
    expect = Expect.ACCEPTABLE,
    desc = "Both members were cancelled, and the result is swallowed.")
public class RaceSlotAndCancel {

  private final Meeting meeting = new Meeting();
  private final Deferred<String> untouched = new Deferred<>();
  private final Deferred<String> raced = new Deferred<>();
  private final Deferred<Winner<String>> race = Deferred.race(List.of(untouched, raced));
  private String fired = "";

  public RaceSlotAndCancel() {
    race.onSuccess(winner -> fired += winner.index() + " " + winner.value());
    race.consumeErrors(CancellationException.class, cancellation -> fired += "cancellation");
    race.consumeErrors(FailureGroupException.class, group -> fired += words(group.failures()));
  }

  private static String words(List<Failure> failures) {
    return word(failures.get(0)) + " and " + word(failures.get(1));
  }

  private static String word(Failure failure) {
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
    race.cancel();
  }

  @Arbiter
  public void after(L_Result r) {
    r.r1 = fired;
  }
}
