package dev.twine.benchmarks;

import dev.twine.Deferred;
import dev.twine.sync.DeferredLock;
import dev.twine.sync.DeferredSemaphore;
import dev.twine.sync.Permit;
import org.openjdk.jmh.annotations.Benchmark;

/** A lock that nobody else wants is taken and given back. */
public class LockAlone extends LockRow {

  public static class Plain extends LockAlone {
    @Override
    boolean escapes() {
      return false;
    }
  }

  private final DeferredLock lock = new DeferredLock();
  private final DeferredSemaphore semaphore = new DeferredSemaphore(10);

  @Benchmark
  public void twine() {
    Deferred<Permit> taken = lock.acquire();
    escape(taken, taken);
    lock.release();
    look(escapes() || taken.isCalled());
  }

  @Benchmark
  public void semaphore() {
    Deferred<Permit> taken = semaphore.acquire();
    escape(taken, taken);
    semaphore.release();
    look(escapes() || taken.isCalled());
  }
}
