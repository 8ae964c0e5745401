package dev.twine.coroutine;

import dev.twine.Deferred;
import dev.twine.Probes;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The cancels on a thread that are inside each other, as each coroutine cancels what it awaits,
 * which may be another one's Deferred. So that a long row of them needs no deep stack, from some
 * depth on they are left for the one at that depth.
 */
final class NestedCancels {

  private static final int MAX_NESTED = 8;
  private static final ThreadLocal<NestedCancels> OF_THREAD =
      ThreadLocal.withInitial(NestedCancels::new);

  private final Deque<Deferred<?>> left = new ArrayDeque<>();
  private int nested;

  private NestedCancels() {}

  /** Cancels, at once or when those further out come to it. */
  static void cancel(Deferred<?> awaited) {
    NestedCancels own = OF_THREAD.get();
    if (own.nested > MAX_NESTED) {
      own.left.add(awaited);
    } else {
      own.cancelNested(awaited);
    }
  }

  private void cancelNested(Deferred<?> awaited) {
    nested++;
    try {
      awaited.cancel();
      if (nested > MAX_NESTED) {
        cancelThoseLeft();
      }
    } finally {
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
