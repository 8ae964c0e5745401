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
 *    null ---------> a Token -----------------------> CROWDED
 *     ^ | <---------                                     |
 *     | |  give back                                     |
 *     | +--> RETIRED                                     |
 *     +--------------------------------------------------+
 *                    all tokens are back
 * </pre>
 *
 * <p>The state is null: all tokens are here; a Token: exactly that one is out, and nobody waits;
 * CROWDED: see the lists, which the monitor of this object guards. The first two become CROWDED by
 * compare-and-set under the monitor, and CROWDED becomes null under the monitor only. A token that
 * is given back to a waiter is not here in between. Tokens that all are here can be RETIRED for
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

  /** See above. */
  private volatile @Nullable Object state;

  private final int limit;

  /** The tokens that are out, the oldest first; guarded by this, and empty unless CROWDED. */
  private final Line<Token> open = new Line<>();

  /** Guarded by this, and empty unless CROWDED. */
  private final PermitQueue waiters = new PermitQueue(this, open);

  Tokens(int limit) {
    this.limit = limit;
  }

  /** A token, at once or when one has been given back. */
  final Deferred<Permit> acquire(@Nullable String name) {
    Token token = new Token(this, name);
    if (state == null && STATE.compareAndSet(this, (Object) null, token)) {
      token.out();
      return Deferred.succeed(token);
    }
    Deferred<Permit> acquired = acquireAmongOthers(token);
    return acquired == null ? acquireElsewhere(name) : acquired;
  }

  /** Null if the tokens have been retired. */
  private @Nullable Deferred<Permit> acquireAmongOthers(Token token) {
    synchronized (this) {
      if (!crowd()) {
        return null;
      }
      if (open.size() == limit) {
        return waiters.join(token);
      }
      open.add(token);
    }
    token.out();
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
  public final boolean takeOldestBack() {
    if (state instanceof Token only && STATE.compareAndSet(this, only, (Object) null)) {
      only.back();
      idle();
      return true;
    }
    return takeBackAmongOthers(null);
  }

  @Override
  public final boolean takeBack(Token token) {
    if (state != token || !STATE.compareAndSet(this, token, (Object) null)) {
      return takeBackAmongOthers(token);
    }
    token.back();
    idle();
    return true;
  }

  /**
   * Takes a token back where others are out, too, or somebody waits, who is served then.
   *
   * @param token the token, or null for the oldest one
   */
  private boolean takeBackAmongOthers(@Nullable Token token) {
    Token back;
    Waiter<Permit> next;
    synchronized (this) {
      if (!crowd()) {
        return false;
      }
      back = removeOpen(token == null ? open.first() : token);
      next = back == null ? null : waiters.admitFirst();
      thin();
    }
    if (back != null) {
      back.back();
    }
    HandOver.serve(primitive(), next);
    if (state == null) {
      idle();
    }
    return back != null;
  }

  private @Nullable Token removeOpen(@Nullable Token token) {
    return token != null && open.remove(token) ? token : null;
  }

  /** For the holder of the monitor: from now on the lists say all; false if this is retired. */
  private boolean crowd() {
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
