package dev.twine.stress;

import dev.twine.sync.KeyedLock;
import dev.twine.sync.Permit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * The holder of a key's lock gives it back, and as nobody waits the entry of the key is retired;
 * just then somebody asks for the same key. He has the lock, be it of the old entry or of a new
 * one, and he alone: a third one has to wait. When all have gone, nothing is kept for the key.
 */
@JCStressTest
@State
@Outcome(
    id = "at once, waits, 0",
    expect = Expect.ACCEPTABLE,
    desc = "The old entry was free, or there is a new one.")
@Outcome(id = "later, waits, 0", expect = Expect.ACCEPTABLE, desc = "It is handed to him.")
public class KeyedCloseAndAcquire {

  private final Meeting meeting = new Meeting();
  private final KeyedLock<String> lock = new KeyedLock<>();
  private final Permit held = Fate.taken(lock.of("key"));
  private Fate<Permit> next;

  @Actor
  public void close() {
    meeting.attendAndLinger();
    held.close();
  }

  @Actor
  public void acquire() {
    meeting.attendAndLinger();
    next = new Fate<>(lock.of("key").acquire());
  }

  @Arbiter
  public void after(LLL_Result r) {
    Fate<Permit> third = new Fate<>(lock.of("key").acquire());
    r.r1 = next.when();
    r.r2 = third.toString();
    next.giveBack();
    third.giveBack();
    r.r3 = lock.keys().size();
  }
}
