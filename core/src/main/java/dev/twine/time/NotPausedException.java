package dev.twine.time;

import java.io.Serial;

/**
 * A {@link CooperativeTask} was to be resumed that is not paused. Twisted's {@code task.NotPaused}.
 *
 * @since 0.1
 */
public final class NotPausedException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  NotPausedException() {
    super("the task is not paused");
  }
}
