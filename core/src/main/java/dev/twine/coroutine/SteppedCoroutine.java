package dev.twine.coroutine;

import dev.twine.AlreadyCalledException;
import dev.twine.Deferred;
import dev.twine.Failure;
import dev.twine.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A coroutine whose body runs in pieces, each on the turn of whoever resumes it.
 *
 * <p>A body that comes to wait gives control back first, and it is its resumer who notes that it is
 * suspended; so whoever brings the result meanwhile leaves it for the resumer, who goes on with the
 * body, and nobody resumes what has not stopped yet.
 *
 * <p>The Deferred is fired by the resumer; that resumes whoever awaits it, and so on. So that a
 * long row of coroutines needs no deep stack, after some of them the body fires it, whose own stack
 * is empty.
 */
final class SteppedCoroutine extends Coroutine {

  /** How many resumes inside each other a thread's stack is to bear. */
  private static final int MAX_NESTED = 32;

  /** How many of them there are now, on each thread. */
  private static final ThreadLocal<int[]> NESTED = ThreadLocal.withInitial(() -> new int[1]);

  private final Relay relay = new Relay(toString());

  /** What the body has come to wait for; passed to the resumer along with control. */
  private @Nullable Await<?> wait;

  /** The value or the Failure at the end of the body; passed to the resumer with control. */
  private @Nullable Object end;

  private boolean ended;

  /** The stack of the resumer is deep already: the body is to fire the Deferred from its own. */
  private boolean firesItself;

  private boolean fired;

  private SteppedCoroutine(boolean takes) {
    super(takes);
  }

  /** Runs a body up to its first wait, or to its end. */
  static <T extends @Nullable Object> Deferred<T> start(Body body, boolean takes) {
    SteppedCoroutine coroutine = new SteppedCoroutine(takes);
    coroutine.begin(body); // nothing nests: nobody can wait for its Deferred yet
    return coroutine.result();
  }

  // ---- on the resumer's thread

  private void begin(Body body) {
    Runnable surroundings = ContextElements.capture();
    entering();
    try {
      relay.start(
          () -> {
            surroundings.run();
            runToEnd(body);
          });
    } catch (Throwable noThread) {
      end = new Failure(noThread);
      ended = true;
    } finally {
      left();
    }
    settle();
  }

  /** The body goes on inside this method, if it is suspended. */
  @Override
  <T extends @Nullable Object> void deliver(Await<T> delivered, Outcome<T> outcome) {
    if (!put(delivered, outcome)) {
      return;
    }
    int[] nested = NESTED.get();
    nested[0]++;
    try {
      firesItself = nested[0] > MAX_NESTED;
      resume();
      settle();
    } finally {
      nested[0]--;
    }
  }

  private void resume() {
    entering();
    try {
      relay.resume();
    } finally {
      left();
    }
  }

  /** The body has given control back: it waits, or it has ended. */
  private void settle() {
    while (!ended) {
      Await<?> next = wait;
      if (next == null) {
        throw new AssertionError(this);
      }
      if (isSuspendedOn(next)) {
        return;
      }
      resume();
    }
    noteEnd(end);
    if (!fired) {
      fire(end);
    }
  }

  // ---- on the body's thread

  private void runToEnd(Body body) {
    end = run(body);
    ended = true;
    if (firesItself) {
      fireFromBody();
    }
  }

  /** As the resumer would do it, on its turn. */
  private void fireFromBody() {
    try {
      fire(end);
      fired = true;
    } catch (AlreadyCalledException twice) {
      // the resumer will find out, whom it concerns
    }
  }

  @Override
  void suspend(Await<?> await) {
    wait = await;
    relay.suspend();
    wait = null;
  }

  @Override
  boolean isInsideCallback() {
    return relay.isInsideCallback();
  }

  @Override
  boolean isOwnTurn() {
    return relay.isOnTurn();
  }

  @Override
  boolean hasNoCaller() {
    return false;
  }
}
