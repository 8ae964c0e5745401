package dev.twine.threads;

import dev.twine.AlreadyCalledException;
import dev.twine.Deferred;
import dev.twine.DeferredCallable;
import dev.twine.Failure;
import dev.twine.Outcome;
import dev.twine.Probes;
import dev.twine.Turn;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A thread that waits for something that a reactor does. */
final class BlockingCall<T extends @Nullable Object> {

  private final Reactor reactor;

  /** What to call; null once that has been done, or nobody waits for it any more. */
  private volatile @Nullable DeferredCallable<T> body;

  /** What the thread waits for. */
  private final Deferred<T> answer = new Deferred<>();

  /** Used in the reactor only: what the body has given. */
  private @Nullable Deferred<T> running;

  /** The thread does not wait any more, or is about to hear that there will be no answer. */
  private volatile boolean over;

  BlockingCall(Reactor reactor, DeferredCallable<T> body) {
    this.reactor = reactor;
    this.body = body;
  }

  T get() throws InterruptedException {
    Object loop = Turn.loop();
    if (loop != null) {
      throw new IllegalStateException(
          "blockingCallFromThread() on the turn of "
              + loop
              + " would make it wait for itself; call the function there, and add a callback");
    }
    try {
      reactor.callers.enter(this);
      reactor.execute(this::call);
      return answer.get();
    } finally {
      reactor.callers.leave(this);
      if (!answer.isCalled()) {
        stopWork();
      }
      over = true;
      body = null;
      answer.consumeErrors(heardOrOutOfDate -> {});
    }
  }

  private void call() {
    DeferredCallable<T> mine = body;
    if (over || mine == null) {
      return;
    }
    body = null;
    Deferred<T> given = Deferred.maybeDeferred(mine);
    running = given;
    Deferred<@Nullable Void> unused = given.addBoth(this::answer);
  }

  private @Nullable Void answer(Outcome<T> outcome) {
    Failure failure = outcome.failureOrNull();
    try {
      if (over) {
        return null; // what comes of a cancel interests nobody
      } else if (failure != null) {
        answer.errback(failure);
      } else {
        answer.callback(outcome.get());
      }
    } catch (AlreadyCalledException stopped) {
      // the reactor has stopped, and said so
    }
    return null;
  }

  private void stopWork() {
    over = true;
    try {
      reactor.execute(this::cancel);
    } catch (RejectedExecutionException stopped) {
      // so nobody works
    }
  }

  private void cancel() {
    Deferred<T> work = running;
    if (work != null) {
      try {
        work.cancel();
      } catch (Throwable thrown) { // the other callers are to hear of the end, too
        Probes.reported(thrown, "a canceller, called for a thread that does not wait any more");
      }
    }
  }

  /** The reactor stops: there will be no answer any more. */
  void fail() {
    over = true;
    try {
      answer.errback(reactor.refusal());
    } catch (AlreadyCalledException answered) {
      return;
    }
    cancel();
  }
}
