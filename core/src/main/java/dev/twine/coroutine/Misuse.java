package dev.twine.coroutine;

import dev.twine.Deferred;
import java.util.List;

/** What is refused, and what to do instead. */
final class Misuse {

  private Misuse() {}

  static NullPointerException awaitedNull() {
    return new NullPointerException(
        "await(null): there is nothing to wait for; was a Deferred forgotten to be returned?");
  }

  static IllegalStateException outside() {
    if (Generator.isInside()) {
      return awaitInGenerator();
    }
    if (Errand.isRunning()) {
      return awaitInErrand();
    }
    return new IllegalStateException(
        "await() outside a coroutine, of what has no result yet: call it in the body of"
            + " fromCoroutine(() -> ...), on the body's own thread and not on one that the body has"
            + " started, nor in a callback that runs later; or use chainCallback() and return the"
            + " Deferred; a plain thread may use get()");
  }

  private static IllegalStateException awaitInErrand() {
    return new IllegalStateException(
        "await() in the work of runOnCaller(), of what has no result yet: who does that work is no"
            + " coroutine; await in the body, before or after it");
  }

  static IllegalStateException ownDeferred(Coroutine coroutine) {
    return new IllegalStateException(
        "await() of the coroutine's own Deferred would wait for ever: "
            + coroutine
            + " can't end before itself; return the value instead");
  }

  static IllegalStateException awaitInsideCallback() {
    if (Errand.isRunning()) {
      return awaitInErrand();
    }
    return new IllegalStateException(
        "await() inside a callback, of what has no result yet: the chain that called it would stand"
            + " still; use chainCallback() and return the Deferred instead, and take a lock with"
            + " try (var permit = await(lock.acquire())) { ... } instead of lock.run(...)");
  }

  static IllegalStateException returnedDeferred(Deferred<?> returned) {
    return new IllegalStateException(
        "the body of a coroutine has returned a Deferred, "
            + returned
            + ", and its result is wanted: return await(deferred) instead");
  }

  static IllegalStateException returnValueOutside() {
    if (Generator.isInside()) {
      return returnValueInGenerator();
    }
    return new IllegalStateException(
        "returnValue() outside a coroutine, or inside a callback or the work of runOnCaller():"
            + " there is nothing to end; use return");
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

  // ---- generators

  private static IllegalStateException awaitInGenerator() {
    return new IllegalStateException(
        "await() in the body of a generator, of what has no result yet: whoever asks the generator"
            + " wants a value now; await it before, with gatherResults() if there are many, or"
            + " yield the Deferred itself and have the caller await it, or write a coroutine"
            + " instead");
  }

  private static IllegalStateException returnValueInGenerator() {
    return new IllegalStateException(
        "returnValue() in the body of a generator, which has no result but the values that it"
            + " yields: yield the value, and end the body with return");
  }

  static IllegalStateException generatorRuns() {
    return new IllegalStateException(
        "a generator resumed while it runs: its own body can't ask it for a value nor close it, but"
            + " may yield, or return; and of several threads one may ask at a time, so guard the"
            + " generator with a lock");
  }

  static IllegalStateException yieldElsewhere() {
    return new IllegalStateException(
        "yield() on another thread than that of the generator's body, or after its end: call it in"
            + " the body itself; what other threads make goes through a queue");
  }

  static IllegalStateException yieldInsideCallback() {
    return new IllegalStateException(
        "yield() inside a callback: the chain that called it would stand still until the next value"
            + " is asked for; collect the values in the callback, and yield them behind it");
  }

  static IllegalStateException yieldedWhileClosing() {
    return new IllegalStateException(
        "the body of a generator has yielded while it was being closed: a finally block must not"
            + " yield, and a catch must not swallow the error that ends the body");
  }

  static IllegalStateException notYielded() {
    return new IllegalStateException(
        "getResult() before there is a result: yield the WaitForDeferred first");
  }

  static IllegalArgumentException yieldedDeferred(Deferred<?> yielded) {
    return new IllegalArgumentException(
        "the body of a deferredGenerator has yielded a Deferred, "
            + yielded
            + ": yield waitForDeferred(deferred) instead, and then call its getResult()");
  }

  static IllegalStateException resultNotAsked(List<Throwable> lost) {
    IllegalStateException refusal =
        new IllegalStateException(
            "the body of a deferredGenerator has ended without calling getResult() of a"
                + " WaitForDeferred that it has yielded: call it, even if the value is of no use,"
                + " as a failure would be lost",
            lost.isEmpty() ? null : lost.get(0));
    lost.stream().skip(1).forEach(refusal::addSuppressed);
    return refusal;
  }
}
