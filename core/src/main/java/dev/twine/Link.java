package dev.twine;

import org.jspecify.annotations.Nullable;

/**
 * A callback that the run loop knows, because what it does would need stack if it were called.
 *
 * <p>Most links fire another Deferred: the run loop asks what with, sets the source aside, runs the
 * other chain to its end, and goes on with the source.
 */
abstract class Link extends Mark implements Callback<@Nullable Object, @Nullable Object> {

  /** Nothing is to be fired (yet). */
  static final Object NOTHING = new Object();

  /** What {@link #target} is to be fired with now that the source has this result, or NOTHING. */
  @Nullable Object give(@Nullable Object result) {
    return NOTHING;
  }

  /** The Deferred to fire. */
  Chain target() {
    throw new AssertionError(this);
  }

  /** The source's next result. */
  @Nullable Object left(@Nullable Object result) {
    return result;
  }

  /** The source's next result if the target had been fired before. */
  @Nullable Object lost(@Nullable Object result) {
    return left(result);
  }

  /** Whether a failure that this link leaves on the source has been handled elsewhere. */
  boolean excuses() {
    return false;
  }

  @Override
  public final @Nullable Object call(@Nullable Object argument) {
    throw new AssertionError("links belong to the run loop");
  }

  /** An outer chain waits here for the result; it takes it, and the source is left with null. */
  static final class Waiter extends Link {

    final Chain outer;

    Waiter(Chain outer) {
      this.outer = outer;
    }
  }

  /** Hands the result to another Deferred: {@code chainDeferred}. */
  static final class Handing extends Link {

    private final Chain target;

    Handing(Chain target) {
      this.target = target;
    }

    @Override
    @Nullable Object give(@Nullable Object result) {
      return result;
    }

    @Override
    Chain target() {
      return target;
    }

    @Override
    @Nullable Object left(@Nullable Object result) {
      return null;
    }

    @Override
    Object lost(@Nullable Object result) {
      return new Failure(target.alreadyCalled());
    }
  }

  /** Gives another Deferred the same outcome and leaves the source as it is: {@code fork}. */
  static final class Fork extends Link {

    private final Chain target;

    Fork(Chain target) {
      this.target = target;
    }

    @Override
    @Nullable Object give(@Nullable Object result) {
      return result;
    }

    @Override
    Chain target() {
      return target;
    }

    @Override
    boolean excuses() {
      return true;
    }
  }

  /** A body repeated while its result is true: {@code loop}; the run loop stays on its node. */
  static final class Repeat extends Link {

    private final DeferredCallable<Boolean> body;

    Repeat(DeferredCallable<Boolean> body) {
      this.body = body;
    }

    /** Rounds as long as each gives true at once; gives what the last one gave. */
    @Nullable Object steps(Chain d) {
      Object result;
      do {
        result = step();
      } while (Boolean.TRUE.equals(result) && d.goesOn(result) && !Probes.PRESENT);
      return result;
    }

    /** One more round: a value, a Failure, or a Deferred to wait for. */
    private @Nullable Object step() {
      try {
        Chain inner = body.call();
        return inner == null ? null : inner.valueOrSelf();
      } catch (Throwable thrown) {
        return Captured.failure(thrown);
      }
    }
  }
}
