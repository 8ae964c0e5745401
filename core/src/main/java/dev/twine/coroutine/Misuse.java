package dev.twine.coroutine;

import dev.twine.Deferred;
import java.util.Set;

/** What is refused, and what to do instead. */
final class Misuse {

  private static final StackWalker STACK = StackWalker.getInstance();

  /** What calls the functions of users while others depend on their coming back. */
  private static final Set<String> CALLERS =
      Set.of(
          "dev.twine.Chain",
          "dev.twine.Cancellation",
          "dev.twine.Mapping",
          "dev.twine.coroutine.Errand");

  private Misuse() {}

  static NullPointerException awaitedNull() {
    return new NullPointerException(
        "await(null): there is nothing to wait for; was a Deferred forgotten to be returned?");
  }

  static IllegalStateException outside() {
    return new IllegalStateException(
        "await() outside a coroutine, of what has no result yet: call it in the body of"
            + " fromCoroutine(() -> ...), on the body's own thread and not on one that the body"
            + " has started; or add a callback; a plain thread may use get()");
  }

  static IllegalStateException ownDeferred(Coroutine coroutine) {
    return new IllegalStateException(
        "await() of the coroutine's own Deferred would wait for ever: "
            + coroutine
            + " can't end before itself; return the value instead");
  }

  /** Looks whether a callback stands between an await and the entry of the coroutine. */
  static void refuseInsideCallback() {
    if (STACK.walk(frames -> frames.anyMatch(frame -> CALLERS.contains(frame.getClassName())))) {
      throw new IllegalStateException(
          "await() inside a callback, of what has no result yet: the chain that called it would"
              + " stand still; return the Deferred from the callback instead, and take a lock with"
              + " try (var permit = await(lock.acquire())) { ... } instead of lock.run(...)");
    }
  }

  static IllegalStateException returnedDeferred(Deferred<?> returned) {
    return new IllegalStateException(
        "the body of a coroutine has returned a Deferred, "
            + returned
            + ", and its result is wanted: return await(deferred) instead");
  }

  static IllegalStateException returnValueOutside() {
    return new IllegalStateException(
        "returnValue() outside a coroutine: there is nothing to end; use return");
  }

  static IllegalStateException resumedWhileRunning(String name) {
    return new IllegalStateException(
        name + " was resumed while it runs: whoever resumes it has to wait until it is suspended");
  }

  static IllegalStateException noCaller() {
    return new IllegalStateException(
        "runOnCaller() in a concurrent coroutine: nobody waits for it whose thread it could use;"
            + " use fromCoroutine(...), or give the work to the executor of that thread");
  }
}
