package dev.twine.benchmarks;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A floor that runs callbacks, each on the result of the one before. */
final class ChainFloor extends Floor {

  ChainFloor() {
    super(null);
  }

  /** One that is born fired. */
  ChainFloor(Integer value) {
    super(value);
  }

  void add(Function<Integer, Integer> callback) {
    for (; ; ) {
      Object s = state();
      if (s == null || s instanceof Node) {
        if (cas(s, new Node(callback, (Node) s))) {
          return;
        }
      } else if (cas(s, Node.RUNNING)) {
        Integer next = callback.apply((Integer) s);
        if (!cas(Node.RUNNING, next)) {
          run(more(), next);
        }
        return;
      }
    }
  }

  void fire(Integer value) {
    for (; ; ) {
      Object s = state();
      if (s == null) {
        if (cas(null, value)) {
          return;
        }
      } else if (cas(s, Node.RUNNING)) {
        run(Node.reverse((Node) s), value);
        return;
      }
    }
  }

  private void run(@Nullable Node first, Object value) {
    Object result = value;
    for (Node list = first; ; list = more()) {
      for (Node node = list; node != null; node = node.next) {
        result = node.callback.apply(result);
      }
      if (cas(Node.RUNNING, result)) {
        return;
      }
    }
  }
}
