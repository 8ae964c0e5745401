package dev.twine.threads;

import static java.util.Objects.requireNonNull;

import dev.twine.Action;
import dev.twine.Deferred;
import dev.twine.DeferredCallable;
import dev.twine.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Work on other threads, whose results come back to a {@link Reactor}.
 *
 * {@snippet class=ThreadSnippets region=defer_to_thread lang=java}
 *
 * <p><b>deferToThread.</b> The body runs on a thread of the reactor's pool, or of one's own; its
 * value, or the very exception it throws, fires the Deferred in the reactor. A body that returns a
 * Deferred makes it fail with an {@link IllegalArgumentException}: a thread that could wait for it
 * has no need of it. If the pool refuses the work, the Deferred fails with its {@link
 * java.util.concurrent.RejectedExecutionException}, inside the method that was called; if the
 * reactor has stopped when the body ends, it fails on the body's thread, as there is no other place
 * left. A pool that drops what it was given without a word, as after {@code shutdownNow()}, leaves
 * the Deferred unfired.
 *
 * <p>Cancellation: the Deferred fails at once. If no thread has begun with the body, it is never
 * run, and is taken out of the pool's queue, if the pool is a {@link
 * java.util.concurrent.ThreadPoolExecutor}, as that of a reactor is; in the queue of another pool
 * an empty shell remains. A body that is running has its thread interrupted; what it then returns
 * or throws is dropped, but an {@link Error} is {@linkplain dev.twine.Probe#reported reported}. The
 * interrupt hits nothing that the thread does later: when the body is over, its flag is cleared.
 * (In Twisted the thread is left to itself.)
 *
 * <p>Memory consistency effects: actions in a thread prior to one of these calls
 * <i>happen-before</i> the body runs, and actions in the body <i>happen-before</i> the callbacks.
 *
 * <p>This is Twisted's {@code internet.threads}.
 *
 * @since 0.1
 */
public final class Threads {

  private Threads() {}

  /**
   * Runs a body on a thread of the current reactor's pool; see above.
   *
   * @param <T> the result
   * @param body what to run
   * @return the result, fired in the reactor
   * @throws IllegalStateException if this is called outside of a reactor
   */
  public static <T extends @Nullable Object> Deferred<T> deferToThread(Callable<T> body) {
    return deferToThread(currentReactor(), body);
  }

  /**
   * Runs a body without result on a thread of the current reactor's pool; see above.
   *
   * @param body what to run
   * @return fired with null in the reactor, or failed
   * @throws IllegalStateException if this is called outside of a reactor
   */
  public static Deferred<@Nullable Void> deferToThread(Action body) {
    return deferToThread(currentReactor(), body);
  }

  /**
   * Runs a body on a thread of a reactor's pool; see above.
   *
   * @param <T> the result
   * @param reactor whose pool it is, and where the Deferred fires
   * @param body what to run
   * @return the result, fired in the reactor
   */
  public static <T extends @Nullable Object> Deferred<T> deferToThread(
      Reactor reactor, Callable<T> body) {
    requireNonNull(body, "body");
    Executor pool;
    try {
      pool = reactor.threadPool();
    } catch (RejectedExecutionException stopped) {
      return Deferred.fail(stopped);
    }
    return deferToThreadPool(reactor, pool, body);
  }

  /**
   * Runs a body without result on a thread of a reactor's pool; see above.
   *
   * @param reactor whose pool it is, and where the Deferred fires
   * @param body what to run
   * @return fired with null in the reactor, or failed
   */
  public static Deferred<@Nullable Void> deferToThread(Reactor reactor, Action body) {
    return deferToThread(reactor, callable(body));
  }

  /**
   * Runs a body on a thread of any pool; see above.
   *
   * @param <T> the result
   * @param reactor where the Deferred fires
   * @param pool what runs the body; it stays its owner's to shut down, also when the reactor stops
   * @param body what to run
   * @return the result, fired in the reactor
   */
  public static <T extends @Nullable Object> Deferred<T> deferToThreadPool(
      Reactor reactor, Executor pool, Callable<T> body) {
    return new Job<>(
            requireNonNull(reactor, "reactor"),
            requireNonNull(pool, "pool"),
            requireNonNull(body, "body"))
        .start();
  }

  /**
   * Runs a body without result on a thread of any pool; see above.
   *
   * @param reactor where the Deferred fires
   * @param pool what runs the body; it stays its owner's to shut down, also when the reactor stops
   * @param body what to run
   * @return fired with null in the reactor, or failed
   */
  public static Deferred<@Nullable Void> deferToThreadPool(
      Reactor reactor, Executor pool, Action body) {
    return deferToThreadPool(reactor, pool, callable(body));
  }

  /**
   * Calls some functions one after the other, all on one thread of a reactor's pool, with no
   * result.
   *
   * <p>An exception from one of them goes to that thread's uncaught exception handler, and the rest
   * is not called.
   *
   * @param reactor whose pool it is
   * @param calls what to call
   * @throws RejectedExecutionException if the reactor has stopped, or its pool has been shut down
   */
  public static void callMultipleInThread(Reactor reactor, Action... calls) {
    callMultipleInThread(reactor, List.of(calls));
  }

  /**
   * Calls some functions one after the other; see {@link #callMultipleInThread(Reactor,
   * Action...)}.
   *
   * @param reactor whose pool it is
   * @param calls what to call
   * @throws RejectedExecutionException if the reactor has stopped, or its pool has been shut down
   */
  public static void callMultipleInThread(Reactor reactor, Iterable<? extends Action> calls) {
    List<Action> all = new ArrayList<>();
    calls.forEach(call -> all.add(requireNonNull(call, "call")));
    reactor.callInThread(
        () -> {
          for (Action call : all) {
            call.run();
          }
        });
  }

  /**
   * Has something called in a reactor, and waits for the Deferred that it gives.
   *
   * <p>For the threads of a pool, and for plain ones: the opposite of {@code deferToThread}.
   *
   * <p>Execution: the body is called in the reactor, and the calling thread waits, also for a
   * reactor that has not been run yet.
   *
   * <p>Cancellation: if the calling thread is interrupted, the Deferred is cancelled in the
   * reactor.
   *
   * @param <T> the result
   * @param reactor where to call it
   * @param body what to call; null in place of a Deferred is the result null
   * @return the result; if it is a failure its very exception is thrown, undeclared as by {@link
   *     Deferred#get()}
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalStateException if it is called on the turn of a reactor, which would stand still
   * @throws RejectedExecutionException if the reactor has stopped, or stops before there is a
   *     result
   */
  public static <T extends @Nullable Object> T blockingCallFromThread(
      Reactor reactor, DeferredCallable<T> body) throws InterruptedException {
    requireNonNull(body, "body");
    return new BlockingCall<>(reactor, body).get();
  }

  /**
   * Has something called in a reactor, and waits for its value; see {@link
   * #blockingCallFromThread(Reactor, DeferredCallable)}.
   *
   * @param <T> the result
   * @param reactor where to call it
   * @param body what to call
   * @return what the body returned; what it threw is thrown
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalStateException if it is called on the turn of a reactor
   * @throws RejectedExecutionException if the reactor has stopped, or stops before there is a
   *     result
   */
  public static <T extends @Nullable Object> T blockingCallFromThread(
      Reactor reactor, Callable<T> body) throws InterruptedException {
    requireNonNull(body, "body");
    DeferredCallable<T> deferring = () -> Deferred.maybeDeferred(body);
    return blockingCallFromThread(reactor, deferring);
  }

  /**
   * Has something done in a reactor, and waits until it is; see {@link
   * #blockingCallFromThread(Reactor, DeferredCallable)}.
   *
   * @param reactor where to do it
   * @param body what to do
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalStateException if it is called on the turn of a reactor
   * @throws RejectedExecutionException if the reactor has stopped, or stops before it is done
   */
  public static void blockingCallFromThread(Reactor reactor, Action body)
      throws InterruptedException {
    requireNonNull(body, "body");
    DeferredCallable<@Nullable Void> deferring = () -> Deferred.maybeDeferred(body);
    blockingCallFromThread(reactor, deferring);
  }

  private static Reactor currentReactor() {
    Reactor reactor = Reactor.current();
    if (reactor == null) {
      throw new IllegalStateException(
          "deferToThread(body) has to be called in a reactor, where the result comes back;"
              + " elsewhere use deferToThread(reactor, body)");
    }
    return reactor;
  }

  private static Callable<@Nullable Void> callable(Action body) {
    requireNonNull(body, "body");
    return () -> {
      try {
        body.run();
      } catch (Throwable thrown) {
        new Failure(thrown).raise();
      }
      return null;
    };
  }
}
