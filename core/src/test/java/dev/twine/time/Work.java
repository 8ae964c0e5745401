package dev.twine.time;

import dev.twine.Action;
import dev.twine.Failure;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The steps of a task in a test; each of them first notes its name and number. */
final class Work implements Iterator<@Nullable Object> {

  private final String name;
  private final List<String> made;
  private final List<Callable<?>> steps = new ArrayList<>();
  private int next;

  /** What is done when the work is asked whether there is more. */
  Action whenAsked = () -> {};

  Work(String name, List<String> made) {
    this.name = name;
    this.made = made;
  }

  /** Adds some steps that do nothing. */
  Work steps(int count) {
    for (int i = 0; i < count; i++) {
      steps.add(() -> "nothing");
    }
    return this;
  }

  /** Adds a step that gives something or throws. */
  Work step(Callable<?> step) {
    steps.add(step);
    return this;
  }

  @Override
  public boolean hasNext() {
    run(whenAsked);
    return next < steps.size();
  }

  @Override
  public @Nullable Object next() {
    if (next >= steps.size()) {
      throw new NoSuchElementException();
    }
    made.add(name + next);
    Callable<?> step = steps.get(next++);
    try {
      return step.call();
    } catch (Exception thrown) {
      return new Failure(thrown).raise();
    }
  }

  private static void run(Action action) {
    try {
      action.run();
    } catch (Throwable thrown) {
      new Failure(thrown).raise();
    }
  }
}
