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
 * ones wait for the outermost hand-over of this thread, which serves them before it returns. So no
 * number of waiters exhausts the stack, and nobody is left to another thread.
 */
final class HandOver {

  /** How deep hand-overs of one primitive may be nested on a thread. */
  static final int DEPTH = 16;

  /** What a thread is handing over. */
  private static final class Nest {
    @Nullable HandOver innermost;
  }

  private static final ThreadLocal<Nest> NEST = ThreadLocal.withInitial(Nest::new);

  private final Object primitive;
  private final @Nullable HandOver outer;
  private int depth = 1;

  /** Those who were too deep, and who came after them: they are served in their order. */
  private @Nullable Queue<Waiter<?>> later;

  private HandOver(Object primitive, @Nullable HandOver outer) {
    this.primitive = primitive;
    this.outer = outer;
  }

  /** Serves somebody who was taken from a queue of this primitive, if there is anybody. */
  static void serve(Object primitive, @Nullable Waiter<?> waiter) {
    if (waiter == null) {
      return;
    }
    Nest nest = NEST.get();
    for (HandOver running = nest.innermost; running != null; running = running.outer) {
      if (running.primitive == primitive) {
        running.serveNested(waiter);
        return;
      }
    }
    HandOver outermost = new HandOver(primitive, nest.innermost);
    nest.innermost = outermost;
    try {
      outermost.serveWithAllLater(waiter);
    } finally {
      nest.innermost = outermost.outer;
    }
  }

  /** Serves some, the first one first. */
  static void serveAll(Object primitive, List<? extends Waiter<?>> waiters) {
    Error thrown = null;
    for (Waiter<?> waiter : waiters) {
      try {
        serve(primitive, waiter);
      } catch (Error exhausted) { // as below
        thrown = exhausted;
      }
    }
    if (thrown != null) {
      throw thrown;
    }
  }

  private void serveNested(Waiter<?> waiter) {
    if (depth == DEPTH || (later != null && !later.isEmpty())) {
      later = later == null ? new ArrayDeque<>() : later;
      later.add(waiter);
      return;
    }
    depth++;
    try {
      waiter.serve();
    } finally {
      depth--;
    }
  }

  private @Nullable Waiter<?> next() {
    return later == null ? null : later.poll();
  }

  /** An Error, if the machine has no more stack or memory, doesn't keep the others from theirs. */
  private void serveWithAllLater(Waiter<?> first) {
    Error thrown = null;
    for (Waiter<?> waiter = first; waiter != null; waiter = next()) {
      try {
        waiter.serve();
      } catch (Error exhausted) {
        thrown = exhausted;
      }
    }
    if (thrown != null) {
      throw thrown;
    }
  }
}
