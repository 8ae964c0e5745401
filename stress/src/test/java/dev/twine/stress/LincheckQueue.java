package dev.twine.stress;

import dev.twine.Deferred;
import dev.twine.sync.DeferredQueue;
import dev.twine.sync.QueueOverflowException;
import dev.twine.sync.QueueUnderflowException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * Several threads at a queue with limits: values are put in, or wait until they can be; each guest
 * comes once, to get a value or to put one, and may be cancelled; the size changes. Whatever comes
 * of it, it comes to the same as if it had been done one after the other: no value is lost, none is
 * there twice, none overtakes another one, and nobody waits beside what he waits for.
 *
 * <p>A cancel that meets a hand-over may take back what another thread is just doing, and has told
 * nobody yet. So every operation waits at its end until no other one is under way.
 */
@Param(name = "guest", gen = IntGen.class, conf = "0:3")
@Param(name = "number", gen = IntGen.class, conf = "1:2")
public class LincheckQueue {

  private static final int GUESTS = 4;
  private static final int SIZE = 1;
  private static final int BACKLOG = 2;

  private final DeferredQueue<String> queue = new DeferredQueue<>(SIZE, BACKLOG);
  private final AtomicIntegerArray asked = new AtomicIntegerArray(GUESTS);
  private final AtomicReferenceArray<Deferred<?>> guests = new AtomicReferenceArray<>(GUESTS);
  private final LincheckTraffic traffic = new LincheckTraffic();

  public LincheckQueue() {
    LincheckCount.invocation();
  }

  /** Whether there was room. */
  @Operation(params = "number")
  public boolean put(int number) {
    traffic.enter();
    try {
      queue.put("value " + number);
      return true;
    } catch (QueueOverflowException full) {
      return false;
    } finally {
      leave();
    }
  }

  private void leave() {
    traffic.leave();
    traffic.awaitNone();
  }

  /** Whether he may wait; does nothing if he has come before. */
  @Operation(params = "guest")
  public boolean get(int guest) {
    traffic.enter();
    try {
      if (asked.compareAndSet(guest, 0, 1)) {
        guests.set(guest, queue.get());
      }
      return true;
    } catch (QueueUnderflowException empty) {
      return false;
    } finally {
      leave();
    }
  }

  /** Puts a value of his own; does nothing if he has come before. */
  @Operation(params = "guest")
  public void putDeferred(int guest) {
    traffic.enter();
    if (asked.compareAndSet(guest, 0, 1)) {
      guests.set(guest, queue.putDeferred("of " + guest));
    }
    leave();
  }

  @Operation(params = "guest")
  public void cancel(int guest) {
    traffic.enter();
    Deferred<?> waiting = guests.get(guest);
    if (waiting != null) {
      waiting.cancel();
    }
    leave();
  }

  @Operation(params = "number")
  public void setSize(int number) {
    traffic.enter();
    queue.setSize(number);
    leave();
  }

  @Operation
  public String pending() {
    traffic.enter();
    String pending = queue.pending().toString();
    leave();
    return pending;
  }

  /** The end of every scenario: what has become of everybody, and what is left. */
  public String end() {
    return last();
  }

  private String last() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < GUESTS; i++) {
      Deferred<?> guest = guests.get(i);
      text.append(guest == null ? "nothing" : LincheckLook.text(LincheckLook.atRest(guest)));
      text.append(", ");
    }
    return text + "left: " + queue.pending() + queue.waiters().size() + queue.putters().size();
  }

  /** The same, in a single thread. */
  public static final class Plain {

    private final Deque<String> values = new ArrayDeque<>();
    private final Deque<Integer> getters = new ArrayDeque<>();
    private final Deque<Integer> putters = new ArrayDeque<>();
    private final boolean[] came = new boolean[GUESTS];
    private final String[] fates = new String[GUESTS];
    private int size = SIZE;

    public Plain() {
      Arrays.fill(fates, "nothing");
    }

    public boolean put(int number) {
      boolean room = !getters.isEmpty() || values.size() < size;
      if (room) {
        values.add("value " + number);
        move();
      }
      return room;
    }

    /** Lets in who has room, and gives values to those who wait for them, until nothing moves. */
    private void move() {
      while ((!putters.isEmpty() && values.size() < size)
          || (!getters.isEmpty() && !values.isEmpty())) {
        if (!getters.isEmpty() && !values.isEmpty()) {
          fates[getters.remove()] = "has " + values.remove();
        } else {
          int putter = putters.remove();
          values.add("of " + putter);
          fates[putter] = "has null";
        }
      }
    }

    public boolean get(int guest) {
      if (came[guest]) {
        return true;
      }
      came[guest] = true;
      if (values.isEmpty() && getters.size() == BACKLOG) {
        return false;
      }
      fates[guest] = "unfired";
      getters.add(guest);
      move();
      return true;
    }

    public void putDeferred(int guest) {
      if (!came[guest]) {
        came[guest] = true;
        fates[guest] = "unfired";
        putters.add(guest);
        move();
      }
    }

    public void cancel(int guest) {
      if (getters.remove(guest) || putters.remove(guest)) {
        fates[guest] = "has " + LincheckOracle.FAILURE;
      }
    }

    public void setSize(int number) {
      size = number;
      move();
    }

    public String pending() {
      return values.toString();
    }

    public String end() {
      return String.join(", ", fates) + ", left: " + values + getters.size() + putters.size();
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
      return Arrays.toString(fates) + values + getters + putters + size;
    }
  }
}
