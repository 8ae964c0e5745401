package dev.twine.conformance;

import dev.twine.Deferred;
import dev.twine.DeferredCallable;
import dev.twine.Outcome;
import dev.twine.time.LoopingCall;
import dev.twine.time.Tasks;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What happens in time: the clock itself, timeouts, delays and looping calls. */
final class TimeOperations implements OperationFamily {

  @Override
  public Set<String> names() {
    return Set.of("advance", "timeout", "later", "loop", "loopStart", "loopStop", "loopReset");
  }

  @Override
  public Map<String, Class<? extends Throwable>> kinds() {
    return Map.of("Timeout", TimeoutException.class);
  }

  @Override
  public Map<String, String> misuse() {
    return Map.of(
        "loopStart", "AlreadyRunning", "loopStop", "NotRunning", "loopReset", "NotRunning");
  }

  @Override
  public void perform(Op op, Replay replay) {
    switch (op.name()) {
      case "advance" -> replay.clock().advance(op.seconds("by"));
      case "timeout" -> timeout(op, replay);
      case "later" -> replay.bind(op.text("as"), later(op, replay));
      case "loop" -> loop(op, replay);
      case "loopStart" -> start(op, replay);
      case "loopStop" -> replay.thing(op.text("p"), LoopingCall.class).stop();
      case "loopReset" -> replay.thing(op.text("p"), LoopingCall.class).reset();
      default -> throw new IllegalArgumentException(op.name());
    }
  }

  private static void timeout(Op op, Replay replay) {
    Deferred<@Nullable Object> deferred = replay.deferred(op.text("d"));
    Deferred<@Nullable Object> returned =
        op.has("conv")
            ? deferred.addTimeout(
                op.seconds("after"),
                replay.clock(),
                (outcome, after) -> convert(op, replay, outcome, after))
            : deferred.addTimeout(op.seconds("after"), replay.clock());
    if (returned != deferred) {
      throw new AssertionError("adding a timeout to a Deferred gave another one");
    }
  }

  private static @Nullable Object convert(
      Op op, Replay replay, Outcome<@Nullable Object> outcome, Duration after)
      throws UserException {
    Object input = DeferredOperations.raw(outcome);
    replay.record(
        "conv",
        op.text("id"),
        op.text("d"),
        DeferredOperations.side(input),
        replay.encode(input),
        (int) after.toSeconds());
    return op.body("conv").run(replay, input);
  }

  private static Deferred<?> later(Op op, Replay replay) {
    Duration after = op.seconds("after");
    if (!op.has("fn")) {
      return Tasks.deferLater(replay.clock(), after);
    }
    Body body = op.body("fn");
    return body.givesDeferred()
        ? Tasks.<@Nullable Object>deferLater(
            replay.clock(), after, body.deferring(replay, "fn", op.text("id")))
        : Tasks.<@Nullable Object>deferLater(
            replay.clock(), after, body.callable(replay, "fn", op.text("id")));
  }

  private static void loop(Op op, Replay replay) {
    String name = op.text("p");
    LoopingCall loop = loop(op, new LoopBodies(op, replay), replay);
    replay.bind(name, new Thing(loop, () -> Map.of("running", loop.isRunning())));
    start(op, replay);
  }

  private static LoopingCall loop(Op op, LoopBodies bodies, Replay replay) {
    if (op.flag("count")) {
      return bodies.giveDeferreds()
          ? LoopingCall.chainWithCount(replay.clock(), count -> bodies.next(count.intValue()))
          : LoopingCall.withCount(replay.clock(), count -> bodies.run(count.intValue()));
    }
    return bodies.giveDeferreds()
        ? new LoopingCall(replay.clock(), (DeferredCallable<?>) bodies::next)
        : new LoopingCall(replay.clock(), (Callable<?>) bodies::call);
  }

  private static void start(Op op, Replay replay) {
    LoopingCall loop = replay.thing(op.text("p"), LoopingCall.class);
    replay.bind(op.text("as"), loop.start(op.seconds("every"), op.flag("now")));
  }
}
