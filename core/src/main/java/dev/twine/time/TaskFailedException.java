package dev.twine.time;

import java.io.Serial;

/**
 * A {@link CooperativeTask} was to be paused or stopped that has failed; the cause is what it
 * failed with. Twisted's {@code task.TaskFailed}.
 *
 * @since 0.1
 */
public final class TaskFailedException extends TaskFinishedException {

  @Serial private static final long serialVersionUID = 1L;

  TaskFailedException(Throwable cause) {
    super("the task has failed", cause);
  }
}
