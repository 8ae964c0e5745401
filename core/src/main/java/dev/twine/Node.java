package dev.twine;

import org.jspecify.annotations.Nullable;

/**
 * One place in a chain: what runs on a value and what runs on a failure, either perhaps absent.
 *
 * <p>A node of exactly this class stands on a chain that has not been fired, or in a {@link
 * Prepared}. Its {@code next} points to the <i>older</i> node while it is on a stack, and to the
 * <i>newer</i> one once the holder of the run right has turned the stack round.
 */
class Node extends Link {

  /** Written before the node is published, then only by the holder of the run right. */
  @Nullable Node next;

  final @Nullable Callback<@Nullable Object, @Nullable Object> callback;
  final @Nullable Callback<@Nullable Object, @Nullable Object> errback;

  Node(
      @Nullable Callback<@Nullable Object, @Nullable Object> callback,
      @Nullable Callback<@Nullable Object, @Nullable Object> errback,
      @Nullable Node next) {
    this.callback = callback;
    this.errback = errback;
    this.next = next;
  }

  /** For a node that is its own callback. */
  Node() {
    this.callback = this;
    this.errback = this;
  }

  /** What runs on a result, if anything. */
  final @Nullable Callback<@Nullable Object, @Nullable Object> on(@Nullable Object result) {
    return result instanceof Failure ? errback : callback;
  }

  /** Copies a list, in front of another one. */
  static @Nullable Node copy(@Nullable Node list, @Nullable Node next) {
    if (list == null) {
      return next;
    }
    Node first = new Node(list.callback, list.errback, null);
    Node last = first;
    for (Node node = list.next; node != null; node = node.next) {
      last.next = new Node(node.callback, node.errback, null);
      last = last.next;
    }
    last.next = next;
    return first;
  }

  /** Turns a stack, newest first, into a list, oldest first; the bottom of a run is left out. */
  static @Nullable Node reverse(@Nullable Node stack) {
    Node list = null;
    for (Node node = stack; node != null && node != Running.BOTTOM && node != Swallowing.BOTTOM; ) {
      Node older = node.next;
      node.next = list;
      list = node;
      node = older;
    }
    return list;
  }

  /** A node pushed while the chain is fired and not idle. */
  static class Running extends Node {

    /** The end of every stack of running nodes: alone, nothing has been pushed. */
    static final Running BOTTOM = new Running(null, null, null);

    private Running(
        @Nullable Callback<@Nullable Object, @Nullable Object> callback,
        @Nullable Callback<@Nullable Object, @Nullable Object> errback,
        @Nullable Node next) {
      super(callback, errback, next);
    }

    /** A node for the top of a stack of running nodes: of the same class. */
    static Running on(
        Running top,
        @Nullable Callback<@Nullable Object, @Nullable Object> callback,
        @Nullable Callback<@Nullable Object, @Nullable Object> errback) {
      return top instanceof Swallowing
          ? new Swallowing(callback, errback, top)
          : new Running(callback, errback, top);
    }

    final boolean isBottom() {
      return this == BOTTOM || this == Swallowing.BOTTOM;
    }
  }

  /** A running node on a chain that was cancelled, and may still swallow one late firing. */
  static final class Swallowing extends Running {

    /** The same for a chain that was cancelled. */
    static final Swallowing BOTTOM = new Swallowing(null, null, null);

    private Swallowing(
        @Nullable Callback<@Nullable Object, @Nullable Object> callback,
        @Nullable Callback<@Nullable Object, @Nullable Object> errback,
        @Nullable Node next) {
      super(callback, errback, next);
    }
  }
}
