package dev.twine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One call of an {@link ExecutorScheduler}, and the handle to it.
 *
 * <pre>
 *            reset, delay: another entry
 *                 +-----+
 *                 v     |
 *   new --start-> an Entry --run of that very Entry--> null, and then the call
 *                    |
 *                    +--cancel, refused by the executor--> null
 * </pre>
 *
 * <p>Every arrow is a compare-and-set of {@link #current}; whoever takes it to null owns the call.
 * An entry that the executor runs after it has been replaced finds that it is not current and does
 * nothing.
 */
final class ExecutorCall implements DelayedCall {

  private final ExecutorScheduler scheduler;
  private final AtomicReference<@Nullable Entry> current = new AtomicReference<>();

  /** Read and let go by whoever takes {@link #current} to null, and touched by nobody else. */
  private @Nullable Runnable call;

  ExecutorCall(ExecutorScheduler scheduler, Runnable call) {
    this.scheduler = scheduler;
    this.call = call;
  }

  /** Begins the wait; called once, before anybody else has seen this object. */
  void start(long due) {
    Entry first = new Entry(due);
    current.set(first);
    Probes.began(this, "delayed call");
    first.enter();
  }

  @Override
  public boolean cancel() {
    Entry last = current.getAndSet(null);
    if (last == null) {
      return false;
    }
    call = null;
    last.leave();
    Probes.ended(this);
    return true;
  }

  @Override
  public boolean isActive() {
    return current.get() != null;
  }

  @Override
  public void reset(Duration delay) {
    long nanos = ExecutorScheduler.nanosOf(delay, "delay");
    move(due -> scheduler.after(nanos));
  }

  @Override
  public void delay(Duration by) {
    long nanos = ExecutorScheduler.nanosOf(by, "by");
    move(due -> ExecutorScheduler.plus(due, nanos));
  }

  private void move(LongUnaryOperator change) {
    while (true) {
      Entry old = current.get();
      if (old == null) {
        throw new IllegalStateException(
            "This call has been made or cancelled and can't be moved any more; use callLater");
      }
      Entry next = new Entry(change.applyAsLong(old.due));
      if (current.compareAndSet(old, next)) {
        old.leave();
        next.enter();
        return;
      }
    }
  }

  @Override
  public String toString() {
    Entry entry = current.get();
    return entry == null
        ? "DelayedCall[done]"
        : "DelayedCall[due " + Duration.ofNanos(entry.due) + " on " + scheduler + "]";
  }

  private void make() {
    Runnable mine = requireNonNull(call);
    call = null;
    Probes.ended(this);
    try {
      mine.run();
    } catch (Throwable thrown) {
      Captured.tellHandler(thrown);
    }
  }

  /** One wait in the executor's queue. */
  private final class Entry implements Runnable {

    final long due;

    /** Set once the executor has taken the entry; until then there is nothing to take back. */
    private volatile @Nullable Future<?> future;

    Entry(long due) {
      this.due = due;
    }

    void enter() {
      try {
        future = scheduler.schedule(this, due);
      } catch (RejectedExecutionException refused) {
        if (current.compareAndSet(this, null)) {
          call = null;
          Probes.ended(ExecutorCall.this);
        }
        throw refused;
      }
      // Whoever replaced this entry before the future was there could not call it off.
      if (current.get() != this) {
        leave();
      }
    }

    void leave() {
      Future<?> entered = future;
      if (entered != null) {
        entered.cancel(false);
      }
    }

    @Override
    public void run() {
      if (current.compareAndSet(this, null)) {
        make();
      }
    }
  }
}
