package dev.twine.stress;

import dev.twine.DelayedCall;
import dev.twine.Scheduler;
import dev.twine.sync.RateLimiter;
import dev.twine.time.ManualClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * Only one waits for his turn, and he is cancelled, which takes the alarm away, just when somebody
 * else comes to wait. The alarm is left for that one, or he has one of his own; he has his turn in
 * time, and no call is left with the scheduler.
 */
@JCStressTest
@State
@Outcome(id = "1, waits, served, 0", expect = Expect.ACCEPTABLE, desc = "The alarm was left.")
@Outcome(id = "2, waits, served, 0", expect = Expect.ACCEPTABLE, desc = "There is another one.")
public class LastLeavesAndTurn {

  private final Meeting meeting = new Meeting();
  private final ManualClock clock = new ManualClock();
  private final AtomicInteger alarms = new AtomicInteger();
  private final RateLimiter limiter = new RateLimiter(counting(), 1, Duration.ofSeconds(1), 1);
  private final Fate<Void> first;
  private Fate<Void> second;

  public LastLeavesAndTurn() {
    limiter.acquire();
    first = new Fate<>(limiter.acquire());
  }

  private Scheduler counting() {
    return new Scheduler() {

      @Override
      public Duration now() {
        return clock.now();
      }

      @Override
      public DelayedCall callLater(Duration delay, Runnable call) {
        alarms.incrementAndGet();
        return clock.callLater(delay, call);
      }
    };
  }

  @Actor
  public void cancel() {
    meeting.attendAndLinger();
    first.cancel();
  }

  @Actor
  public void come() {
    meeting.attendAndLinger();
    second = new Fate<>(limiter.acquire());
  }

  @Arbiter
  public void after(LLLL_Result r) {
    r.r1 = alarms.get();
    r.r2 = second.toString();
    clock.advance(Duration.ofSeconds(1));
    r.r3 = second.toString();
    r.r4 = clock.pendingCalls().size();
  }
}
