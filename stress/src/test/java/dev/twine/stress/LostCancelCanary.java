package dev.twine.stress;

/**
 * A cancel that comes to nothing. {@code Coroutine.cancelAwaited} keeps a cancel that finds the
 * body running on another thread; here it doesn't. The body comes to wait, and nobody ends that.
 */
final class LostCancelCanary extends Canary {

  LostCancelCanary() {
    super(
        CancelAndRunningBody.class,
        "coroutine/Coroutine.java",
        "cancelKept = true;",
        "cancelKept = false;");
  }
}
