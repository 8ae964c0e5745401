package dev.twine.sync;

import static java.util.Objects.requireNonNull;

import dev.twine.Action;
import dev.twine.Deferred;
import dev.twine.DeferredCallable;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What gives {@linkplain Permit permits}: a lock, a semaphore, one side of a read-write lock, one
 * key of a keyed lock.
 *
 * <p>{@link #run run} takes a permit, calls a body, and gives the permit back when the body's
 * result is there, whatever it is: a value, a failure, an exception that the body throws, a
 * cancellation. If the body gives a Deferred, the permit is held until that has fired. It is given
 * back <i>before </i> the callbacks that are added to the Deferred of {@code run}, as in Twisted
 * ({@code defer.DeferredLock.run}); these begin when it is somebody else's turn. A null in place of
 * a Deferred is the result null.
 *
 * {@snippet class=SyncSnippets region=run lang=java}
 *
 * <p>Execution: the body is called inside {@code run} if there is a permit; else inside what gives
 * one back, on that thread.
 *
 * <p>Cancellation: while the Deferred of {@code run} waits, cancelling it leaves the queue, and the
 * body is never called. While the body's Deferred is pending, that one is cancelled, and then the
 * permit is given back.
 *
 * <p>Memory consistency effects: actions in a thread prior to giving a permit back
 * <i>happen-before</i> the callbacks of whoever gets it next.
 *
 * <p>With {@linkplain Deferred#setDebugging debugging} on, a body that comes to wait for the very
 * permit that its {@code run} holds, directly or through other Deferreds and locks, fails with an
 * exception that shows where both were asked for, and what it waited with is cancelled. (It does so
 * also if a timeout would have ended the wait.) That needs a lock: of several permits another one
 * may become free.
 *
 * @since 0.1
 */
public interface PermitSource {

  /**
   * Takes a permit, waiting if there is none.
   *
   * <p>Execution: if there is one the result has fired on return; otherwise it fires on the thread
   * that gives one back.
   *
   * <p>Cancellation: a waiting result that is cancelled, or times out, leaves the queue, and no
   * turn is lost. Cancelling one that has fired does nothing: the permit is still held.
   *
   * @return a Deferred that fires with the permit
   */
  Deferred<Permit> acquire();

  /**
   * Takes a permit under a name, waiting if there is none; see {@link #acquire()}.
   *
   * @param name what {@link #holders} and {@link #waiters} show
   * @return a Deferred that fires with the permit
   */
  Deferred<Permit> acquire(String name);

  /**
   * Shows who holds a permit.
   *
   * @return the holders, the one that has held it longest first; a snapshot
   */
  List<Claimant> holders();

  /**
   * Shows who waits.
   *
   * @return those who wait, the next to be served first; a snapshot
   */
  List<Claimant> waiters();

  /**
   * Calls a function with a permit.
   *
   * @param body the function
   * @param <T> what it returns
   * @return a Deferred for its value
   */
  default <T extends @Nullable Object> Deferred<T> run(Callable<T> body) {
    return Holding.run(this, null, Holding.deferring(body));
  }

  /**
   * Calls a function with a permit, and waits for the Deferred that it gives.
   *
   * @param body the function
   * @param <T> the result of the Deferred
   * @return a Deferred for that result
   */
  default <T extends @Nullable Object> Deferred<T> run(DeferredCallable<T> body) {
    return Holding.run(this, null, body);
  }

  /**
   * Runs an action with a permit.
   *
   * @param body the action
   * @return a Deferred that fires with null
   */
  default Deferred<@Nullable Void> run(Action body) {
    return Holding.run(this, null, Holding.deferring(body));
  }

  /**
   * Calls a function with a permit that is taken under a name.
   *
   * @param name what {@link #holders} and {@link #waiters} show
   * @param body the function
   * @param <T> what it returns
   * @return a Deferred for its value
   */
  default <T extends @Nullable Object> Deferred<T> run(String name, Callable<T> body) {
    requireNonNull(name, "name");
    return Holding.run(this, name, Holding.deferring(body));
  }

  /**
   * Calls a function with a permit that is taken under a name, and waits for the Deferred that it
   * gives.
   *
   * @param name what {@link #holders} and {@link #waiters} show
   * @param body the function
   * @param <T> the result of the Deferred
   * @return a Deferred for that result
   */
  default <T extends @Nullable Object> Deferred<T> run(String name, DeferredCallable<T> body) {
    requireNonNull(name, "name");
    return Holding.run(this, name, body);
  }

  /**
   * Runs an action with a permit that is taken under a name.
   *
   * @param name what {@link #holders} and {@link #waiters} show
   * @param body the action
   * @return a Deferred that fires with null
   */
  default Deferred<@Nullable Void> run(String name, Action body) {
    requireNonNull(name, "name");
    return Holding.run(this, name, Holding.deferring(body));
  }
}
