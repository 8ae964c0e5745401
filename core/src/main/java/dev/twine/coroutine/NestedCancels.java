package dev.twine.coroutine;

import dev.twine.Deferred;
import dev.twine.Probes;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The cancels on a thread that are inside each other, as each coroutine cancels what it awaits,
 * which may be another one's Deferred. So that a long row of them needs no deep stack, from some
 * depth on they are left for the one at that depth; it is where Twisted's own stack ends.
 */
final class NestedCancels {

  private static final int MAX_NESTED = 100;
  private static final ThreadLocal<NestedCancels> OF_THREAD =
      ThreadLocal.withInitial(NestedCancels::new);

  private final Deque<Deferred<?>> left = new ArrayDeque<>();
  private int nested;

  /** The coroutine that the last cancel came to and that runs, so that it has only kept it. */
  private @Nullable Coroutine keeper;

  private NestedCancels() {}

  /**
   * What has become of a cancel.
   *
   * @param reached whether there was anything to cancel
   * @param keeper the coroutine further in that keeps it for its own next wait, or null
   */
  record Fate(boolean reached, @Nullable Coroutine keeper) {}

  /** Tells those further out who keeps the cancel. */
  static void keptBy(Coroutine keeper) {
    OF_THREAD.get().keeper = keeper;
  }

  /** Cancels, at once or when those further out come to it. */
  static Fate cancel(Deferred<?> awaited) {
    NestedCancels own = OF_THREAD.get();
    own.keeper = null;
    boolean reached = true;
    if (own.nested > MAX_NESTED) {
      own.left.add(awaited);
    } else {
      reached = own.cancelNested(awaited);
    }
    Coroutine keeper = own.keeper;
    own.keeper = null;
    return new Fate(reached, keeper);
  }

  private boolean cancelNested(Deferred<?> awaited) {
    nested++;
    try {
      return awaited.tryCancel();
    } finally {
      if (nested > MAX_NESTED) {
        cancelThoseLeft();
      }
      nested--;
    }
  }

  private void cancelThoseLeft() {
    for (Deferred<?> next = left.poll(); next != null; next = left.poll()) {
      try {
        next.cancel();
      } catch (Throwable thrown) { // who called cancel() is behind too many others
        Probes.reported(thrown, "a canceller, deep inside of other cancels");
      }
    }
  }
}
