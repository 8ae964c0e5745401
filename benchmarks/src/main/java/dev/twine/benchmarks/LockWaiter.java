package dev.twine.benchmarks;

import dev.twine.Deferred;
import dev.twine.sync.DeferredLock;
import dev.twine.sync.Permit;
import org.openjdk.jmh.annotations.Benchmark;

/** Somebody waits for a lock, and it is handed to the first who does. */
public class LockWaiter extends LockRow {

  public static class Plain extends LockWaiter {
    @Override
    boolean escapes() {
      return false;
    }
  }

  private static final int MANY = 10_000;

  /** Held, and nobody waits. */
  private final DeferredLock lock = new DeferredLock();

  /** Held, and so many wait. */
  private final DeferredLock queued = new DeferredLock();

  public LockWaiter() {
    look(lock.acquire().isCalled());
    for (int i = 0; i <= MANY; i++) {
      look(queued.acquire().isCalled());
    }
  }

  @Benchmark
  public void twine() {
    Deferred<Permit> waiter = lock.acquire();
    escape(waiter, waiter);
    lock.release();
    look(escapes() || waiter.isCalled());
  }

  /** The one who comes is not the one who is served. */
  @Benchmark
  public void queued() {
    Deferred<Permit> waiter = queued.acquire();
    queued.release();
    look(!waiter.isCalled());
    escape(Deferred.succeed(ONE), waiter);
  }
}
