package dev.twine.sync;

import dev.twine.Deferred;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** A read-write lock. A writer is alone, and everybody has his turn. */
final class SyncReadWrite extends SyncPermits {

  /** What a writer counts for: more than all readers that there can be. */
  private static final int WRITER = 1 << 20;

  private final DeferredReadWriteLock lock = new DeferredReadWriteLock();
  private final AtomicInteger inside = new AtomicInteger();

  SyncReadWrite() {
    super("read-write lock");
  }

  @Override
  Guest guest(SplittableRandom random, boolean hurries) {
    return random.nextInt(3) == 0 ? new Writer(hurries) : new Reader(hurries);
  }

  private final class Reader extends Guest {

    Reader(boolean hurries) {
      super(hurries);
    }

    @Override
    Deferred<Permit> ask() {
      return lock.readLock().acquire();
    }

    @Override
    void enter() {
      check(inside.incrementAndGet() < WRITER, "a reader is in beside a writer");
    }

    @Override
    void leave() {
      inside.decrementAndGet();
    }
  }

  private final class Writer extends Guest {

    Writer(boolean hurries) {
      super(hurries);
    }

    @Override
    Deferred<Permit> ask() {
      return lock.writeLock().acquire();
    }

    @Override
    void enter() {
      check(inside.addAndGet(WRITER) == WRITER, "a writer is not alone");
    }

    @Override
    void leave() {
      inside.addAndGet(-WRITER);
    }
  }

  @Override
  void empty() {
    check(inside.get() == 0, "somebody is inside");
    for (PermitSource side : new PermitSource[] {lock.readLock(), lock.writeLock()}) {
      check(side.holders().isEmpty(), "a permit is out");
      check(side.waiters().isEmpty(), "somebody waits");
    }
    check(lock.writeLock().acquire().isCalled(), "a newcomer has to wait");
  }
}
