package dev.twine.conformance;

import static java.util.Objects.requireNonNull;

import dev.twine.AlreadyCalledException;
import dev.twine.Callback;
import dev.twine.Deferred;
import dev.twine.Failure;
import dev.twine.Outcome;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Deferreds by themselves: made, fired, chained, paused, cancelled. */
final class DeferredOperations implements OperationFamily {

  @Override
  public Set<String> names() {
    return Set.of(
        "new", "succeed", "failed", "add", "fire", "fail", "pause", "unpause", "cancel", "chain",
        "state", "maybe", "execute");
  }

  @Override
  public Map<String, Class<? extends Throwable>> kinds() {
    return Map.of(
        "AlreadyCalled", AlreadyCalledException.class, "Cancelled", CancellationException.class);
  }

  @Override
  public void perform(Op op, Replay replay) {
    switch (op.name()) {
      case "new" -> replay.bind(op.text("d"), create(op, replay));
      case "succeed" ->
          replay.bind(op.text("d"), Deferred.<@Nullable Object>succeed(op.value("v")));
      case "failed" ->
          replay.bind(op.text("d"), Deferred.<@Nullable Object>fail(replay.made(op.exception())));
      case "add" -> add(op, replay);
      case "fire" -> fire(op, replay);
      case "fail" -> replay.deferred(op.text("d")).errback(replay.made(op.exception()));
      case "pause" -> replay.deferred(op.text("d")).pause();
      case "unpause" -> replay.deferred(op.text("d")).unpause();
      case "cancel" -> replay.deferred(op.text("d")).cancel();
      case "chain" -> replay.deferred(op.text("d")).chainDeferred(replay.deferred(op.text("to")));
      case "state" ->
          replay.record("state", op.text("d"), replay.state(replay.deferred(op.text("d"))));
      case "maybe" -> replay.bind(op.text("as"), maybe(op, replay));
      case "execute" -> replay.bind(op.text("as"), execute(op, replay));
      default -> throw new IllegalArgumentException(op.name());
    }
  }

  private static Deferred<@Nullable Object> create(Op op, Replay replay) {
    if (!op.has("canceller")) {
      return new Deferred<>();
    }
    String name = op.text("d");
    Fields canceller = op.object("canceller");
    return new Deferred<>(
        deferred -> {
          replay.record("cancel", name);
          cancel(deferred, canceller, replay);
        });
  }

  private static void cancel(Deferred<@Nullable Object> deferred, Fields canceller, Replay replay)
      throws UserException {
    switch (canceller.text("k")) {
      case "record" -> {}
      case "fire" -> deferred.callback(canceller.value("v"));
      case "fail" -> deferred.errback(replay.made(canceller.exception()));
      case "raise" -> throw replay.made(canceller.exception());
      case "do" -> canceller.operations("do").forEach(replay::perform);
      default -> throw new IllegalArgumentException("no canceller: " + canceller);
    }
  }

  private static void add(Op op, Replay replay) {
    Deferred<@Nullable Object> deferred = replay.deferred(op.text("d"));
    Deferred<@Nullable Object> returned;
    if (op.has("both")) {
      returned = addBoth(deferred, op, replay);
    } else if (!op.has("eb")) {
      returned = addCallback(deferred, op, replay);
    } else if (!op.has("cb")) {
      returned = addErrback(deferred, op, replay);
    } else {
      returned = addCallbacks(deferred, op, replay);
    }
    if (returned != deferred) {
      throw new AssertionError("adding to a Deferred gave another one");
    }
  }

  // What a body gives back decides which of the two names of a method is called: add... or chain...

  private static Deferred<@Nullable Object> addBoth(
      Deferred<@Nullable Object> deferred, Op op, Replay replay) {
    Callback<Outcome<@Nullable Object>, @Nullable Object> step =
        outcome -> enter(op, "both", replay, raw(outcome));
    return op.body("both").givesDeferred()
        ? deferred.chainBoth(chained(step))
        : deferred.addBoth(step);
  }

  private static Deferred<@Nullable Object> addCallback(
      Deferred<@Nullable Object> deferred, Op op, Replay replay) {
    Callback<@Nullable Object, @Nullable Object> step = input -> enter(op, "cb", replay, input);
    return op.body("cb").givesDeferred()
        ? deferred.<@Nullable Object>chainCallback(
            DeferredOperations.<@Nullable Object>chained(step))
        : deferred.addCallback(step);
  }

  private static Deferred<@Nullable Object> addErrback(
      Deferred<@Nullable Object> deferred, Op op, Replay replay) {
    Callback<Failure, @Nullable Object> step = failure -> enter(op, "eb", replay, failure);
    return op.body("eb").givesDeferred()
        ? deferred.chainErrback(chained(step))
        : deferred.addErrback(step);
  }

  private static Deferred<@Nullable Object> addCallbacks(
      Deferred<@Nullable Object> deferred, Op op, Replay replay) {
    Callback<@Nullable Object, @Nullable Object> callback = input -> enter(op, "cb", replay, input);
    Callback<Failure, @Nullable Object> errback = failure -> enter(op, "eb", replay, failure);
    return op.body("cb").givesDeferred() && op.body("eb").givesDeferred()
        ? deferred.<@Nullable Object>chainCallbacks(
            DeferredOperations.<@Nullable Object>chained(callback), chained(errback))
        : deferred.addCallbacks(callback, errback);
  }

  private static @Nullable Object enter(Op op, String body, Replay replay, @Nullable Object input)
      throws UserException {
    replay.record("cb", op.text("id"), op.text("d"), side(input), replay.encode(input));
    return op.body(body).run(replay, input);
  }

  /** The side of a pair that gets this input. */
  static String side(@Nullable Object input) {
    return input instanceof Failure ? "e" : "v";
  }

  /** The value or the failure itself. */
  static @Nullable Object raw(Outcome<?> outcome) {
    Failure failure = outcome.failureOrNull();
    return failure != null ? failure : outcome.get();
  }

  @SuppressWarnings("unchecked") // all Deferreds of a scenario carry any value
  private static <A extends @Nullable Object> Callback<A, Deferred<@Nullable Object>> chained(
      Callback<A, @Nullable Object> step) {
    return input -> (Deferred<@Nullable Object>) requireNonNull(step.call(input));
  }

  private static void fire(Op op, Replay replay) {
    Deferred<@Nullable Object> deferred = replay.deferred(op.text("d"));
    if (op.has("failure")) {
      // A failure handed to the method for values.
      deferred.callback(new Failure(replay.made(op.object("failure").exception())));
    } else {
      deferred.callback(op.value("v"));
    }
  }

  private static Deferred<@Nullable Object> maybe(Op op, Replay replay) {
    Body body = op.body("fn");
    return body.givesDeferred()
        ? Deferred.maybeDeferred(body.deferring(replay, "fn", op.text("id")))
        : Deferred.maybeDeferred(body.callable(replay, "fn", op.text("id")));
  }

  private static Deferred<@Nullable Object> execute(Op op, Replay replay) {
    return Deferred.execute(op.body("fn").callable(replay, "fn", op.text("id")));
  }
}
