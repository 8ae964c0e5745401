package dev.twine.stress;

import dev.twine.Deferred;
import dev.twine.sync.SingleFlight;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ILL_Result;

/**
 * Only one waits for a load. He is cancelled, which cancels the load, just when somebody else asks
 * for the same key. Either that one comes in time, and the load goes on for him; or he starts
 * another one. He is never left with a load that was cancelled because nobody wanted it.
 */
@JCStressTest
@State
@Outcome(id = "1, waits, served", expect = Expect.ACCEPTABLE, desc = "He has come in time.")
@Outcome(
    id = "2, cancelled, served",
    expect = Expect.ACCEPTABLE,
    desc = "He starts a load of his own.")
public class LastLeavesAndJoin {

  private final Meeting meeting = new Meeting();
  private final SingleFlight<String, String> flight = new SingleFlight<>();
  private final Deferred<String> load = new Deferred<>();
  private final Deferred<String> another = new Deferred<>();
  private final Fate<String> first = new Fate<>(flight.get("key", () -> load));
  private boolean started;
  private Fate<String> second;

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    first.cancel();
  }

  @Actor
  public void join() {
    meeting.attendAndLinger();
    second = new Fate<>(flight.get("key", this::start));
  }

  @Arbiter
  public void after(ILL_Result r) {
    r.r1 = started ? 2 : 1;
    r.r2 = load.isCalled() ? "cancelled" : "waits";
    (started ? another : load).callback("value");
    r.r3 = second.toString();
  }

  private Deferred<String> start() {
    started = true;
    return another;
  }
}
