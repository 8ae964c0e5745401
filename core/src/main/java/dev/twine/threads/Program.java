package dev.twine.threads;

import dev.twine.Callback;
import dev.twine.Deferred;
import dev.twine.Failure;
import dev.twine.Outcome;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A program that {@link Reactor#react} runs.
 *
 * <p>The virtual machine ends by itself when {@code main} has returned. If it is told to end
 * before, it runs the {@linkplain #clean hook} of this class, and ends when that has come back. The
 * hook has the program end in good order, unless that is {@linkplain Ending in vain}.
 */
final class Program {

  private static final long LOOK_MILLIS = 100;

  private final Reactor reactor;
  private final Callback<? super Reactor, ? extends @Nullable Deferred<? extends @Nullable Object>>
      main;

  /** Used in the reactor only; null before the start. */
  private @Nullable Deferred<? extends @Nullable Object> running;

  /** The virtual machine is ending. */
  private volatile boolean cancelled;

  /** The main Deferred has fired. */
  private volatile boolean over;

  private volatile int status;

  Program(
      Reactor reactor,
      Callback<? super Reactor, ? extends @Nullable Deferred<? extends @Nullable Object>> main) {
    this.reactor = reactor;
    this.main = main;
  }

  int run() {
    Thread hook = new Thread(this::clean, reactor.name() + "-exit");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      reactor.runFrom(this::start);
    } finally {
      remove(hook);
    }
    return Thread.currentThread().isInterrupted() && !over ? 1 : status;
  }

  private static void remove(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // it runs, or has run
    }
  }

  private void start() {
    if (cancelled) {
      end();
      return;
    }
    Deferred<@Nullable Object> started = Deferred.maybeDeferred(() -> main.call(reactor));
    running = started;
    Deferred<@Nullable Void> unused =
        started.addBoth(
            outcome -> {
              finish(outcome);
              return null;
            });
  }

  private void finish(Outcome<?> outcome) {
    Failure failure = outcome.failureOrNull();
    if (failure != null) {
      fail(failure);
    }
    end();
  }

  private void fail(Failure failure) {
    if (failure.value() instanceof ExitException exit) {
      status = exit.status();
      return;
    }
    status = 1;
    boolean wanted = cancelled && failure.check(CancellationException.class) != null;
    if (!wanted) {
      failure.printTraceback(System.err);
    }
  }

  private void end() {
    over = true;
    reactor.tryStop();
  }

  /** In the reactor: what is still running is not wanted any more. */
  private void cancel() {
    cancelled = true;
    Deferred<?> main = running;
    if (main == null) {
      return;
    }
    try {
      main.cancel();
    } catch (Throwable thrown) { // it has not been cancelled, and will not end because of this
      fail(new Failure(thrown));
      end();
    }
  }

  /** Runs when the virtual machine is told to end. */
  void clean() {
    try {
      reactor.execute(this::cancel);
    } catch (RejectedExecutionException stopped) {
      // it is about to end, or has
    }
    try {
      Ending ending = new Ending(reactor);
      while (!reactor.awaitEnd(LOOK_MILLIS)) {
        if (ending.isInVain()) {
          return;
        }
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
