package dev.twine.coroutine;

import dev.twine.AlreadyCalledException;
import dev.twine.Deferred;
import dev.twine.Failure;
import dev.twine.Outcome;
import dev.twine.Probes;
import dev.twine.Turn;
import org.jspecify.annotations.Nullable;

/**
 * One coroutine: a body that runs in pieces, each on the turn of whoever resumes it.
 *
 * <pre>
 *   RUNNING --await: the result is there------------> RUNNING
 *   RUNNING --await: no result yet------------------> SUSPENDED (suspended is what it waits for)
 *   SUSPENDED --the result comes, on any thread-----> RUNNING, inside what has brought it
 *   RUNNING --the body ends-------------------------> ENDED, and its Deferred fires
 * </pre>
 *
 * <p>A body that comes to wait gives control back first, and it is its resumer who notes that it is
 * suspended; so whoever brings the result meanwhile leaves it for the resumer, who goes on with the
 * body, and nobody resumes what has not stopped yet.
 *
 * <p>The Deferred is fired by the resumer; that resumes whoever awaits it, and so on. So that a
 * long row of coroutines needs no deep stack, after some of them the body fires it, whose own stack
 * is empty.
 *
 * <p><b>Cancelling.</b> The Deferred of the coroutine is fired with a {@link Cancelling}, and then
 * waits for another one, in whose place the coroutine ends; so callbacks that were added before
 * keep their places, and the next cancel, which reaches that other one, does the same. What is
 * waited for is cancelled at that moment, also if the Deferred is paused. If the body runs just
 * then, on another thread's turn, that is kept for the next wait; on its own turn it is nothing.
 */
final class Coroutine {

  private static final ThreadLocal<@Nullable Coroutine> CURRENT = new ThreadLocal<>();

  /** How many resumes inside each other a thread's stack is to bear. */
  private static final int MAX_NESTED = 32;

  /** How many of them there are now, on each thread. */
  private static final ThreadLocal<int[]> NESTED = ThreadLocal.withInitial(() -> new int[1]);

  private final Relay relay = new Relay();

  /** Whether an await takes the result also from what has fired before. */
  private final boolean takes;

  private final Deferred<@Nullable Object> result;

  /** What the end of the body fires: the result, or what that waits for after a cancel. */
  private volatile Deferred<@Nullable Object> target;

  /** What the body waits for while it is suspended. Guarded by this. */
  private @Nullable Await<?> suspended;

  /** A cancel that came while the body ran elsewhere. Guarded by this. */
  private boolean cancelKept;

  /** What the body has come to wait for; passed to the resumer along with control. */
  private @Nullable Await<?> wait;

  /** The value or the Failure at the end of the body; passed to the resumer with control. */
  private @Nullable Object end;

  private boolean ended;

  /** The stack of the resumer is deep already: the body is to fire the Deferred from its own. */
  private boolean firesItself;

  private boolean fired;

  private Coroutine(boolean takes) {
    this.takes = takes;
    this.result = newTarget();
    this.target = result;
  }

  /** Runs a body up to its first wait, or to its end. */
  @SuppressWarnings("unchecked") // what the body gives is what the Deferred is for
  static <T extends @Nullable Object> Deferred<T> start(Body body, boolean takes) {
    Coroutine coroutine = new Coroutine(takes);
    coroutine.begin(body); // nothing nests: nobody can wait for its Deferred yet
    return (Deferred<T>) coroutine.result;
  }

  /** The coroutine whose body the calling thread runs, or null. */
  static @Nullable Coroutine current() {
    return CURRENT.get();
  }

  // ---- on the resumer's thread

  private void begin(Body body) {
    try {
      relay.start(() -> run(body));
    } catch (Throwable noThread) {
      end = new Failure(noThread);
      ended = true;
    }
    settle();
  }

  /** The result of a wait has come; the body goes on inside this method, if it is suspended. */
  <T extends @Nullable Object> void deliver(Await<T> delivered, Outcome<T> outcome) {
    synchronized (this) {
      delivered.put(outcome);
      if (suspended != delivered) {
        return;
      }
      suspended = null;
    }
    int[] nested = NESTED.get();
    nested[0]++;
    try {
      firesItself = nested[0] > MAX_NESTED;
      relay.resume();
      settle();
    } finally {
      nested[0]--;
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
      relay.resume();
    }
    if (end instanceof Failure failure) {
      note(failure.value());
    }
    if (!fired) {
      fire();
    }
  }

  /** Notes that the body waits; false if what it waits for has come by now. */
  private boolean isSuspendedOn(Await<?> next) {
    boolean cancel;
    synchronized (this) {
      if (next.isDelivered()) {
        return false;
      }
      suspended = next;
      cancel = cancelKept;
      cancelKept = false;
    }
    if (cancel) {
      next.awaited.cancel();
    }
    return true;
  }

  /** Again if a cancel has changed the target meanwhile. */
  private void fire() {
    while (true) {
      Deferred<@Nullable Object> now = target;
      try {
        now.callback(end);
        return;
      } catch (AlreadyCalledException twice) {
        if (now == target) {
          throw twice;
        }
      }
    }
  }

  /** What some throwables leave behind, on the thread that gets to know them. */
  private static void note(Throwable thrown) {
    Thread thread = Thread.currentThread();
    if (thrown instanceof InterruptedException) {
      thread.interrupt();
    } else if (thrown instanceof VirtualMachineError) {
      try {
        thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
      } catch (Throwable broken) {
        Probes.reported(broken, "an uncaught exception handler");
      }
    }
  }

  // ---- on the body's thread

  private void run(Body body) {
    CURRENT.set(this);
    try {
      end = checked(body.run());
    } catch (ReturnValue returned) {
      end = returned.ends(this) ? returned.value() : new Failure(returned);
    } catch (Throwable thrown) {
      end = new Failure(thrown);
    }
    ended = true;
    if (firesItself) {
      fireFromBody();
    }
  }

  /** As the resumer would do it, on its turn. */
  private void fireFromBody() {
    CURRENT.remove();
    try {
      fire();
      fired = true;
    } catch (AlreadyCalledException twice) {
      // the resumer will find out, whom it concerns
    }
  }

  private static @Nullable Object checked(@Nullable Object returned) {
    if (returned instanceof Deferred<?> deferred) {
      throw Misuse.returnedDeferred(deferred);
    }
    return returned;
  }

  /** Waits for a Deferred, in the way of this coroutine. */
  <T extends @Nullable Object> T await(Deferred<T> deferred) {
    if (isOwn(deferred)) {
      throw Misuse.ownDeferred(this);
    }
    Outcome<T> there = deferred.outcomeOrNull();
    return takes || there == null ? take(deferred, there != null) : Ready.get(there);
  }

  private <T extends @Nullable Object> T take(Deferred<T> deferred, boolean ready) {
    if (!ready && Misuse.isInsideCallback()) {
      throw Misuse.insideCallback();
    }
    Await<T> await = new Await<>(this, deferred);
    await.begin();
    if (!await.isDelivered()) {
      wait = await;
      relay.suspend();
      wait = null;
    }
    return await.get();
  }

  private boolean isOwn(Deferred<?> deferred) {
    return deferred == result || deferred == target;
  }

  // ---- cancelling, on any thread

  private Deferred<@Nullable Object> newTarget() {
    return new Deferred<@Nullable Object>(this::cancel)
        .chainErrback(Cancelling.class, Cancelling::passOn);
  }

  private void cancel(Deferred<@Nullable Object> cancelled) {
    Deferred<@Nullable Object> next = newTarget();
    Cancelling cancelling = new Cancelling(this, next);
    target = next;
    try {
      cancelled.errback(cancelling);
    } catch (AlreadyCalledException over) {
      return;
    }
    cancelling.pass(); // its errback has done so, unless it is paused
  }

  /** Cancels what the body waits for. */
  void cancelAwaited() {
    Await<?> now;
    synchronized (this) {
      now = suspended;
      if (now == null) {
        cancelKept = relay.turn() != Turn.current();
        return;
      }
    }
    now.awaited.cancel();
  }

  @Override
  public String toString() {
    return relay.toString();
  }
}
