package dev.twine;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A plain thread that waits in {@code get()}: a place in the chain that leaves the result there.
 */
final class Getting extends Link {

  private enum Stage {
    WAITING,
    DELIVERED,
    GIVEN_UP
  }

  /** Who waits; null once it has given up. */
  private volatile @Nullable Thread thread = Thread.currentThread();

  private @Nullable Object result;

  /** Guarded by this, and read without it by the waiting thread, which only looks for a change. */
  private volatile Stage stage = Stage.WAITING;

  @Override
  @Nullable Object give(@Nullable Object given) {
    synchronized (this) {
      if (stage == Stage.WAITING) {
        result = given;
        stage = Stage.DELIVERED;
      }
    }
    LockSupport.unpark(thread);
    return NOTHING;
  }

  /** A failure that somebody got is handled; one that nobody waited for any more isn't. */
  @Override
  boolean excuses() {
    return stage == Stage.DELIVERED;
  }

  /** Waits; without a timeout for ever. */
  @Nullable Object await(Chain chain, @Nullable Duration timeout)
      throws InterruptedException, TimeoutException {
    long nanos = timeout == null ? Long.MAX_VALUE : nanos(timeout);
    long start = System.nanoTime();
    boolean doubtful = OwnTurn.of(chain) == OwnTurn.Verdict.DOUBTFUL;
    while (stage == Stage.WAITING) {
      if (Thread.interrupted()) {
        if (giveUp(chain)) {
          throw new InterruptedException("interrupted while waiting for " + chain);
        }
        Thread.currentThread().interrupt();
        break;
      }
      long left = nanos - (System.nanoTime() - start);
      if (left <= 0 && giveUp(chain)) {
        throw new TimeoutException(chain + " gave no result within " + TimedOut.seconds(timeout));
      }
      if (doubtful && nanos - left > OwnTurn.DOUBT_NANOS) {
        doubtful = false;
        if (OwnTurn.of(chain) != OwnTurn.Verdict.ANOTHER && giveUp(chain)) {
          throw OwnTurn.refusal(chain);
        }
      }
      LockSupport.parkNanos(chain, doubtful ? Math.min(left, OwnTurn.DOUBT_NANOS) : left);
    }
    return result;
  }

  private static long nanos(Duration timeout) {
    try {
      return timeout.toNanos();
    } catch (ArithmeticException beyond292Years) {
      return Long.MAX_VALUE;
    }
  }

  /** Leaves the chain, if possible without a trace; false if the result has just come. */
  private boolean giveUp(Chain chain) {
    synchronized (this) {
      if (stage == Stage.DELIVERED) {
        return false;
      }
      stage = Stage.GIVEN_UP;
    }
    thread = null;
    chain.popIfOnTop(this);
    return true;
  }
}
