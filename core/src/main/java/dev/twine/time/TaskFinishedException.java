package dev.twine.time;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CooperativeTask} is over, one way or another, and can't be paused or stopped any more.
 * Twisted's {@code task.TaskFinished}.
 *
 * @since 0.1
 */
public abstract sealed class TaskFinishedException extends IllegalStateException
    permits TaskDoneException, TaskFailedException, TaskStoppedException {

  @Serial private static final long serialVersionUID = 1L;

  TaskFinishedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
