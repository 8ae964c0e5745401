package dev.twine.coroutine;

import dev.twine.Callback;
import dev.twine.Deferred;
import dev.twine.Outcome;
import org.jspecify.annotations.Nullable;

/** One wait of a coroutine: an ordinary callback of the Deferred that it waits for. */
final class Await<T extends @Nullable Object> implements Callback<Outcome<T>, @Nullable Object> {

  final Deferred<T> awaited;
  private final Coroutine coroutine;

  /** Null until it is there; written with the coroutine's lock held. */
  private volatile @Nullable Outcome<T> outcome;

  /** Somebody has cancelled the coroutine meanwhile. Guarded by its lock. */
  private boolean cancelled;

  /** The coroutine further in that keeps this cancel for its own next wait. Guarded likewise. */
  private @Nullable Coroutine keeper;

  /** Whether a cancel has gone on to the next wait. Guarded likewise. */
  private boolean passedOn;

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

  /** The coroutine is being cancelled. */
  void noteCancel() {
    cancelled = true;
  }

  /** What is awaited is another coroutine's, which runs, and will use the cancel or not. */
  void noteKeeper(Coroutine inner) {
    keeper = inner;
  }

  /**
   * When the result is here: whether a cancel has found nothing to cancel, and so goes to what the
   * body waits for next. It came while callbacks of what is awaited ran, or the body of another
   * coroutine that is awaited.
   */
  boolean passesCancelOn() {
    passedOn =
        (cancelled && awaited.hasKeptCancel()) || (keeper != null && keeper.takeKeptCancel());
    return passedOn;
  }

  boolean hasPassedCancelOn() {
    return passedOn;
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
