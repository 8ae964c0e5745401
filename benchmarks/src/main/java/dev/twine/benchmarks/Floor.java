package dev.twine.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The floor: the least that can do the job of a row and still be used by several threads at once.
 * One object, one word changed by compare-and-set, a node for each callback; no errors, no
 * cancelling, no null, nothing that the row doesn't need.
 *
 * <p>The word is null (pending), a {@link Node} (pending, the newest callback first), a stack of
 * nodes on {@link Node#RUNNING}, or the result.
 */
abstract class Floor {

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Floor.class, "state", Object.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  @SuppressWarnings("UnusedVariable") // through the VarHandle
  private @Nullable Object state;

  Floor(@Nullable Object state) {
    this.state = state;
  }

  final @Nullable Object state() {
    return STATE.getAcquire(this);
  }

  final boolean cas(@Nullable Object expected, Object next) {
    return STATE.compareAndSet(this, expected, next);
  }

  /** The result, or null if it is still missing. */
  final @Nullable Object result() {
    Object s = state();
    return s instanceof Node ? null : s;
  }

  /** Claims what was pushed during a run, oldest first. */
  final @Nullable Node more() {
    return Node.reverse((Node) STATE.getAndSet(this, Node.RUNNING));
  }

  /** One callback. */
  static class Node {

    /** The end of a stack that was begun while callbacks run. */
    static final Node RUNNING = new Node(value -> value, null);

    final Function<Object, Object> callback;
    @Nullable Node next;

    @SuppressWarnings("unchecked") // results are untyped inside
    Node(Function<?, ?> callback, @Nullable Node next) {
      this.callback = (Function<Object, Object>) callback;
      this.next = next;
    }

    /** Turns a stack, newest first, into a list, oldest first. */
    static @Nullable Node reverse(@Nullable Node stack) {
      Node list = null;
      for (Node node = stack; node != null && node != RUNNING; ) {
        Node older = node.next;
        node.next = list;
        list = node;
        node = older;
      }
      return list;
    }
  }
}
