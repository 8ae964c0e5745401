package dev.twine;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A result on its way to an executor, on which its chain is to go on.
 *
 * <p>The chain waits for a Deferred that is fired there. If that were fired before the chain has
 * come to wait for it, the chain would go on where it is; so the task looks whether anybody waits,
 * and if not has itself called once more.
 *
 * <p>An executor may also run the task before it comes back, on this thread or on another one that
 * it waits for. Then nobody can come to wait meanwhile, and the chain goes on where it is, after
 * some time that shows that it is so.
 */
final class Hop implements Runnable {

  /** How long an executor may take to come back from being given a task. */
  private static final long PATIENCE_NANOS = 50_000_000;

  private final Executor executor;
  private final @Nullable Object result;
  private final Thread from = Thread.currentThread();
  private final Deferred<@Nullable Object> there = new Deferred<>();

  /** The executor has taken the task. */
  private volatile boolean taken;

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
    if (isAwaited() || !isTaken()) {
      there.tryFire(result);
    } else {
      executor.execute(this);
    }
  }

  /** Whether anybody waits for it, or it has been cancelled. */
  private boolean isAwaited() {
    return there.stateAcquire() != null;
  }

  private boolean isTaken() {
    long start = System.nanoTime();
    while (!taken) {
      if (Thread.currentThread() == from || System.nanoTime() - start > PATIENCE_NANOS) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }
}
