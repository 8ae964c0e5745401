package dev.twine.conformance;

import static java.util.Objects.requireNonNull;

import dev.twine.Deferred;
import dev.twine.DeferredCallable;
import dev.twine.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A user function of a scenario: some operations, then an outcome made out of the input.
 *
 * @param operations what is done first
 * @param outcome what is given back or thrown then
 */
record Body(List<Op> operations, Fields outcome) {

  /** Takes a JSON value that has to be a body. */
  static Body of(@Nullable Object json) {
    Fields body = Fields.of(json);
    return new Body(body.operations("do"), body.object("out"));
  }

  /** Tells whether the function gives back a Deferred, whatever its input is. */
  boolean givesDeferred() {
    return outcome.has("d");
  }

  /**
   * Runs the function.
   *
   * @param input a value or a {@link Failure}
   */
  @Nullable Object run(Replay replay, @Nullable Object input) throws UserException {
    operations.forEach(replay::perform);
    return outcome(outcome, replay, input);
  }

  /** The function as one without argument, whose call is an event. */
  Callable<@Nullable Object> callable(Replay replay, @Nullable Object... event) {
    return () -> {
      replay.record(event);
      return run(replay, null);
    };
  }

  /** The same for a function that {@linkplain #givesDeferred gives a Deferred}. */
  @SuppressWarnings("unchecked") // all Deferreds of a scenario carry any value
  DeferredCallable<@Nullable Object> deferring(Replay replay, @Nullable Object... event) {
    Callable<@Nullable Object> callable = callable(replay, event);
    return () -> (Deferred<@Nullable Object>) requireNonNull(callable.call());
  }

  private static @Nullable Object outcome(Fields outcome, Replay replay, @Nullable Object input)
      throws UserException {
    String form = outcome.members().keySet().iterator().next();
    return switch (form) {
      case "ret" -> outcome.value("ret");
      case "pass" -> input;
      case "wrap" -> wrap(outcome.text("wrap"), replay, input);
      case "raise" -> throw replay.made(outcome.object("raise").exception());
      case "fail" -> new Failure(replay.made(outcome.object("fail").exception()));
      case "reraise" -> input instanceof Failure failure ? failure.raise() : input;
      case "trap", "then" -> trap(outcome, replay, input);
      case "d" -> replay.deferred(outcome.text("d"));
      default -> throw new IllegalArgumentException("no outcome of a body: " + outcome);
    };
  }

  /** Wraps the input; a failure becomes plain data. */
  private static List<@Nullable Object> wrap(String label, Replay replay, @Nullable Object input) {
    List<@Nullable Object> wrapped = new ArrayList<>();
    wrapped.add(label);
    wrapped.add(input instanceof Failure ? replay.encode(input) : input);
    return wrapped;
  }

  private static @Nullable Object trap(Fields outcome, Replay replay, @Nullable Object input)
      throws UserException {
    if (input instanceof Failure failure) {
      failure.trap(replay.operations().exceptionTypes(outcome.texts("trap")));
      return outcome(outcome.object("then"), replay, input);
    }
    return input;
  }
}
