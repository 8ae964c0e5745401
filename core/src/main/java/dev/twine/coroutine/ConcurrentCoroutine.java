package dev.twine.coroutine;

import dev.twine.Deferred;
import dev.twine.Failure;
import dev.twine.Outcome;
import dev.twine.Turn;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine whose body runs beside everything else: whoever brings what it waits for wakes it,
 * and goes on at once.
 */
final class ConcurrentCoroutine extends Coroutine {

  private final Lookout lookout = new Lookout();

  /** Written by the body's thread before it waits for the first time. */
  private @Nullable Thread thread;

  private ConcurrentCoroutine() {
    super(false);
  }

  static <T extends @Nullable Object> Deferred<T> start(Body body) {
    ConcurrentCoroutine coroutine = new ConcurrentCoroutine();
    Runnable surroundings = ContextElements.capture();
    try {
      BodyThread.start(
          () -> {
            surroundings.run();
            coroutine.runToEnd(body);
          });
    } catch (Throwable noThread) {
      coroutine.fire(new Failure(noThread));
    }
    return coroutine.result();
  }

  private void runToEnd(Body body) {
    Thread own = Thread.currentThread();
    thread = own;
    own.setName(toString());
    Turn.follow(
        () -> {
          lookout.note();
          return own;
        });
    Object end = run(body);
    noteEnd(end);
    fire(end);
  }

  @Override
  void suspend(Await<?> await) {
    if (!isSuspendedOn(await)) {
      return;
    }
    boolean interrupted = false;
    while (!await.isDelivered()) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  <T extends @Nullable Object> void deliver(Await<T> delivered, Outcome<T> outcome) {
    if (put(delivered, outcome)) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  boolean isInsideCallback() {
    return lookout.isInsideCallback();
  }

  @Override
  boolean isOwnTurn() {
    return Turn.current() == thread;
  }

  @Override
  boolean hasNoCaller() {
    return true;
  }
}
