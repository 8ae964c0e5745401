package dev.twine.sync;

import dev.twine.AlreadyCalledException;
import dev.twine.Blocked;
import dev.twine.Deferred;
import dev.twine.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in a queue, and the canceller of the Deferred that he waits with.
 *
 * <p>He leaves the queue once, under its monitor: by a cancel, or to be served.
 */
class Waiter<T extends @Nullable Object> extends Line.Member<Waiter<T>> implements Blocked<T> {

  final Deferred<T> deferred = new Deferred<>(this);
  final Claimant claimant;
  private final Waiters<T> queue;

  /** What he gets, or a {@link Failure}; written by who has taken him from the queue. */
  @Nullable Object gift;

  Waiter(Waiters<T> queue, Claimant claimant) {
    this.queue = queue;
    this.claimant = claimant;
  }

  @Override
  public final void call(Deferred<T> cancelled) {
    if (!queue.leave(this)) {
      missed();
    }
  }

  /** A cancel has found that he is being served; it wins all the same unless this fires. */
  void missed() {}

  @Override
  public final @Nullable Deferred<?> blocker() {
    return queue.blocker();
  }

  /** Gives him what he gets, unless his Deferred has been cancelled, or fired by hand. */
  @SuppressWarnings({"unchecked", "NullAway"}) // a gift that is no failure is what it waits for
  final void serve() {
    if (gift instanceof Token token) {
      token.out();
    }
    try {
      if (gift instanceof Failure failure) {
        deferred.errback(failure);
      } else {
        deferred.callback((T) gift);
      }
    } catch (AlreadyCalledException late) {
      if (!(gift instanceof Failure)) {
        queue.refused(this, (T) gift);
      }
    }
  }
}
