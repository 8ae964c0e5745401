package dev.twine.conformance;

import dev.twine.Deferred;
import dev.twine.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a looping call does: its bodies, one after the other, the last one again and again. */
final class LoopBodies {

  private final String id;
  private final List<Body> bodies;
  private final Replay replay;
  private int calls;

  /** Takes the bodies of the operation {@code loop}. */
  LoopBodies(Op loop, Replay replay) {
    this.id = loop.text("id");
    this.bodies = loop.bodies("fns");
    this.replay = replay;
  }

  /** Tells whether any of the bodies gives back a Deferred. */
  boolean giveDeferreds() {
    return bodies.stream().anyMatch(Body::givesDeferred);
  }

  /** Calls the next body; none of them gives back a Deferred. */
  @Nullable Object call() throws Exception {
    int call = calls++;
    return body(call).callable(replay, "fn", id, call).call();
  }

  /** The same with a count and without a result. */
  void run(int count) throws Exception {
    int call = calls++;
    Object result = body(call).callable(replay, "fn", id, call, count).call();
    if (result instanceof Failure failure) {
      failure.raise();
    }
  }

  /** Calls the next body; some of them give back a Deferred. */
  Deferred<?> next() throws Throwable {
    int call = calls++;
    return next(body(call), "fn", id, call);
  }

  /** The same with a count. */
  Deferred<?> next(int count) throws Throwable {
    int call = calls++;
    return next(body(call), "fn", id, call, count);
  }

  private Deferred<?> next(Body body, @Nullable Object... event) throws Throwable {
    if (body.givesDeferred()) {
      return body.deferring(replay, event).call();
    }
    return Deferred.<@Nullable Object>maybeDeferred(body.callable(replay, event));
  }

  private Body body(int call) {
    return bodies.get(Math.min(call, bodies.size() - 1));
  }
}
