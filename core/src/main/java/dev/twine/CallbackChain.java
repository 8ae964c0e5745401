package dev.twine;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Callbacks and errbacks prepared once, to be added to many Deferreds in one step.
 *
 * <p>What every answer of a client goes through is the same each time: check the status, parse,
 * translate the errors. Prepared, it costs one step instead of one for each callback: {@link
 * Deferred#addAll} makes no objects for the callbacks, and claims a Deferred that has fired once
 * for all of them.
 *
 * {@snippet class=Snippets region=callback_chain lang=java}
 *
 * <p>A chain is immutable and may be used by any number of threads at a time; then so must be what
 * its callbacks refer to.
 *
 * @param <A> the result that the chain starts with
 * @param <R> the result that it ends with
 * @since 0.1
 */
@SuppressWarnings("UnusedTypeParameter") // they say what it may be added to, and what comes of it
public final class CallbackChain<A extends @Nullable Object, R extends @Nullable Object> {

  /** The canceller of a Deferred that only collects callbacks. */
  private static final class Draft<T extends @Nullable Object> implements Effect<Deferred<T>> {

    @Override
    public void call(Deferred<T> deferred) {
      throw misused("a cancel");
    }
  }

  final Prepared steps;

  private CallbackChain(Prepared steps) {
    this.steps = steps;
  }

  /**
   * Prepares a chain.
   *
   * @param adds adds callbacks and errbacks to the Deferred that it is called with, and returns
   *     what the last one gave; it is called once, at once, and the Deferred never fires
   * @param <A> the result that the chain starts with
   * @param <R> the result that it ends with
   * @return the prepared chain
   * @throws IllegalArgumentException if the function returns another Deferred, or leaves this one
   *     fired, paused, forked, or with its result handed on
   * @throws IllegalStateException if the function cancels it, waits for it with {@code get()},
   *     gives it a timeout, or turns it into a future
   */
  public static <A extends @Nullable Object, R extends @Nullable Object> CallbackChain<A, R> of(
      Function<? super Deferred<A>, ? extends Deferred<R>> adds) {
    Objects.requireNonNull(adds, "adds");
    Deferred<A> draft = new Deferred<>(new Draft<>());
    if ((Chain) adds.apply(draft) != draft) {
      throw new IllegalArgumentException(
          "the function has to return the Deferred that it was called with");
    }
    return new CallbackChain<>(Prepared.of(draft));
  }

  /** Refuses what needs a Deferred that will fire. */
  static void requireNoDraft(Chain chain, String use) {
    if (chain.aux() instanceof Draft<?>) {
      throw misused(use);
    }
  }

  private static IllegalStateException misused(String use) {
    return new IllegalStateException(
        "a prepared chain consists of callbacks and errbacks: "
            + use
            + " belongs to the Deferreds that the chain is added to");
  }
}
