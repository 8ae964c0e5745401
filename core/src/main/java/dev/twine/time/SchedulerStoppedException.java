package dev.twine.time;

import java.io.Serial;

/**
 * A {@link Cooperator} was stopped: what its tasks fail with, and what pausing or stopping such a
 * task throws. Twisted's {@code task.SchedulerStopped}.
 *
 * @since 0.1
 */
public final class SchedulerStoppedException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  SchedulerStoppedException() {
    super("the cooperator was stopped");
  }
}
