package dev.twine.time;

import dev.twine.Failure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link CooperativeTask} has ended.
 *
 * @param failure what its Deferreds fail with, or null if they fire with the iterator
 * @param refusal what is thrown at who wants to pause or stop it afterwards
 */
record Ending(@Nullable Failure failure, Supplier<? extends RuntimeException> refusal) {

  static Ending done() {
    return new Ending(null, TaskDoneException::new);
  }

  static Ending stopped() {
    return new Ending(new Failure(new TaskStoppedException()), TaskStoppedException::new);
  }

  static Ending schedulerStopped() {
    return new Ending(new Failure(new SchedulerStoppedException()), SchedulerStoppedException::new);
  }

  static Ending failed(Failure failure) {
    return new Ending(failure, () -> new TaskFailedException(failure.value()));
  }
}
