package dev.twine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks that the library puts around a user's, one kind for each family of methods.
 *
 * <p>All of them work on the untyped results of the run loop: a value, or a {@link Failure}.
 */
abstract class Step implements Callback<@Nullable Object, @Nullable Object> {

  /** The user's object, named in messages. */
  abstract Object user();

  private Step() {}

  /** One function on both sides: {@code addBoth}. */
  static final class Both extends Step {

    private final Callback<Outcome<@Nullable Object>, Object> callback;

    Both(Callback<Outcome<@Nullable Object>, Object> callback) {
      this.callback = callback;
    }

    @Override
    public @Nullable Object call(@Nullable Object result) throws Throwable {
      return callback.call(outcome(result));
    }

    @Override
    Object user() {
      return callback;
    }
  }

  /** An errback for exceptions of one type; others pass. */
  static final class Typed extends Step {

    private final Class<? extends Throwable> type;
    private final Callback<Throwable, Object> errback;

    Typed(Class<? extends Throwable> type, Callback<Throwable, Object> errback) {
      this.type = type;
      this.errback = errback;
    }

    @Override
    public @Nullable Object call(@Nullable Object result) throws Throwable {
      Failure failure = failure(result);
      return type.isInstance(failure.value()) ? errback.call(failure.value()) : failure;
    }

    @Override
    Object user() {
      return errback;
    }
  }

  /** A side effect after which a failure is handled. */
  static final class Consumed extends Step {

    private final Effect<Failure> effect;

    Consumed(Effect<Failure> effect) {
      this.effect = effect;
    }

    @Override
    public @Nullable Object call(@Nullable Object result) throws Throwable {
      effect.call(failure(result));
      return null;
    }

    @Override
    Object user() {
      return effect;
    }
  }

  /** A side effect that leaves the result alone. */
  static final class Seen extends Step {

    private final Effect<@Nullable Object> effect;

    Seen(Effect<@Nullable Object> effect) {
      this.effect = effect;
    }

    @Override
    public @Nullable Object call(@Nullable Object result) throws Throwable {
      try {
        effect.call(result);
      } catch (Throwable thrown) {
        if (!(result instanceof Failure failure)) {
          throw thrown;
        }
        suppress(failure.value(), thrown);
      }
      return result;
    }

    @Override
    Object user() {
      return effect;
    }
  }

  static Outcome<@Nullable Object> outcome(@Nullable Object result) {
    return result instanceof Failure failure
        ? new Outcome.Failed<>(failure)
        : new Outcome.Success<@Nullable Object>(result);
  }

  /** What an errback is called with. */
  private static Failure failure(@Nullable Object result) {
    return (Failure) Objects.requireNonNull(result);
  }

  /** Adds what went wrong afterwards, unless it is the same exception. */
  static void suppress(Throwable first, Throwable later) {
    Captured.note(later);
    if (first != later) {
      first.addSuppressed(later);
    }
  }
}
