package dev.twine.sync;

import dev.twine.Deferred;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that has happened, or not yet: whoever waits for it goes on when it is {@link #set}.
 *
 * {@snippet class=CoordinationSnippets region=event lang=java}
 *
 * <p>Any thread may call any method.
 *
 * <p>Memory consistency effects: actions in a thread prior to {@link #set} <i>happen-before</i> the
 * callbacks of those who waited, and of those who find it set.
 *
 * @since 0.1
 */
public final class DeferredEvent {

  /** Guards what follows. */
  private final Object monitor = new Object();

  /** Empty if the event is set. */
  private final Waiters<@Nullable Void> waiters = new Waiters<@Nullable Void>(monitor);

  private boolean set;

  /** Creates an event that has not happened. */
  public DeferredEvent() {}

  /**
   * Waits until the event is set.
   *
   * <p>Execution: if it is set the result has fired on return; else it fires inside {@link #set}.
   *
   * <p>Cancellation: whoever cancels waits no more; the event is as it was.
   *
   * @return a Deferred that fires with null
   */
  public Deferred<@Nullable Void> whenSet() {
    synchronized (monitor) {
      if (!set) {
        return waiters.join();
      }
    }
    return Deferred.succeed(null);
  }

  /**
   * Sets the event; does nothing if it is set.
   *
   * <p>Execution: the callbacks of all who wait run, in the order of their calls, before this
   * returns; also if one of them clears the event. If one of them sets it anew, those who have come
   * since are served after them.
   */
  public void set() {
    List<Waiter<@Nullable Void>> all;
    synchronized (monitor) {
      set = true;
      all = waiters.drain(null);
    }
    HandOver.serveAll(this, all);
  }

  /** Makes the event one that has not happened yet: whoever comes from now on waits. */
  public void clear() {
    synchronized (monitor) {
      set = false;
    }
  }

  /**
   * Says whether the event is set.
   *
   * @return true if it is
   */
  public boolean isSet() {
    synchronized (monitor) {
      return set;
    }
  }

  /**
   * Shows who waits.
   *
   * @return those who wait, the first one first; a snapshot
   */
  public List<Claimant> waiters() {
    return waiters.claimants();
  }
}
