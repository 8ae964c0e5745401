package dev.twine;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a {@code get()} from waiting for the very callback that it is called from.
 *
 * <p>To know who runs a chain costs a store for each run, so it is written down only once a {@code
 * get()} had to wait inside a callback: from then on {@link Chain#tracking} is on for good. A run
 * that began before is nobody's. Inside a callback it may be the caller's own, so it is given some
 * time to come to its end, and then refused.
 */
final class OwnTurn {

  /** How long a {@code get()} inside a callback waits for a run whose owner isn't known. */
  static final long DOUBT_NANOS = 1_000_000_000L;

  private static final StackWalker STACK = StackWalker.getInstance();

  private OwnTurn() {}

  /** Whether the calling turn, or a turn that isn't known, has to bring the chain to its end. */
  enum Verdict {
    OWN,
    DOUBTFUL,
    ANOTHER
  }

  static IllegalStateException refusal(Chain chain) {
    return new IllegalStateException(
        "get() would wait for ever: "
            + chain
            + " can't go on before the callback that called it has returned; return the Deferred"
            + " from the callback instead of waiting for it"
            + chain.sitesText());
  }

  static IllegalStateException refusal(Chain chain, Object loop) {
    return new IllegalStateException(
        "get() on the turn of "
            + loop
            + " would keep it from everything else: "
            + chain
            + " has no result yet; add a callback, or return the Deferred from one"
            + chain.sitesText());
  }

  static Verdict of(Chain chain) {
    Chain end = end(chain);
    if (end == null || !end.isRunning()) {
      return Verdict.ANOTHER;
    }
    Thread owner = end.owner();
    if (owner != null) {
      return owner == Turn.current() ? Verdict.OWN : Verdict.ANOTHER;
    }
    boolean follows = Turn.current() != Thread.currentThread();
    if (!follows && !isInsideCallback()) {
      return Verdict.ANOTHER;
    }
    Chain.tracking = true;
    return Verdict.DOUBTFUL;
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

  private static boolean isInsideCallback() {
    String loop = Chain.class.getName();
    return STACK.walk(
        frames ->
            frames.anyMatch(
                frame ->
                    frame.getClassName().equals(loop)
                        && (frame.getMethodName().equals("enter")
                            || frame.getMethodName().equals("addToValue")
                            || frame.getMethodName().startsWith("run"))));
  }
}
