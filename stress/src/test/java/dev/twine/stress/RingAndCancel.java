package dev.twine.stress;

import dev.twine.sync.RateLimiter;
import dev.twine.time.ManualClock;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/**
 * Two wait for their turns, and the first one is cancelled just when the alarm rings for him. He
 * has the turn, or the second one has it; it is neither lost nor given twice. The one who still
 * waits has his a second later, and in the end no call is left with the scheduler.
 */
@JCStressTest
@State
@Outcome(id = "served, waits, 0", expect = Expect.ACCEPTABLE, desc = "The alarm was first.")
@Outcome(id = "cancelled, served, 0", expect = Expect.ACCEPTABLE, desc = "The cancel was first.")
public class RingAndCancel {

  private final Meeting meeting = new Meeting();
  private final ManualClock clock = new ManualClock();
  private final RateLimiter limiter = new RateLimiter(clock, 1, Duration.ofSeconds(1), 1);
  private final Fate<Void> first;
  private final Fate<Void> second;

  public RingAndCancel() {
    limiter.acquire();
    first = new Fate<>(limiter.acquire());
    second = new Fate<>(limiter.acquire());
  }

  @Actor
  public void ring() {
    meeting.attendAndLinger();
    clock.advance(Duration.ofSeconds(1));
  }

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    first.cancel();
  }

  @Arbiter
  public void after(LLI_Result r) {
    r.r1 = first.toString();
    r.r2 = second.toString();
    clock.advance(Duration.ofSeconds(1));
    r.r3 = clock.pendingCalls().size();
  }
}
