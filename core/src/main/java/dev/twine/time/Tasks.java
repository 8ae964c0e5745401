package dev.twine.time;

import static java.util.Objects.requireNonNull;

import dev.twine.Action;
import dev.twine.AlreadyCalledException;
import dev.twine.Deferred;
import dev.twine.DeferredCallable;
import dev.twine.DelayedCall;
import dev.twine.Effect;
import dev.twine.Scheduler;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done later, once, with its result as a {@link Deferred}.
 *
 * {@snippet class=TimeSnippets region=later_basic lang=java}
 *
 * <p>The three forms with a body differ only in what the body is: one that computes a value, one
 * that gives a Deferred, or one that has no result. The compiler tells them apart by the lambda.
 *
 * @since 0.1
 */
public final class Tasks {

  private Tasks() {}

  /**
   * Waits: gives a result that fires with null when the given time has passed.
   *
   * <p>Execution: the result fires on the scheduler's thread.
   *
   * <p>Cancellation: takes the call back from the scheduler; the result fails with a {@link
   * java.util.concurrent.CancellationException}.
   *
   * @param scheduler what counts the time
   * @param delay how long to wait, zero or more; even zero waits for the scheduler
   * @return a result that fires when the time has passed
   * @throws IllegalArgumentException if {@code delay} is negative
   */
  public static Deferred<@Nullable Void> deferLater(Scheduler scheduler, Duration delay) {
    Alarm alarm = new Alarm();
    alarm.set(scheduler, delay);
    return alarm.rings;
  }

  /**
   * Calls the body when the given time has passed.
   *
   * <p>Execution: the body is called on the scheduler's thread. Its value, or the exception it
   * throws, is the result.
   *
   * <p>Cancellation: before the time has passed this takes the call back from the scheduler, the
   * body is not called, and the result fails with a {@link
   * java.util.concurrent.CancellationException}; afterwards there is nothing to cancel.
   *
   * <p>Memory consistency effects: actions in a thread prior to calling this method
   * <i>happen-before</i> the body is called.
   *
   * @param <T> the result
   * @param scheduler what counts the time
   * @param delay how long to wait, zero or more; even zero waits for the scheduler
   * @param body what to call then
   * @return the result of the body
   * @throws IllegalArgumentException if {@code delay} is negative
   */
  public static <T extends @Nullable Object> Deferred<T> deferLater(
      Scheduler scheduler, Duration delay, Callable<T> body) {
    requireNonNull(body, "body");
    Alarm alarm = new Alarm();
    Deferred<T> result = alarm.rings.addCallback(ignored -> body.call());
    alarm.set(scheduler, delay);
    return result;
  }

  /**
   * Calls the body when the given time has passed, and waits for the Deferred that it gives.
   *
   * <p>Execution: the body is called on the scheduler's thread. The result of the Deferred that it
   * gives, or the exception it throws, is the result.
   *
   * <p>Cancellation: before the time has passed this takes the call back from the scheduler, the
   * body is not called, and the result fails with a {@link
   * java.util.concurrent.CancellationException}; afterwards it goes to the Deferred that the body
   * has given.
   *
   * <p>Memory consistency effects: actions in a thread prior to calling this method
   * <i>happen-before</i> the body is called.
   *
   * @param <T> the result
   * @param scheduler what counts the time
   * @param delay how long to wait, zero or more; even zero waits for the scheduler
   * @param body what to call then; null in place of a Deferred is the result null
   * @return the result of the Deferred that the body gives
   * @throws IllegalArgumentException if {@code delay} is negative
   */
  public static <T extends @Nullable Object> Deferred<T> deferLater(
      Scheduler scheduler, Duration delay, DeferredCallable<T> body) {
    requireNonNull(body, "body");
    Alarm alarm = new Alarm();
    Deferred<T> result = alarm.rings.chainCallback(ignored -> body.call());
    alarm.set(scheduler, delay);
    return result;
  }

  /**
   * Runs the body when the given time has passed.
   *
   * <p>Execution: the body runs on the scheduler's thread. The result is null when it has run, or
   * the exception it throws.
   *
   * <p>Cancellation: before the time has passed this takes the call back from the scheduler, the
   * body does not run, and the result fails with a {@link
   * java.util.concurrent.CancellationException}; afterwards there is nothing to cancel.
   *
   * <p>Memory consistency effects: actions in a thread prior to calling this method
   * <i>happen-before</i> the body runs.
   *
   * @param scheduler what counts the time
   * @param delay how long to wait, zero or more; even zero waits for the scheduler
   * @param body what to run then
   * @return a result that fires with null when the body has run
   * @throws IllegalArgumentException if {@code delay} is negative
   */
  public static Deferred<@Nullable Void> deferLater(
      Scheduler scheduler, Duration delay, Action body) {
    requireNonNull(body, "body");
    Alarm alarm = new Alarm();
    Deferred<@Nullable Void> result = alarm.rings.onSuccess(ignored -> body.run());
    alarm.set(scheduler, delay);
    return result;
  }

  /** A Deferred that the scheduler fires, and that takes back the timer when it is cancelled. */
  private static final class Alarm implements Runnable, Effect<Deferred<@Nullable Void>> {

    final Deferred<@Nullable Void> rings = new Deferred<@Nullable Void>(this);

    private volatile @Nullable DelayedCall timer;
    private volatile boolean cancelled;

    /** Called when everything behind the alarm is in place: it may ring before this returns. */
    void set(Scheduler scheduler, Duration delay) {
      timer = requireNonNull(scheduler, "scheduler").callLater(delay, this);
    }

    @Override
    public void call(Deferred<@Nullable Void> ignored) {
      cancelled = true;
      DelayedCall set = timer;
      if (set != null) {
        set.cancel();
      }
    }

    @Override
    public void run() {
      try {
        rings.callback(null);
      } catch (AlreadyCalledException late) {
        // The timer was already on its way here when another thread cancelled.
        if (!cancelled) {
          throw late;
        }
      }
    }
  }
}
