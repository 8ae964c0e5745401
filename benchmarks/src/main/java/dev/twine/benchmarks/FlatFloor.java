package dev.twine.benchmarks;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A floor whose callbacks may return another one, which is waited for; its word is then the one
 * that waits.
 */
final class FlatFloor extends Floor {

  /** What is to be run after the wait; belongs to whoever runs the callbacks. */
  private @Nullable Node rest;

  FlatFloor() {
    super(null);
  }

  /** One that is born fired. */
  FlatFloor(Integer value) {
    super(value);
  }

  /** Only before it is fired. */
  void add(Function<Integer, ?> callback) {
    for (; ; ) {
      Object s = state();
      if (cas(s, new Node(callback, (Node) s))) {
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
      } else if (s instanceof FlatFloor waiting) {
        if (cas(s, value)) {
          waiting.run(waiting.rest, value);
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
        if (result instanceof FlatFloor inner) {
          Object given = inner.state();
          if (given == null) {
            rest = node.next;
            if (inner.cas(null, this)) {
              return;
            }
            given = Objects.requireNonNull(inner.state());
          }
          result = given;
        }
      }
      if (cas(Node.RUNNING, result)) {
        return;
      }
    }
  }
}
