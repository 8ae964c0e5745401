package dev.twine.sync;

import static java.util.Objects.requireNonNull;

import dev.twine.Deferred;
import dev.twine.DelayedCall;
import dev.twine.Failure;
import dev.twine.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives so many turns in each period: a token bucket.
 *
 * <p>A turn that nobody takes is kept, up to a number that is called the burst; so many can be
 * taken at once after a rest. Turns are counted in whole numbers, and exactly: in any time since
 * the limiter was made there were never more turns than the burst and what that time is worth, and
 * if enough callers waited there were not fewer, unless the scheduler was so late that more turns
 * than the burst had come: those are lost, as if nobody had waited.
 *
 * {@snippet class=CoordinationSnippets region=rate_limiter lang=java}
 *
 * <p>Callers get their turns in the order of their calls. With a scheduler of several threads the
 * callbacks of one turn may still run when the next one's begin. Any thread may call any method.
 *
 * <p>Memory consistency effects: what the scheduler gives.
 *
 * @since 0.1
 */
public final class RateLimiter {

  /** The call that comes when there is a turn for the first who waits. */
  private static final class Alarm {
    volatile @Nullable DelayedCall call;

    void cancel() {
      DelayedCall scheduled = call;
      if (scheduled != null) {
        scheduled.cancel();
      }
    }
  }

  private final class Queue extends Waiters<@Nullable Void> {

    Queue() {
      super(monitor);
    }

    @Override
    void left() {
      cancelNeedlessAlarm();
    }

    @Override
    void refused(Waiter<@Nullable Void> waiter, @Nullable Void nothing) {
      synchronized (monitor) {
        bucket.putBack();
      }
      serve();
    }
  }

  private final Scheduler scheduler;

  /** Guards what follows. */
  private final Object monitor = new Object();

  private final Bucket bucket;
  private final Queue waiters = new Queue();

  /** Null if nobody waits, but for moments. */
  private @Nullable Alarm alarm;

  /**
   * Creates a limiter, which has as many turns as it may keep.
   *
   * @param scheduler what counts the time and gives the turns
   * @param turns how many turns there are in each period
   * @param per the period
   * @param burst how many turns are kept that nobody took
   * @throws IllegalArgumentException if a number is less than 1, or the period is not positive or
   *     longer than 292 years, or the burst times the period, divided by whatever divides both the
   *     turns and the period in nanoseconds, is that long
   */
  public RateLimiter(Scheduler scheduler, int turns, Duration per, int burst) {
    this.scheduler = requireNonNull(scheduler, "scheduler");
    this.bucket = new Bucket(turns, requireNonNull(per, "per"), burst, now());
  }

  /**
   * Takes a turn, waiting for it if there is none.
   *
   * <p>Execution: if there is a turn the result has fired on return; else it fires on the thread of
   * the scheduler. If the scheduler takes no call, all who wait fail on the thread that has asked
   * it.
   *
   * <p>Cancellation: whoever cancels, or times out, leaves the queue, and no turn is lost.
   *
   * @return a Deferred that fires with null when it is the caller's turn; it fails with whatever
   *     the scheduler throws if it takes no call
   */
  public Deferred<@Nullable Void> acquire() {
    long now = now();
    Deferred<@Nullable Void> turn;
    synchronized (monitor) {
      if (waiters.isEmpty() && bucket.takeAtOnce(now)) {
        return Deferred.succeed(null);
      }
      turn = waiters.join();
    }
    setAlarm(now);
    return turn;
  }

  /**
   * Shows who waits for his turn.
   *
   * @return those who wait, the next to be served first; a snapshot
   */
  public List<Claimant> waiters() {
    return waiters.claimants();
  }

  private long now() {
    return scheduler.now().toNanos();
  }

  private void setAlarm(long now) {
    Alarm next = new Alarm();
    Duration wait;
    synchronized (monitor) {
      if (alarm != null || waiters.isEmpty()) {
        return;
      }
      alarm = next;
      wait = Duration.ofNanos(bucket.untilNext(now));
    }
    try {
      next.call = scheduler.callLater(wait, () -> ring(next));
    } catch (RuntimeException | Error refused) { // no more threads, say
      failAll(next, refused);
      return;
    }
    if (!isSet(next)) {
      next.cancel();
    }
  }

  private boolean isSet(Alarm one) {
    synchronized (monitor) {
      return alarm == one;
    }
  }

  private void ring(Alarm ringing) {
    synchronized (monitor) {
      if (alarm != ringing) {
        return;
      }
      alarm = null;
    }
    serve();
  }

  /** Gives the turns that there are to those who wait. */
  private void serve() {
    long now = now();
    List<Waiter<?>> served = new ArrayList<>(1);
    synchronized (monitor) {
      while (!waiters.isEmpty() && bucket.take(now)) {
        Waiter<?> next = waiters.poll();
        if (next != null) {
          served.add(next);
        }
      }
    }
    try {
      setAlarm(now);
      cancelNeedlessAlarm();
    } finally { // whatever the scheduler throws, these have left the queue
      HandOver.serveAll(this, served);
    }
  }

  /** If nobody waits any more, nothing has to come. */
  private void cancelNeedlessAlarm() {
    Alarm needless = null;
    synchronized (monitor) {
      if (waiters.isEmpty()) {
        needless = alarm;
        alarm = null;
      }
    }
    if (needless != null) {
      needless.cancel();
    }
  }

  private void failAll(Alarm mine, Throwable refused) {
    List<Waiter<@Nullable Void>> all;
    synchronized (monitor) {
      alarm = alarm == mine ? null : alarm;
      all = waiters.drain(new Failure(refused));
    }
    HandOver.serveAll(this, all);
  }
}
