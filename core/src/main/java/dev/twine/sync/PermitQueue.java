package dev.twine.sync;

import dev.twine.Deferred;
import org.jspecify.annotations.Nullable;

/** Those who wait for a permit, each with the token that will be his. */
class PermitQueue extends Waiters<Permit> {

  private final Line<Token> holders;

  /**
   * A queue.
   *
   * @param monitor what guards it, and the holders
   * @param holders those whose tokens are out, the oldest first
   */
  PermitQueue(Object monitor, Line<Token> holders) {
    super(monitor);
    this.holders = holders;
  }

  /** Puts the one at the end whom this token is for; the caller holds the monitor. */
  final Deferred<Permit> join(Token token) {
    Waiter<Permit> waiter = add(new Waiter<>(this, token.claimant));
    waiter.gift = token;
    return waiter.deferred;
  }

  /**
   * Makes the first one a holder, who is to be served; null if nobody waits. The caller holds the
   * monitor.
   */
  final @Nullable Waiter<Permit> admitFirst() {
    Waiter<Permit> first = poll();
    if (first != null && first.gift instanceof Token token) {
      token.claimant = token.claimant.served();
      holders.add(token);
    }
    return first;
  }

  /** Those who keep the members of this queue waiting; the caller holds the monitor. */
  Line<Token> inTheWay() {
    return holders;
  }

  @Override
  final void refused(Waiter<Permit> waiter, Permit permit) {
    permit.close();
  }

  /** Of several who are in the way any one may go first, so none of them can be named. */
  @Override
  final @Nullable Deferred<?> blocker() {
    synchronized (guard) {
      Line<Token> those = inTheWay();
      Token only = those.size() == 1 ? those.first() : null;
      return only == null ? null : only.run;
    }
  }
}
