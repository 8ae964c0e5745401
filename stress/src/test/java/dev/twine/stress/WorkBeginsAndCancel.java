package dev.twine.stress;

import dev.twine.threads.Reactor;
import dev.twine.threads.Threads;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZLL_Result;

/**
 * A thread of a pool comes to a piece of work that is just being cancelled. The body runs or
 * doesn't; whoever has cancelled is told so, unless the result was there before. The interrupt that
 * is meant for the body is not seen by what the thread does next.
 */
@JCStressTest
@State
@Outcome(id = "false, ran, served", expect = Expect.ACCEPTABLE, desc = "The cancel was too late.")
@Outcome(id = "false, ran, cancelled", expect = Expect.ACCEPTABLE, desc = "It came while it ran.")
@Outcome(id = "false, not run, cancelled", expect = Expect.ACCEPTABLE, desc = "It was first.")
public class WorkBeginsAndCancel {

  private static final Reactor REACTOR = Reactor.of(Runnable::run);

  private final Meeting meeting = new Meeting();
  private Runnable job;
  private boolean ran;
  private final Fate<Integer> work =
      new Fate<>(Threads.deferToThreadPool(REACTOR, task -> job = task, this::body));

  private Integer body() {
    ran = true;
    return 1;
  }

  @Actor
  public void run(ZLL_Result r) {
    meeting.attend();
    job.run();
    r.r1 = Thread.interrupted();
  }

  @Actor
  public void cancel() {
    meeting.attend();
    work.cancel();
  }

  @Arbiter
  public void after(ZLL_Result r) {
    r.r2 = ran ? "ran" : "not run";
    r.r3 = work.toString();
  }
}
