package dev.twine.sync;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The hand-overs of one primitive that are in progress on one thread, nested in each other.
 *
 * <p>Whoever is served runs his callbacks inside of what serves him, as in Twisted; if they release
 * or put in turn, the next one is served inside of them. When that is {@link #DEPTH} deep, further
 * ones wait until this has gone back to where it began, and are served there before that returns.
 * So no number of waiters exhausts the stack, and nobody is left to another thread.
 *
 * <p>Many who are served together are served in their order, and whoever is served by one of them
 * comes after the last.
 *
 * <p>Nothing is thrown while somebody is served, but for what a machine without stack or memory
 * throws, or foreign code that is called to pass on what was refused. The others are served all the
 * same, and then it is thrown.
 */
final class HandOver {

  /** How deep hand-overs of one primitive may be nested on a thread. */
  static final int DEPTH = 16;

  /**
   * The innermost hand-over of a thread, in an array of one: a class of this library would keep its
   * class loader alive as long as the thread.
   */
  private static final ThreadLocal<@Nullable Object[]> INNERMOST =
      ThreadLocal.withInitial(() -> new Object[1]);

  private final Object primitive;
  private final @Nullable HandOver outer;
  private int depth;

  /** Those who wait until this is where it began. */
  private @Nullable Queue<Waiter<?>> later;

  private HandOver(Object primitive, @Nullable HandOver outer, int depth) {
    this.primitive = primitive;
    this.outer = outer;
    this.depth = depth;
  }

  /** Serves somebody who was taken from a queue of this primitive, if there is anybody. */
  static void serve(Object primitive, @Nullable Waiter<?> waiter) {
    if (waiter == null) {
      return;
    }
    @Nullable Object[] innermost = INNERMOST.get();
    HandOver running = find(innermost, primitive);
    if (running == null) {
      begin(innermost, primitive, 1).serveAllLater(innermost, waiter);
    } else if (running.isFull()) {
      running.later().add(waiter);
    } else {
      running.serveNested(waiter);
    }
  }

  /** Serves some who were taken from the queues of this primitive, the first one first. */
  static void serveAll(Object primitive, List<? extends Waiter<?>> waiters) {
    if (waiters.size() <= 1) {
      serve(primitive, waiters.isEmpty() ? null : waiters.get(0));
      return;
    }
    @Nullable Object[] innermost = INNERMOST.get();
    HandOver running = find(innermost, primitive);
    if (running != null && running.isFull()) {
      running.later().addAll(waiters);
      return;
    }
    HandOver together = begin(innermost, primitive, running == null ? 1 : running.depth + 1);
    Queue<Waiter<?>> later = together.later();
    later.addAll(waiters);
    together.serveAllLater(innermost, later.poll());
  }

  private static @Nullable HandOver find(@Nullable Object[] innermost, Object primitive) {
    HandOver running = (HandOver) innermost[0];
    while (running != null && running.primitive != primitive) {
      running = running.outer;
    }
    return running;
  }

  private static HandOver begin(@Nullable Object[] innermost, Object primitive, int depth) {
    HandOver begun = new HandOver(primitive, (HandOver) innermost[0], depth);
    innermost[0] = begun;
    return begun;
  }

  /** Too deep, or others are to be served first. */
  private boolean isFull() {
    return depth >= DEPTH || (later != null && !later.isEmpty());
  }

  private Queue<Waiter<?>> later() {
    Queue<Waiter<?>> queue = later;
    if (queue == null) {
      queue = new ArrayDeque<>();
      later = queue;
    }
    return queue;
  }

  private void serveNested(Waiter<?> waiter) {
    depth++;
    try {
      waiter.serve();
    } catch (Throwable thrown) {
      if (!waiter.deferred.isCalled()) {
        later().add(waiter); // there is more stack where this began
      }
      throw thrown;
    } finally {
      depth--;
    }
  }

  private void serveAllLater(@Nullable Object[] innermost, @Nullable Waiter<?> first) {
    Throwable thrown = null;
    try {
      for (Waiter<?> waiter = first; waiter != null; waiter = later == null ? null : later.poll()) {
        try {
          waiter.serve();
        } catch (Throwable exhausted) {
          thrown = exhausted;
        }
      }
    } finally {
      innermost[0] = outer;
    }
    if (thrown instanceof Error error) {
      throw error;
    } else if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
  }
}
