package dev.twine.coroutine;

import dev.twine.Callback;
import dev.twine.Deferred;
import dev.twine.Failure;
import dev.twine.Outcome;
import dev.twine.Turn;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One wait of a coroutine: an ordinary callback of the Deferred that it waits for. */
final class Await<T extends @Nullable Object> implements Callback<Outcome<T>, @Nullable Object> {

  final Deferred<T> awaited;
  private final Coroutine coroutine;

  /** Null until it is there; written with the coroutine's lock held. */
  private volatile @Nullable Outcome<T> outcome;

  /** The turn of a cancel that may find nothing to cancel. Guarded by the coroutine's lock. */
  private @Nullable Thread cancelledBy;

  Await(Coroutine coroutine, Deferred<T> awaited) {
    this.coroutine = coroutine;
    this.awaited = awaited;
  }

  /** Takes its place in the chain; a Deferred that has fired delivers at once. */
  @SuppressWarnings("CheckReturnValue") // the chain is left with null
  void begin() {
    awaited.addBoth(this);
  }

  /** The coroutine goes on inside of this, and the chain is left with null. */
  @Override
  public @Nullable Object call(Outcome<T> delivered) {
    coroutine.deliver(this, delivered);
    return null;
  }

  /** Notes on whose turn the coroutine is being cancelled; with its lock held. */
  void cancelledBy(@Nullable Thread turn) {
    cancelledBy = turn;
  }

  /**
   * Whether a cancel has come too late for what is awaited: it had been fired by another thread, or
   * was running other callbacks there. Such a cancel goes to what the body waits for next. What is
   * delivered on the very turn of the cancel has come of it, or is called inside of it.
   */
  boolean hasMissedCancel(Outcome<T> delivered) {
    Failure failure = delivered.failureOrNull();
    return cancelledBy != null
        && cancelledBy != Turn.current()
        && !(failure != null && failure.value() instanceof CancellationException);
  }

  void put(Outcome<T> delivered) {
    outcome = delivered;
  }

  boolean isDelivered() {
    return outcome != null;
  }

  Outcome<T> outcome() {
    Outcome<T> delivered = outcome;
    if (delivered == null) {
      throw new AssertionError(this);
    }
    return delivered;
  }
}
