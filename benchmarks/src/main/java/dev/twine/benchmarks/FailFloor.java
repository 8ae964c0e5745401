package dev.twine.benchmarks;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A floor with callbacks for values and callbacks for failures; a failure is any Throwable. */
final class FailFloor extends Floor {

  FailFloor() {
    super(null);
  }

  void add(Function<Integer, Integer> callback) {
    add(new Node(callback, null));
  }

  void addErrback(Function<Throwable, Integer> errback) {
    add(new Errback(errback));
  }

  private void add(Node node) {
    for (; ; ) {
      Object s = state();
      if (s == null || s instanceof Node) {
        node.next = (Node) s;
        if (cas(s, node)) {
          return;
        }
      } else if (cas(s, Node.RUNNING)) {
        node.next = null;
        run(node, s);
        return;
      }
    }
  }

  void fire(Object result) {
    for (; ; ) {
      Object s = state();
      if (s == null) {
        if (cas(null, result)) {
          return;
        }
      } else if (cas(s, Node.RUNNING)) {
        run(Node.reverse((Node) s), result);
        return;
      }
    }
  }

  private void run(@Nullable Node first, Object fired) {
    Object result = fired;
    for (Node list = first; ; list = more()) {
      for (Node node = list; node != null; node = node.next) {
        if (result instanceof Throwable == node instanceof Errback) {
          try {
            result = node.callback.apply(result);
          } catch (RuntimeException thrown) {
            result = thrown;
          }
        }
      }
      if (cas(Node.RUNNING, result)) {
        return;
      }
    }
  }

  /** A callback for failures. */
  private static final class Errback extends Node {
    Errback(Function<Throwable, Integer> errback) {
      super(errback, null);
    }
  }
}
