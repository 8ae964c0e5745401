package dev.twine.coroutine;

import dev.twine.Callback;
import dev.twine.Deferred;
import dev.twine.DeferredState;
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

  /** The turn of a cancel that may have found nothing to cancel; with the coroutine's lock held. */
  private @Nullable Thread missedBy;

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

  /** The coroutine is being cancelled; with its lock held. */
  void noteCancel() {
    if (awaited.state() instanceof DeferredState.Running) {
      missedBy = Turn.current();
    }
  }

  /**
   * Whether a cancel came while other callbacks of what is awaited ran: it found nothing to cancel,
   * and goes to what the body waits for next. From that very turn it is nothing, as everywhere.
   */
  boolean hasMissedCancel(Outcome<T> delivered) {
    Failure failure = delivered.failureOrNull();
    return missedBy != null
        && missedBy != Turn.current()
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
