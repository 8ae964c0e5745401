package dev.twine.stress;

import dev.twine.sync.DeferredQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/**
 * Somebody asks for a value of an empty queue just when that is closed. He hears that it is, at
 * once or when he has begun to wait; he doesn't wait for a value that nobody can put.
 */
@JCStressTest
@State
@Outcome(
    id = "at once, QueueClosedException, 0",
    expect = Expect.ACCEPTABLE,
    desc = "The close was first.")
@Outcome(
    id = "later, QueueClosedException, 0",
    expect = Expect.ACCEPTABLE,
    desc = "The get was first.")
public class QueueCloseAndGet {

  private final Meeting meeting = new Meeting();
  private final DeferredQueue<String> queue = new DeferredQueue<>();
  private Fate<String> getter;

  @Actor
  public void get() {
    meeting.attendAndLinger();
    getter = new Fate<>(queue.get());
  }

  @Actor
  public void close() {
    meeting.attendAndLinger();
    queue.close();
  }

  @Arbiter
  public void after(LLI_Result r) {
    r.r1 = getter.when();
    r.r2 = getter.toString();
    r.r3 = queue.waiters().size();
  }
}
