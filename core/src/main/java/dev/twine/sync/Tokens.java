package dev.twine.sync;

import dev.twine.Deferred;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * So many tokens, those who hold one, and those who wait for one: what a lock and a semaphore are.
 *
 * <h2>Overview</h2>
 *
 * Most locks are taken and given back with nobody else about. That takes one compare-and-set each:
 *
 * <pre>
 *          acquire             anybody else comes
 *    null ---------> a Token -----------------------+
 *     ^   <---------    ^                           v
 *     |    give back    |                        CROWDED
 *     |                 +---------------------------|
 *     +---------------------------------------------+
 *             all tokens are back
 * </pre>
 *
 * <p>The state is null: all tokens are here; a Token: exactly that one is out, and nobody waits;
 * CROWDED: see the lists, which the monitor of this object guards. The two plain states become
 * CROWDED under the monitor, and CROWDED becomes one of them under the monitor only. A token that
 * is given back to a waiter is not here in between. Tokens that all are here can be retired for
 * good: then somebody else gives the next one.
 */
class Tokens implements Token.Issuer {

  private static final Object CROWDED = new Object();
  private static final Object RETIRED = new Object();

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Tokens.class, "state", Object.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private final class Queue extends Waiters<Permit> {

    Queue() {
      super(Tokens.this);
    }

    @Override
    void refused(Waiter<Permit> waiter, Permit permit) {
      permit.close();
    }

    @Override
    @Nullable Deferred<?> blocker() {
      synchronized (Tokens.this) {
        Token only = open.size() == 1 ? open.first() : null;
        return only == null ? null : only.run;
      }
    }
  }

  /** See above. */
  @SuppressWarnings("UnusedVariable") // through the VarHandle
  private volatile @Nullable Object state;

  private final int limit;

  /** The tokens that are out, the oldest first; guarded by this, and empty unless CROWDED. */
  private final Line<Token> open = new Line<>();

  /** Guarded by this, and empty unless CROWDED. */
  private final Queue waiters = new Queue();

  Tokens(int limit) {
    this.limit = limit;
  }

  /** A token, at once or when one has been given back. */
  final Deferred<Permit> acquire(@Nullable String name) {
    Token token = new Token(this, name);
    if (state == null && STATE.compareAndSet(this, (Object) null, token)) {
      return Deferred.succeed(token);
    }
    Deferred<Permit> acquired = acquireAmongOthers(token);
    return acquired == null ? acquireElsewhere(name) : acquired;
  }

  /** Null if the tokens have been retired. */
  private @Nullable Deferred<Permit> acquireAmongOthers(Token token) {
    synchronized (this) {
      if (!isCrowded()) {
        return null;
      }
      if (open.size() == limit) {
        Waiter<Permit> waiter = waiters.add(new Waiter<>(waiters, token.claimant));
        waiter.gift = token;
        return waiter.deferred;
      }
      open.add(token);
    }
    return Deferred.succeed(token);
  }

  /** A token from those that have taken the place of the retired ones. */
  Deferred<Permit> acquireElsewhere(@Nullable String name) {
    throw new AssertionError("nobody has retired these");
  }

  /** What hand-overs are counted for. */
  Object primitive() {
    return this;
  }

  /** All tokens are here, or were; called without the monitor. */
  void idle() {}

  /** Gives no token any more, if all are here. */
  final boolean retire() {
    return STATE.compareAndSet(this, (Object) null, RETIRED);
  }

  @Override
  public final boolean isOldestTakenBack() {
    if (state instanceof Token only && STATE.compareAndSet(this, only, (Object) null)) {
      idle();
      return true;
    }
    return isTakenBackAmongOthers(null);
  }

  /** Takes a token back, and serves the first waiter. */
  @Override
  public final boolean isTakenBack(Token token) {
    if (state != token || !STATE.compareAndSet(this, token, (Object) null)) {
      return isTakenBackAmongOthers(token);
    }
    idle();
    return true;
  }

  /** The same where others hold tokens, too, or wait; null means the oldest token. */
  private boolean isTakenBackAmongOthers(@Nullable Token token) {
    boolean taken;
    Waiter<Permit> next;
    synchronized (this) {
      if (!isCrowded()) {
        return false;
      }
      Token back = token == null ? open.first() : token;
      taken = back != null && open.remove(back);
      next = taken ? waiters.poll() : null;
      if (next != null && next.gift instanceof Token his) {
        his.claimant = his.claimant.served();
        open.add(his);
      }
      thin();
    }
    HandOver.serve(primitive(), next);
    if (state == null) {
      idle();
    }
    return taken;
  }

  /** For the holder of the monitor: from now on the lists say all; false if this is retired. */
  private boolean isCrowded() {
    for (Object s = state; s != CROWDED; s = state) {
      if (s == RETIRED) {
        return false;
      }
      if (STATE.compareAndSet(this, s, CROWDED) && s instanceof Token token) {
        open.add(token);
      }
    }
    return true;
  }

  /**
   * For the holder of the monitor: back to the plain states, but only when all tokens are here.
   * Where some wait, others will, and every way back is one more way there.
   */
  private void thin() {
    if (open.isEmpty()) {
      state = null;
    }
  }

  /** How many tokens are out. */
  final int taken() {
    synchronized (this) {
      return state instanceof Token ? 1 : open.size();
    }
  }

  final List<Claimant> holders() {
    synchronized (this) {
      return state instanceof Token token
          ? List.of(token.claimant)
          : open.each(each -> each.claimant);
    }
  }

  final List<Claimant> waiters() {
    return waiters.claimants();
  }
}
