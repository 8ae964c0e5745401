package dev.twine.time;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that take turns, and whose turn it is next. Not thread-safe.
 *
 * <p>As in Twisted, where this is an iterator over a list, removing a task moves those behind it
 * one place forward, and the next turn stays at its place: if the task was not behind that place,
 * one task loses its turn in this round.
 */
final class Round {

  private List<CooperativeTask<?>> tasks = new ArrayList<>();
  private int next;

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  void add(CooperativeTask<?> task) {
    tasks.add(task);
  }

  void remove(CooperativeTask<?> task) {
    tasks.remove(task);
  }

  /** The task whose turn it is, or null if there is none at all. */
  @Nullable CooperativeTask<?> turn() {
    if (tasks.isEmpty()) {
      return null;
    }
    if (next >= tasks.size()) {
      next = 0;
    }
    return tasks.get(next++);
  }

  /** Removes all tasks and begins anew. */
  List<CooperativeTask<?>> takeAll() {
    List<CooperativeTask<?>> all = tasks;
    tasks = new ArrayList<>();
    next = 0;
    return all;
  }
}
