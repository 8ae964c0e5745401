package dev.twine.coroutine;

import dev.twine.AlreadyCalledException;
import dev.twine.Deferred;
import dev.twine.Effect;
import dev.twine.Failure;
import dev.twine.Outcome;
import dev.twine.Probes;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One coroutine: a body on a thread of its own, and the Deferred for what it returns.
 *
 * <pre>
 *   RUNNING --await: the result is there------------> RUNNING
 *   RUNNING --await: no result yet------------------> SUSPENDED (suspended is what it waits for)
 *   SUSPENDED --the result comes, on any thread-----> RUNNING
 *   RUNNING --the body ends-------------------------> ENDED, and its Deferred fires
 * </pre>
 *
 * <p>Who brings the result goes on with the body inside of that in a {@link SteppedCoroutine}, and
 * only wakes it in a {@link ConcurrentCoroutine}.
 *
 * <p><b>Cancelling.</b> The Deferred of the coroutine is fired with a {@link Cancelling}, and then
 * waits for another one, in whose place the coroutine ends; so callbacks that were added before
 * keep their places, and the next cancel, which reaches that other one, does the same. What is
 * waited for is cancelled at that moment, also if the Deferred is paused. If the body runs just
 * then, on another thread's turn, that is kept for the next wait; on its own turn it is nothing. A
 * cancel that is too late for what is waited for, as that is being fired, goes on to the next wait;
 * one that another coroutine further in has kept, and not used, comes back here. Locks are taken
 * from the outer coroutine to the inner one.
 */
abstract class Coroutine implements Effect<Deferred<@Nullable Object>> {

  private static final AtomicLong NUMBER = new AtomicLong();
  private static final ThreadLocal<@Nullable Coroutine> CURRENT = new ThreadLocal<>();

  /** How many bodies run now that take what they await; one of these finds itself counted. */
  private static final AtomicInteger TAKING = new AtomicInteger();

  private final long number = NUMBER.incrementAndGet();

  /** Whether an await takes the result also from what has fired before. */
  private final boolean takes;

  private final Deferred<@Nullable Object> result;

  /** What the end of the body fires: the result, or what that waits for after a cancel. */
  private volatile Deferred<@Nullable Object> target;

  /** What the body waits for while it is suspended. Guarded by this. */
  private @Nullable Await<?> suspended;

  /** A cancel that came while the body ran elsewhere. Guarded by this. */
  private boolean cancelKept;

  /** What an await has thrown last; the body's thread alone knows it. */
  private @Nullable Throwable passing;

  Coroutine(boolean takes) {
    this.takes = takes;
    this.result = newTarget();
    this.target = result;
  }

  /** The coroutine whose body the calling thread runs, or null. */
  static @Nullable Coroutine current() {
    return CURRENT.get();
  }

  /** Whether it depends on the coroutine what becomes of a value that is there. */
  static boolean someTake() {
    return TAKING.getPlain() > 0; // a body that takes has been counted before it runs
  }

  /** Before the body goes on, on the thread that has control. */
  final void entering() {
    if (takes) {
      TAKING.incrementAndGet();
    }
  }

  /** After the body has given control back. */
  final void left() {
    if (takes) {
      TAKING.decrementAndGet();
    }
  }

  @SuppressWarnings("unchecked") // what the body gives is what the Deferred is for
  final <T extends @Nullable Object> Deferred<T> result() {
    return (Deferred<T>) result;
  }

  // ---- the body

  /** On the body's thread: runs it to its end; gives the value or the Failure. */
  final @Nullable Object run(Body body) {
    CURRENT.set(this);
    try {
      Object returned = body.run();
      return returned instanceof Deferred<?> deferred
          ? new Failure(Misuse.returnedDeferred(deferred))
          : returned;
    } catch (ReturnValue returned) {
      return returned.ends(this) ? returned.value() : new Failure(returned);
    } catch (Throwable thrown) {
      return new Failure(thrown);
    } finally {
      CURRENT.remove();
    }
  }

  /** Refuses what can't wait here, before anything is begun for it. */
  static void requireMaySuspend() {
    Coroutine coroutine = current();
    if (coroutine == null) {
      throw Misuse.outside();
    }
    if (coroutine.isInsideCallback()) {
      throw Misuse.awaitInsideCallback();
    }
  }

  /** Waits for a Deferred, in the way of this coroutine. */
  final <T extends @Nullable Object> T await(Deferred<T> deferred) {
    Outcome<T> there = deferred.outcomeOrNull();
    if (there == null) {
      return take(deferred, false);
    }
    return takes ? take(deferred, true) : get(there);
  }

  private <T extends @Nullable Object> T take(Deferred<T> deferred, boolean ready) {
    if (deferred == result || deferred == target) {
      throw Misuse.ownDeferred(this);
    }
    if (!ready && isInsideCallback()) {
      throw Misuse.awaitInsideCallback();
    }
    Await<T> await = new Await<>(this, deferred);
    await.begin();
    if (!await.isDelivered()) {
      suspend(await);
    }
    return get(await.outcome());
  }

  /** The value, or the very exception. */
  private <T extends @Nullable Object> T get(Outcome<T> there) {
    if (there instanceof Outcome.Failed<T> failed) {
      Throwable thrown = failed.failure().value();
      AwaitSite.add(thrown, this);
      passing = thrown;
      return failed.failure().raise();
    }
    return there.get();
  }

  /** On the body's thread: whether a callback stands between here and the body's entry. */
  abstract boolean isInsideCallback();

  /** On the body's thread: comes back when the wait is delivered. */
  abstract void suspend(Await<?> await);

  /** The result of a wait has come, on any thread. */
  abstract <T extends @Nullable Object> void deliver(Await<T> delivered, Outcome<T> outcome);

  /** Whether the calling turn is the one that the body runs on. */
  abstract boolean isOwnTurn();

  /** Whether there is no resumer whose thread could do something for the body. */
  abstract boolean hasNoCaller();

  // ---- suspended or not

  /** Notes that the body waits; false if what it waits for has come by now. */
  final boolean isSuspendedOn(Await<?> next) {
    boolean cancel;
    synchronized (this) {
      if (next.isDelivered()) {
        return false;
      }
      suspended = next;
      cancel = cancelKept;
      cancelKept = false;
      if (cancel) {
        next.noteCancel();
      }
    }
    if (cancel) {
      cancelLate(next);
    }
    return true;
  }

  private void cancelLate(Await<?> next) {
    try {
      cancel(next);
    } catch (Throwable thrown) { // it was thrown far from the one who called cancel()
      Probes.reported(thrown, "a canceller, called for a cancel() that came while a body ran");
    }
  }

  /** Puts the result where the body finds it; true if the body is suspended, and may go on. */
  final <T extends @Nullable Object> boolean put(Await<T> delivered, Outcome<T> outcome) {
    synchronized (this) {
      delivered.put(outcome);
      if (suspended != delivered) {
        return false;
      }
      suspended = null;
      cancelKept |= delivered.passesCancelOn();
      return true;
    }
  }

  // ---- the end

  /** Fires the Deferred; again if a cancel has changed the target meanwhile. */
  final void fire(@Nullable Object end) {
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

  /** On the thread that gets to know the end; what has only passed the body is no news. */
  final void noteEnd(@Nullable Object end) {
    if (end instanceof Failure failure && failure.value() != passing) {
      note(failure.value());
    }
    passing = null;
  }

  /** What some throwables leave behind, on the thread that gets to know them. */
  static void note(Throwable thrown) {
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

  // ---- cancelling, on any thread

  private Deferred<@Nullable Object> newTarget() {
    return new Deferred<>(this).chainErrback(Cancelling.class, Cancelling::passOn);
  }

  /** The canceller of the target. */
  @Override
  public final void call(Deferred<@Nullable Object> cancelled) {
    Deferred<@Nullable Object> next = newTarget();
    Cancelling cancelling = new Cancelling(this, next);
    target = next;
    try {
      cancelled.errback(cancelling);
    } catch (AlreadyCalledException over) {
      target = cancelled;
      return;
    }
    cancelling.pass(); // its errback has done so, unless it is paused
  }

  /** Cancels what the body waits for; while it runs elsewhere, that is kept for its next wait. */
  final void cancelAwaited() {
    Await<?> now;
    synchronized (this) {
      now = suspended;
      if (now == null && isOwnTurn()) {
        return;
      }
      noteCancel(now);
    }
    if (now == null) {
      NestedCancels.keptBy(this);
    } else {
      cancel(now);
    }
  }

  private void noteCancel(@Nullable Await<?> now) {
    if (now == null) {
      cancelKept = true;
    } else {
      now.noteCancel();
    }
  }

  /** Again for the next wait if the result has come meanwhile, from elsewhere. */
  private void cancel(Await<?> first) {
    for (Await<?> now = first; now != null; ) {
      NestedCancels.Fate fate = NestedCancels.cancel(now.awaited);
      synchronized (this) {
        now = hasMissed(now, fate) ? suspended : null;
        if (now != null) {
          now.noteCancel();
        }
      }
    }
  }

  /**
   * Whether a cancel has found nothing, and nobody keeps it; then it is kept here if need be. With
   * this lock held.
   */
  private boolean hasMissed(Await<?> now, NestedCancels.Fate fate) {
    Coroutine keeper = fate.keeper();
    if (suspended == now) {
      if (keeper != null) {
        now.noteKeeper(keeper);
        NestedCancels.keptBy(this);
      }
      return false;
    }
    if (now.hasPassedCancelOn() || (keeper == null ? fate.reached() : !keeper.takeKeptCancel())) {
      return false;
    }
    cancelKept |= suspended == null;
    return true;
  }

  /** When the body has ended: a cancel that it has not come to use, which is taken. */
  final synchronized boolean takeKeptCancel() {
    boolean taken = cancelKept;
    cancelKept = false;
    return taken;
  }

  @Override
  public final String toString() {
    return "coroutine-" + number;
  }
}
