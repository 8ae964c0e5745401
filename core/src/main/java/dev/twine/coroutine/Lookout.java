package dev.twine.coroutine;

import java.util.Set;

/**
 * Finds out whether a callback stands on the stack of a body, between its entry and the caller.
 *
 * <p>To look at the stack costs more than a whole hand-over, so this looks only if callbacks were
 * called since it saw the last time that there was none. It belongs to the body's thread.
 */
final class Lookout {

  private static final StackWalker STACK = StackWalker.getInstance();

  /** What calls the functions of users while others depend on their coming back. */
  private static final Set<String> CALLERS =
      Set.of(
          "dev.twine.Chain",
          "dev.twine.Cancellation",
          "dev.twine.Mapping",
          "dev.twine.coroutine.Errand");

  private boolean called;

  /** Callbacks are about to be called on this thread. */
  void note() {
    called = true;
  }

  boolean isInsideCallback() {
    called = called && isOnStack();
    return called;
  }

  private static boolean isOnStack() {
    return STACK.walk(frames -> frames.anyMatch(frame -> CALLERS.contains(frame.getClassName())));
  }
}
