package dev.twine.time;

import java.io.Serial;

/**
 * A {@link CooperativeTask} was stopped: what its Deferreds fail with, and what {@link
 * CooperativeTask#pause} and another {@link CooperativeTask#stop} throw. Twisted's {@code
 * task.TaskStopped}.
 *
 * @since 0.1
 */
public final class TaskStoppedException extends TaskFinishedException {

  @Serial private static final long serialVersionUID = 1L;

  TaskStoppedException() {
    super("the task was stopped", null);
  }
}
