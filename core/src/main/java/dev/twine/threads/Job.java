package dev.twine.threads;

import dev.twine.AlreadyCalledException;
import dev.twine.Deferred;
import dev.twine.Effect;
import dev.twine.Failure;
import dev.twine.Outcome;
import dev.twine.Probes;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * A body that runs on some thread of a pool and whose result fires a Deferred in a reactor.
 *
 * <pre>
 *            a thread takes it          the body ends
 *   queued -------------------> running -------------> over: the reactor fires the Deferred
 *      |                          |
 *      | cancel                   | cancel: the Deferred fails, the thread is interrupted
 *      v                          v
 *   over: it leaves the queue   running, cancelled --> over: the flag is cleared, nothing is fired
 * </pre>
 *
 * <p>The arrows are taken under the monitor of this object, so no interrupt hits a thread that has
 * gone on to something else.
 */
final class Job<T extends @Nullable Object> implements Runnable, Effect<Deferred<T>> {

  final Deferred<T> deferred = new Deferred<>(this);

  private final Reactor reactor;
  private final Executor pool;

  /** Guarded by this; null once a thread has taken it, or it was cancelled. */
  private @Nullable Callable<T> body;

  /** Guarded by this; who runs the body now. */
  private @Nullable Thread worker;

  /** Written under the monitor. */
  private volatile boolean cancelled;

  Job(Reactor reactor, Executor pool, Callable<T> body) {
    this.reactor = reactor;
    this.pool = pool;
    this.body = body;
  }

  /** Queues it; a pool that refuses it fails the Deferred. */
  Deferred<T> start() {
    Probes.began(this, "work on a thread");
    try {
      pool.execute(this);
    } catch (RuntimeException | Error refused) {
      boolean unused = drop();
      fire(new Outcome.Failed<>(new Failure(refused)));
    }
    return deferred;
  }

  @Override
  public void run() {
    Callable<T> mine = begin();
    if (mine == null) {
      return;
    }
    Deferred<T> done = Deferred.execute(mine);
    end();
    Probes.ended(this);
    Deferred<@Nullable Void> unused = done.addBoth(this::deliver);
  }

  private synchronized @Nullable Callable<T> begin() {
    Callable<T> mine = body;
    body = null;
    worker = mine == null ? null : Thread.currentThread();
    return mine;
  }

  private synchronized void end() {
    worker = null;
    if (cancelled) {
      Thread.interrupted(); // this interrupt was for the body; nobody else is to see it
    }
  }

  /** Hands the result over to the reactor. */
  private @Nullable Void deliver(Outcome<T> outcome) {
    if (cancelled) {
      reportError(outcome);
      return null;
    }
    try {
      reactor.execute(() -> fire(outcome));
    } catch (RuntimeException | Error stopped) {
      Failure failure = outcome.failureOrNull();
      if (failure != null) {
        stopped.addSuppressed(failure.value());
      }
      fire(new Outcome.Failed<>(new Failure(stopped))); // where nobody else is left to do so
    }
    return null;
  }

  private void fire(Outcome<T> outcome) {
    Failure failure = outcome.failureOrNull();
    try {
      if (failure != null) {
        deferred.errback(failure);
      } else {
        deferred.callback(outcome.get());
      }
    } catch (AlreadyCalledException late) {
      if (!cancelled) {
        throw late; // somebody has fired what only this should fire
      }
      reportError(outcome);
    }
  }

  /** Whoever cancels wants no result, but an error is no result. */
  private static void reportError(Outcome<?> outcome) {
    Failure failure = outcome.failureOrNull();
    if (failure != null && failure.value() instanceof Error error) {
      Probes.reported(error, "work on a thread that was cancelled");
    }
  }

  /** Cancels it. */
  @Override
  public void call(Deferred<T> ignored) {
    if (drop() && pool instanceof ThreadPoolExecutor queue) {
      queue.remove(this);
    }
  }

  /** True if no thread had begun, and none will. */
  private boolean drop() {
    if (!interrupt()) {
      return false;
    }
    Probes.ended(this);
    return true;
  }

  /** Interrupts who runs the body; true if it was still to begin. */
  private synchronized boolean interrupt() {
    cancelled = true;
    if (worker != null) {
      worker.interrupt();
    }
    boolean queued = body != null;
    body = null;
    return queued;
  }

  @Override
  public String toString() {
    return "Job[" + reactor.name() + "]";
  }
}
