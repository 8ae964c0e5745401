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
