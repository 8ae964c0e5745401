package dev.twine.sync;

import static java.util.Objects.requireNonNull;

import dev.twine.Deferred;
import java.util.List;

/**
 * A semaphore whose {@link #acquire} returns a Deferred instead of blocking: so many may be in at a
 * time, and the others wait.
 *
 * <p>A permit belongs to no thread. Waiters are served first come, first served; a permit is handed
 * to the next one directly, and nobody can overtake him.
 *
 * {@snippet class=SyncSnippets region=semaphore lang=java}
 *
 * <p>Memory consistency effects: actions in a thread prior to giving a permit back
 * <i>happen-before</i> the callbacks of the {@link #acquire} that gets it next.
 *
 * <p>This is Twisted's {@code defer.DeferredSemaphore}, which fires with itself instead of a
 * permit.
 *
 * @since 0.1
 */
public final class DeferredSemaphore implements PermitSource {

  private final int limit;
  private final Tokens tokens;

  /**
   * Creates a semaphore with all its permits.
   *
   * @param limit how many permits there are
   * @throws IllegalArgumentException if that is less than 1
   */
  public DeferredSemaphore(int limit) {
    this.limit = Limits.atLeastOne("a semaphore's number of permits", limit);
    this.tokens = new Tokens(limit);
  }

  @Override
  public Deferred<Permit> acquire() {
    return tokens.acquire(null);
  }

  @Override
  public Deferred<Permit> acquire(String name) {
    return tokens.acquire(requireNonNull(name, "name"));
  }

  /**
   * Gives the permit back that has been held longest; it is closed by that.
   *
   * <p>Execution: if somebody waits, he has it, and his callbacks run, before this returns.
   *
   * @throws NotHeldException if nobody holds a permit
   */
  public void release() {
    if (!tokens.takeOldestBack()) {
      throw new NotHeldException("release() of a semaphore that has all its permits");
    }
  }

  /**
   * Says how many permits there are in all: Twisted's {@code limit}.
   *
   * @return the number
   */
  public int limit() {
    return limit;
  }

  /**
   * Says how many permits are free: Twisted's {@code tokens}. A permit that goes from one holder to
   * the next is not free in between.
   *
   * @return the number, 0 or more
   */
  public int tokens() {
    return limit - tokens.taken();
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
