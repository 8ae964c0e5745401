package dev.twine.sync;

import dev.twine.Deferred;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Threads that ask for permits, keep them for a while or give them back at once, give some back
 * twice, and lose patience. Whoever gives a permit back is often not the one who has asked for it.
 */
abstract class SyncPermits extends SyncLife {

  /** Somebody who asks for a permit, and is told when he has it. */
  abstract class Guest {

    private final boolean hurries;
    private Deferred<Permit> acquired;

    Guest(boolean hurries) {
      this.hurries = hurries;
    }

    abstract Deferred<Permit> ask();

    /** He has the permit, and looks about. */
    abstract void enter();

    abstract void leave();

    /** Comes, and waits for so long, or for as long as it takes if that is 0. */
    final void come(int ticks) {
      count(Event.ASKED, 1);
      acquired = ask();
      if (acquired.isCalled()) {
        count(Event.AT_ONCE, 1);
      } else if (ticks > 0) {
        limit(acquired, ticks);
      }
      acquired
          .onSuccess(permit -> serve(() -> stay(permit)))
          .consumeErrors(SyncPermits.this::failed);
    }

    final boolean waits() {
      return !acquired.isCalled();
    }

    final void cancel() {
      handOver(acquired::cancel);
    }

    private void stay(Permit permit) {
      enter();
      Holder holder = new Holder(this, permit);
      if (hurries) {
        holder.give();
      } else {
        holders.add(holder);
      }
    }
  }

  /** Somebody who has a permit. */
  private final class Holder {

    private final Guest guest;
    private final Permit permit;

    Holder(Guest guest, Permit permit) {
      this.guest = guest;
      this.permit = permit;
    }

    void give() {
      guest.leave();
      handOver(permit::close);
    }
  }

  /** At most so many of his guests does a thread let wait. */
  private static final int PATIENCE = 6;

  private final Queue<Holder> holders = new ConcurrentLinkedQueue<>();

  SyncPermits(String name) {
    super(name);
  }

  abstract Guest guest(SplittableRandom random, boolean hurries);

  @Override
  final Player player(int number, SplittableRandom random) {
    Deque<Guest> mine = new ArrayDeque<>();
    return () -> play(mine, random);
  }

  private int play(Deque<Guest> mine, SplittableRandom random) {
    mine.removeIf(guest -> !guest.waits());
    int what = random.nextInt(1_000);
    if (what < 2 && isQuiet()) {
      for (int i = 0; i < RUSH; i++) {
        guest(random, true).come(0);
      }
      return RUSH;
    }
    if (what < 400 && mine.size() < PATIENCE) {
      Guest guest = guest(random, random.nextInt(3) == 0);
      guest.come(random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 0);
      mine.add(guest);
    } else if (what < 800) {
      giveBack(random);
    } else if (what < 980 && !mine.isEmpty()) {
      (random.nextBoolean() ? mine.removeFirst() : mine.removeLast()).cancel();
    } else {
      tick();
    }
    return 1;
  }

  private void giveBack(SplittableRandom random) {
    Holder holder = holders.poll();
    if (holder != null) {
      holder.give();
      if (random.nextInt(8) == 0) {
        handOver(holder.permit::close);
      }
    }
  }

  /** All permits come back, and with them all who still wait. */
  @Override
  final void rest() {
    for (Holder holder = holders.poll(); holder != null; holder = holders.poll()) {
      holder.give();
    }
    empty();
  }

  /** Looks whether all is back. */
  abstract void empty();
}
