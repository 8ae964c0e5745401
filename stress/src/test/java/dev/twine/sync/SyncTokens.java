package dev.twine.sync;

import dev.twine.Deferred;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A lock, or a semaphore. There are never more inside than there are permits, and everybody has his
 * turn.
 *
 * <p>Some guests draw a ticket, under the monitor under which {@link Tokens} puts them into the
 * queue; so the tickets are in the order of the queue, and nothing in main code has to know of
 * them. The ticket is the guest's name. Nobody with a ticket is served while an earlier one still
 * waits, and nobody at all while somebody did when he came; with one permit the tickets that are
 * served rise.
 */
final class SyncTokens extends SyncPermits {

  /** One in so many looks who still waits. */
  private static final int SAMPLE = 4;

  private final int limit;
  private final Tokens tokens;
  private final AtomicInteger inside = new AtomicInteger();

  /** Guarded by the monitor of the tokens. */
  private long tickets;

  /** The last one that was served, if there is one permit: who has that has this. */
  private long last;

  SyncTokens(int limit) {
    super(limit == 1 ? "lock" : "semaphore");
    this.limit = limit;
    this.tokens = new Tokens(limit);
  }

  @Override
  Guest guest(SplittableRandom random, boolean hurries) {
    return random.nextInt(4) == 0 ? new Anybody(hurries) : new WithTicket(hurries);
  }

  /** He comes as everybody does. */
  private class Anybody extends Guest {

    Anybody(boolean hurries) {
      super(hurries);
    }

    @Override
    Deferred<Permit> ask() {
      return tokens.acquire(null);
    }

    @Override
    void enter() {
      check(inside.incrementAndGet() <= limit, "too many inside");
    }

    @Override
    void leave() {
      inside.decrementAndGet();
    }
  }

  private final class WithTicket extends Anybody {

    private long ticket;

    WithTicket(boolean hurries) {
      super(hurries);
    }

    @Override
    Deferred<Permit> ask() {
      synchronized (tokens) {
        boolean crowd = !tokens.waiters().isEmpty();
        ticket = ++tickets;
        Deferred<Permit> acquired = tokens.acquire(String.valueOf(ticket));
        check(!crowd || !acquired.isCalled(), "somebody was overtaken by a newcomer");
        return acquired;
      }
    }

    @Override
    void enter() {
      super.enter();
      if (ticket % SAMPLE == 0) {
        look();
      }
      if (limit == 1) {
        check(last < ticket, "tickets don't rise");
        last = ticket;
      }
    }

    private void look() {
      for (Claimant claimant : tokens.waiters()) {
        String name = claimant.name();
        check(name == null || Long.parseLong(name) > ticket, "somebody was passed over");
      }
    }
  }

  @Override
  void empty() {
    check(inside.get() == 0, "somebody is inside");
    check(tokens.taken() == 0, "a permit is out");
    check(tokens.waiters().isEmpty(), "somebody waits");
    check(tokens.acquire(null).isCalled(), "a newcomer has to wait");
  }
}
