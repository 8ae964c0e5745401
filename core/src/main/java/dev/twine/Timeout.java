package dev.twine;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A time limit at one place of a chain: cancels the Deferred when the time has passed, and
 * translates the outcome where it stands.
 */
final class Timeout implements Runnable {

  private final Chain chain;
  private final Duration limit;
  private final @Nullable Callback2<Outcome<@Nullable Object>, Duration, Object> translation;

  /**
   * What the chain was when its time had passed; null before. Written by the scheduler's thread
   * before its cancel, read by the chain after it.
   */
  private volatile @Nullable String waiting;

  private Timeout(
      Chain chain,
      Duration limit,
      @Nullable Callback2<Outcome<@Nullable Object>, Duration, Object> translation) {
    this.chain = chain;
    this.limit = limit;
    this.translation = translation;
  }

  /** The chain has passed the place of the limit. Written on the chain's turn. */
  private volatile boolean over;

  static void add(
      Chain chain,
      Duration limit,
      Scheduler scheduler,
      @Nullable Callback2<Outcome<@Nullable Object>, Duration, Object> translation) {
    if (limit.isNegative()) {
      throw new IllegalArgumentException("a timeout can't be negative: " + limit);
    }
    CallbackChain.requireNoDraft(chain, "a timeout");
    Timeout timeout = new Timeout(chain, limit, translation);
    DelayedCall call = scheduler.callLater(limit, timeout);
    chain.add(timeout::translate, timeout::translate);
    Callback<@Nullable Object, @Nullable Object> stop =
        result -> {
          call.cancel();
          return result;
        };
    chain.add(stop, stop);
  }

  @Override
  public void run() {
    if (!over) {
      waiting = chain.toString();
      Cancellation.cancel(chain, this);
    }
  }

  /**
   * Whether a chain, which may also be a member of the one that is limited, has passed the place.
   */
  boolean isOver(Chain root) {
    return over && root == chain;
  }

  private @Nullable Object translate(@Nullable Object result) throws Throwable {
    over = true;
    String passed = waiting;
    if (passed == null) {
      return result;
    }
    if (translation != null) {
      return translation.call(Step.outcome(result), limit);
    }
    return result instanceof Failure failure && failure.value() instanceof CancellationException
        ? new Failure(TimedOut.after(limit, passed, failure.value()))
        : result;
  }
}
