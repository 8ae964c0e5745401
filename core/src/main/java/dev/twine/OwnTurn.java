package dev.twine;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a {@code get()} from waiting for the very callback that it is called from.
 *
 * <p>To know who runs a chain costs a store for each run, so it is written down only once a {@code
 * get()} had to wait inside a callback: from then on {@link Chain#tracking} is on for good. A run
 * that began before is nobody's; inside a callback it is taken for the caller's own.
 */
final class OwnTurn {

  private static final StackWalker STACK = StackWalker.getInstance();

  /** How often an unknown owner is looked for again: it may be about to write itself down. */
  private static final int LOOKS = 100_000;

  private OwnTurn() {}

  /**
   * Refuses to wait for a chain that only the calling turn could bring to its end.
   *
   * @throws IllegalStateException if the chain, or the one it waits on in the end, runs on this
   *     turn
   */
  static void refuse(Chain chain) {
    Chain end = end(chain);
    if (end == null || !isOwn(end)) {
      return;
    }
    throw new IllegalStateException(
        "get() would wait for ever: "
            + chain
            + " can't go on before the callback that called it has returned; return the Deferred"
            + " from the callback instead of waiting for it"
            + chain.sitesText());
  }

  /** The last chain on the way of those that wait; null if they wait in a circle. */
  private static @Nullable Chain end(Chain chain) {
    Chain end = chain;
    Chain slow = chain;
    boolean even = true;
    for (Chain inner = end.waitingOn(); inner != null; inner = end.waitingOn()) {
      end = inner;
      even = !even;
      if (even && slow != null) {
        slow = slow.waitingOn();
      }
      if (end == slow) {
        return null;
      }
    }
    return end;
  }

  private static boolean isOwn(Chain chain) {
    if (!chain.isRunning()) {
      return false;
    }
    Thread owner = chain.owner();
    if (owner != null) {
      return owner == Turn.current();
    }
    if (!isInsideCallback()) {
      return false;
    }
    Chain.tracking = true;
    for (int i = 0; i < LOOKS; i++) {
      if (!chain.isRunning() || chain.owner() != null) {
        return chain.owner() == Turn.current();
      }
      Thread.onSpinWait();
    }
    return true;
  }

  private static boolean isInsideCallback() {
    String loop = Chain.class.getName();
    return STACK.walk(
        frames ->
            frames.anyMatch(
                frame ->
                    frame.getClassName().equals(loop) && frame.getMethodName().equals("enter")));
  }
}
