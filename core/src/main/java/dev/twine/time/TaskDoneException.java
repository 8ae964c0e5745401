package dev.twine.time;

import java.io.Serial;

/**
 * A {@link CooperativeTask} was to be paused or stopped whose iterator has no more elements.
 * Twisted's {@code task.TaskDone}.
 *
 * @since 0.1
 */
public final class TaskDoneException extends TaskFinishedException {

  @Serial private static final long serialVersionUID = 1L;

  TaskDoneException() {
    super("the task is done", null);
  }
}
