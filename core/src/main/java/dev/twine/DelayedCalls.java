package dev.twine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls that a {@link Scheduler} has still to make, in their order: for those who write a
 * scheduler, who then only have to know the time, and to wait.
 *
 * {@snippet class=TimeSnippets region=delayed_calls lang=java}
 *
 * <p>Times are counted in nanoseconds from the scheduler's own origin, and cut down to {@link
 * Long#MAX_VALUE}, 292 years.
 *
 * <p>Execution: any thread may call any method. Nothing is called under a lock but the clock.
 * {@linkplain Probe Probes} are told of every call.
 *
 * <p>Memory consistency effects: actions in a thread prior to {@link #add} <i>happen-before</i>
 * what it added is taken.
 *
 * @since 0.1
 */
public final class DelayedCalls {

  private static final Comparator<Call> ORDER =
      Comparator.<Call>comparingLong(call -> call.due).thenComparingLong(call -> call.number);

  private final LongSupplier clock;
  private final Runnable earlier;

  /** Guarded by this. */
  private final TreeSet<Call> waiting = new TreeSet<>(ORDER);

  /** Guarded by this: how many there were. */
  private long created;

  /** Guarded by this: nothing is taken any more. */
  private boolean closed;

  /**
   * Creates a list of calls that is empty.
   *
   * @param clock gives the time, in nanoseconds, and calls nothing else
   * @param earlier called, with no lock held, when there may be a call that is due before all that
   *     were there: who waits for the next one has to look again
   */
  public DelayedCalls(LongSupplier clock, Runnable earlier) {
    this.clock = requireNonNull(clock, "clock");
    this.earlier = requireNonNull(earlier, "earlier");
  }

  /**
   * Adds a call.
   *
   * @param delay the time from now until it is due, zero or more
   * @param call what to call
   * @return a handle to it; null if this has been {@linkplain #close closed}
   * @throws IllegalArgumentException if {@code delay} is negative
   */
  public @Nullable DelayedCall add(Duration delay, Runnable call) {
    long nanos = ExecutorScheduler.nanosOf(delay, "delay");
    Call added = new Call(requireNonNull(call, "call"));
    Probes.began(added, "delayed call");
    boolean first = false;
    boolean refused;
    synchronized (this) {
      refused = closed;
      if (!refused) {
        added.number = created++;
        first = added.enter(ExecutorScheduler.plus(clock.getAsLong(), nanos));
      }
    }
    if (refused) {
      Probes.ended(added);
      return null;
    }
    if (first) {
      earlier.run();
    }
    return added;
  }

  /**
   * Takes the next call that is due; it is to be made then, at once.
   *
   * @return the call, or null if none is due
   */
  public @Nullable Runnable takeDue() {
    Call next;
    synchronized (this) {
      if (waiting.isEmpty() || waiting.first().due > clock.getAsLong()) {
        return null;
      }
      next = waiting.pollFirst();
      next.active = false;
    }
    return next.end();
  }

  /**
   * Tells when the next call is due.
   *
   * @return the time, in nanoseconds from the origin; {@link Long#MAX_VALUE} if there is none
   */
  public synchronized long nextTime() {
    return waiting.isEmpty() ? Long.MAX_VALUE : waiting.first().due;
  }

  /**
   * Returns the calls that are still to be made, the next one first.
   *
   * @return a snapshot
   */
  public synchronized List<DelayedCall> pending() {
    return List.copyOf(waiting);
  }

  /**
   * Returns the times at which there is something to call, the earliest first; once for each call.
   *
   * @return a snapshot, in times from the origin
   */
  public synchronized List<Duration> times() {
    return waiting.stream().map(call -> Duration.ofNanos(call.due)).toList();
  }

  /** Cancels what there is, and takes nothing any more. */
  public void close() {
    List<Call> left;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(waiting);
    }
    left.forEach(Call::cancel);
  }

  private final class Call implements DelayedCall {

    /** Written before others see this. */
    private long number;

    /** Guarded by the list, and changed only while this is not in it, which sorts by it. */
    private long due;

    /** Guarded by the list: neither made nor cancelled. */
    private boolean active = true;

    /** Let go by whoever has made this inactive. */
    private @Nullable Runnable call;

    Call(Runnable call) {
      this.call = call;
    }

    /** For the holder of the lock: true if it is the first one now. */
    private boolean enter(long at) {
      due = at;
      waiting.add(this);
      return waiting.first() == this;
    }

    /** For whoever has made this inactive, without the lock. */
    private Runnable end() {
      Runnable ended = requireNonNull(call);
      call = null;
      Probes.ended(this);
      return ended;
    }

    @Override
    public boolean cancel() {
      synchronized (DelayedCalls.this) {
        if (!active) {
          return false;
        }
        active = false;
        waiting.remove(this);
      }
      end();
      return true;
    }

    @Override
    public boolean isActive() {
      synchronized (DelayedCalls.this) {
        return active;
      }
    }

    @Override
    public void reset(Duration delay) {
      long nanos = ExecutorScheduler.nanosOf(delay, "delay");
      move(false, nanos);
    }

    @Override
    public void delay(Duration by) {
      long nanos = ExecutorScheduler.nanosOf(by, "by");
      move(true, nanos);
    }

    private void move(boolean fromDue, long nanos) {
      boolean first;
      synchronized (DelayedCalls.this) {
        if (!active) {
          throw new IllegalStateException(
              "This call has been made or cancelled and can't be moved any more; use callLater");
        }
        long from = fromDue ? due : clock.getAsLong();
        waiting.remove(this);
        first = enter(ExecutorScheduler.plus(from, nanos));
      }
      if (first) {
        earlier.run();
      }
    }

    @Override
    public String toString() {
      synchronized (DelayedCalls.this) {
        return "DelayedCall[" + (active ? "due " + Duration.ofNanos(due) : "done") + "]";
      }
    }
  }
}
