package dev.twine;

import java.time.Duration;

/**
 * A call that a {@link Scheduler} will make later, as long as nobody takes it back.
 *
 * <p>A call is <i>active</i> from {@link Scheduler#callLater} until it is either made or cancelled;
 * it never becomes active again. It stops being active just before it is made, so seen from inside
 * the call itself it is not active any more.
 *
 * <p>Every method may be called by any thread, also from inside the call itself. When one thread
 * changes a call while another one is about to make it, exactly one of the two wins: either the
 * change takes effect and the call is not made at the old time, or the call is made and the change
 * says so, {@link #cancel} by returning false, {@link #reset} and {@link #delay} with an exception.
 *
 * <p>This is Twisted's {@code IDelayedCall}, except that cancelling twice or too late is an answer
 * and not an error.
 *
 * @see Scheduler#callLater
 * @since 0.1
 */
public interface DelayedCall {

  /**
   * Takes the call back, unless it was made or cancelled already.
   *
   * <p>If this returns true, the call will never be made and the scheduler keeps nothing of it. If
   * it returns false, nothing has changed; a call that another thread is just making is neither
   * waited for nor interrupted.
   *
   * @return true if it was this invocation that prevented the call
   */
  boolean cancel();

  /**
   * Tells whether the call is still to be made.
   *
   * @return true until the call is made or cancelled
   */
  boolean isActive();

  /**
   * Moves the call to a new time, counted from now, whatever time it was due at before.
   *
   * @param delay the time from now until the call, zero or more
   * @throws IllegalArgumentException if {@code delay} is negative
   * @throws IllegalStateException if the call is not active
   */
  void reset(Duration delay);

  /**
   * Puts the call off, counted from the time at which it is due now.
   *
   * @param by the time to add, zero or more; {@link #reset} can also bring a call forward
   * @throws IllegalArgumentException if {@code by} is negative
   * @throws IllegalStateException if the call is not active
   */
  void delay(Duration by);
}
