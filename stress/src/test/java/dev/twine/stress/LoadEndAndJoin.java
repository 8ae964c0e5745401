package dev.twine.stress;

import dev.twine.Deferred;
import dev.twine.sync.SingleFlight;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/**
 * A load ends just when somebody else asks for the same key. He has what the others get, or he
 * starts another load; he doesn't wait with those who have been served.
 */
@JCStressTest
@State
@Outcome(id = "served, first, 0", expect = Expect.ACCEPTABLE, desc = "He has come in time.")
@Outcome(id = "waits, second, 0", expect = Expect.ACCEPTABLE, desc = "He starts a load of his own.")
public class LoadEndAndJoin {

  private final Meeting meeting = new Meeting();
  private final SingleFlight<String, String> flight = new SingleFlight<>();
  private final Deferred<String> load = new Deferred<>();
  private final Deferred<String> another = new Deferred<>();
  private Fate<String> second;

  public LoadEndAndJoin() {
    flight.get("key", () -> load);
  }

  @Actor
  public void end() {
    meeting.attendAndLinger();
    load.callback("first");
  }

  @Actor
  public void join() {
    meeting.attendAndLinger();
    second = new Fate<>(flight.get("key", () -> another));
  }

  @Arbiter
  public void after(LLI_Result r) {
    r.r1 = second.toString();
    another.callback("second");
    r.r2 = second.value();
    r.r3 = flight.keys().size();
  }
}
