package dev.twine.sync;

import static java.util.Objects.requireNonNull;

import dev.twine.Deferred;
import java.util.List;

/**
 * A mutual-exclusion lock whose {@link #acquire} returns a Deferred instead of blocking.
 *
 * <p>The lock is not reentrant and belongs to no thread: whoever holds it may give it back from any
 * thread, by closing his permit or with {@link #release}. Waiters are served first come, first
 * served; the lock is handed to the next one directly, and nobody can overtake him.
 *
 * {@snippet class=SyncSnippets region=lock lang=java}
 *
 * <p>Memory consistency effects: actions in a thread prior to giving the lock back
 * <i>happen-before</i> the callbacks of the next {@link #acquire} to succeed.
 *
 * <p>This is Twisted's {@code defer.DeferredLock}, which fires with itself instead of a permit.
 *
 * @since 0.1
 */
public final class DeferredLock implements PermitSource {

  private final Tokens tokens = new Tokens(1);

  /** Creates a lock that nobody holds. */
  public DeferredLock() {}

  @Override
  public Deferred<Permit> acquire() {
    return tokens.acquire(null);
  }

  @Override
  public Deferred<Permit> acquire(String name) {
    return tokens.acquire(requireNonNull(name, "name"));
  }

  /**
   * Gives the lock back, whoever holds it; his permit is closed by that.
   *
   * <p>Execution: if somebody waits, he has the lock, and his callbacks run, before this returns.
   *
   * @throws NotHeldException if nobody holds the lock
   */
  public void release() {
    if (!tokens.takeOldestBack()) {
      throw new NotHeldException("release() of a lock that nobody holds");
    }
  }

  /**
   * Says whether somebody holds the lock. He does from the moment that a permit is his until it is
   * given back; in between two holders the lock is not free.
   *
   * @return true if somebody does
   */
  public boolean isLocked() {
    return tokens.taken() > 0;
  }

  @Override
  public List<Claimant> holders() {
    return tokens.holders();
  }

  @Override
  public List<Claimant> waiters() {
    return tokens.waiters();
  }
}
