package dev.twine;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A result on its way to an executor, on which its chain is to go on.
 *
 * <p>The chain waits for a Deferred that is fired there. If that were fired before the chain has
 * come to wait for it, the chain would go on where it is. So a task that comes too early, before
 * anybody waits, ends at once, and the system scheduler's thread gives it to the executor once
 * more. An executor that runs the task in place, on the thread that gives it, is where the chain is
 * already.
 */
final class Hop implements Runnable {

  private final Executor executor;
  private final @Nullable Object result;
  private final Thread from = Thread.currentThread();
  private final Deferred<@Nullable Object> there = new Deferred<>();

  /** The executor has come back; used by the thread that the chain comes from. */
  private boolean taken;

  private Hop(Executor executor, @Nullable Object result) {
    this.executor = executor;
    this.result = result;
  }

  /** Sends a result; gives what the chain is to wait for. */
  static Deferred<@Nullable Object> start(Executor executor, @Nullable Object result) {
    Hop hop = new Hop(executor, result);
    executor.execute(hop);
    hop.taken = true;
    return hop.there;
  }

  @Override
  public void run() {
    boolean inPlace = Thread.currentThread() == from && !taken;
    if (inPlace || isAwaited()) {
      there.tryFire(result);
    } else {
      Scheduler.system().callLater(Duration.ZERO, this::again);
    }
  }

  private void again() {
    try {
      executor.execute(this);
    } catch (Throwable refused) {
      there.tryFire(new Failure(refused));
    }
  }

  /** Whether anybody waits for it, or it has been cancelled. */
  private boolean isAwaited() {
    return there.stateAcquire() != null;
  }
}
