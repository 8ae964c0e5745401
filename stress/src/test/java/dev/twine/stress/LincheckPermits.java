package dev.twine.stress;

import dev.twine.Deferred;
import dev.twine.DeferredState;
import dev.twine.sync.DeferredSemaphore;
import dev.twine.sync.NotHeldException;
import dev.twine.sync.Permit;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * Several threads at a few permits: each guest asks for one, once; permits are closed, and taken
 * from whoever has one longest; and guests who wait are cancelled. Whatever comes of it, it comes
 * to the same as if it had been done one after the other: nobody has a permit too many, nobody is
 * passed over, and who was cancelled has cost nobody his turn.
 *
 * <p>A cancel that meets a hand-over may take back what another thread is just doing, and has told
 * nobody yet. So every operation waits at its end until no other one is under way.
 */
@Param(name = "guest", gen = IntGen.class, conf = "0:3")
public abstract class LincheckPermits {

  private static final int GUESTS = 4;

  private final DeferredSemaphore semaphore;
  private final AtomicIntegerArray asked = new AtomicIntegerArray(GUESTS);
  private final AtomicReferenceArray<Deferred<Permit>> guests = new AtomicReferenceArray<>(GUESTS);
  private final LincheckTraffic traffic = new LincheckTraffic();

  LincheckPermits(int limit) {
    semaphore = new DeferredSemaphore(limit);
    LincheckCount.invocation();
  }

  /** Does nothing if he has asked before. */
  @Operation(params = "guest")
  public void acquire(int guest) {
    traffic.enter();
    if (asked.compareAndSet(guest, 0, 1)) {
      guests.set(guest, semaphore.acquire());
    }
    leave();
  }

  private void leave() {
    traffic.leave();
    traffic.awaitNone();
  }

  @Operation(params = "guest")
  public void cancel(int guest) {
    traffic.enter();
    Deferred<Permit> acquired = guests.get(guest);
    if (acquired != null) {
      acquired.cancel();
    }
    leave();
  }

  /** Closes his permit, if he has one; perhaps once more. */
  @Operation(params = "guest")
  public void close(int guest) {
    traffic.enter();
    Deferred<Permit> acquired = guests.get(guest);
    if (acquired != null
        && acquired.isCalled()
        && LincheckLook.atRest(acquired) instanceof DeferredState.Value<?> value
        && value.result() instanceof Permit permit) {
      permit.close();
    }
    leave();
  }

  /** Whether anybody had one. */
  @Operation
  public boolean release() {
    traffic.enter();
    try {
      semaphore.release();
      return true;
    } catch (NotHeldException allAreHere) {
      return false;
    } finally {
      leave();
    }
  }

  @Operation
  public int tokens() {
    traffic.enter();
    int tokens = semaphore.tokens();
    leave();
    return tokens;
  }

  @Operation
  public int waiting() {
    traffic.enter();
    int waiting = semaphore.waiters().size();
    leave();
    return waiting;
  }

  /** The end of every scenario: what has become of everybody. */
  public String end() {
    return last();
  }

  private String last() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GUESTS; i++) {
      Deferred<Permit> guest = guests.get(i);
      text.append(guest == null ? "never came" : LincheckLook.text(LincheckLook.atRest(guest)));
      text.append(", ");
    }
    return text + "free: " + semaphore.tokens() + ", waiting: " + semaphore.waiters().size();
  }

  /** The same, in a single thread. */
  public abstract static class Plain {

    private final int limit;
    private final Deque<Integer> holders = new ArrayDeque<>();
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private final String[] fates = new String[GUESTS];

    Plain(int limit) {
      this.limit = limit;
      Arrays.fill(fates, "never came");
    }

    public void acquire(int guest) {
      if (fates[guest].equals("never came")) {
        fates[guest] = "unfired";
        waiting.add(guest);
        serve();
      }
    }

    private void serve() {
      while (holders.size() < limit && !waiting.isEmpty()) {
        int next = waiting.remove();
        holders.add(next);
        fates[next] = "has Permit";
      }
    }

    public void cancel(int guest) {
      if (waiting.remove(guest)) {
        fates[guest] = "has " + LincheckOracle.FAILURE;
      }
    }

    public void close(int guest) {
      if (holders.remove(guest)) {
        serve();
      }
    }

    public boolean release() {
      boolean held = holders.poll() != null;
      serve();
      return held;
    }

    public int tokens() {
      return limit - holders.size();
    }

    public int waiting() {
      return waiting.size();
    }

    public String end() {
      return String.join(", ", fates) + ", free: " + tokens() + ", waiting: " + waiting();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Plain plain && plain.toString().equals(toString());
    }

    @Override
    public int hashCode() {
      return toString().hashCode();
    }

    @Override
    public String toString() {
      return Arrays.toString(fates) + holders + waiting;
    }
  }
}
