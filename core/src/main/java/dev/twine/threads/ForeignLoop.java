package dev.twine.threads;

import dev.twine.Probes;
import dev.twine.Turn;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A loop that somebody else runs, such as that of a user interface.
 *
 * <p>Every call is a task of its own for the executor, so that a call may itself run the executor's
 * tasks, as a modal dialogue does. For the next delayed call an alarm is set; when it rings one
 * call is made, after the alarm has been set for the one that follows.
 */
final class ForeignLoop extends Loop {

  /** Rings the alarms of all reactors of this kind. */
  private static final class Clock {
    static final ScheduledThreadPoolExecutor ALARMS = newAlarms();

    private static ScheduledThreadPoolExecutor newAlarms() {
      ScheduledThreadPoolExecutor alarms =
          new ScheduledThreadPoolExecutor(1, work -> Pool.newDaemon(work, "twine-alarms"));
      alarms.setRemoveOnCancelPolicy(true);
      return alarms;
    }
  }

  private final Executor executor;
  private final Runnable atEnd;
  private volatile boolean closed;

  /** Guarded by this. */
  private @Nullable Future<?> alarm;

  ForeignLoop(Reactor owner, Executor executor, Runnable atEnd) {
    super(owner);
    this.executor = executor;
    this.atEnd = atEnd;
  }

  @Override
  void start() {
    throw new AssertionError("it runs from the beginning");
  }

  @Override
  void post(Runnable work) {
    if (closed) {
      throw owner.refusal();
    }
    executor.execute(() -> call(work));
  }

  private void call(Runnable work) {
    Turn.runLoop(owner, () -> Uncaught.run(work));
  }

  @Override
  synchronized void lookAgain() {
    if (alarm != null) {
      alarm.cancel(false);
    }
    long next = calls.nextTime();
    alarm =
        next == Long.MAX_VALUE
            ? null
            : Clock.ALARMS.schedule(this::ring, next - nanos(), TimeUnit.NANOSECONDS);
  }

  private void ring() {
    try {
      executor.execute(this::callDue);
    } catch (Throwable refused) {
      calls.takeDue(); // it is not made, and those behind it are not to wait for it
      Probes.reported(refused, "the executor of " + owner + ", which was given a delayed call");
      lookAgain();
    }
  }

  private void callDue() {
    Runnable due = calls.takeDue();
    lookAgain();
    if (due != null) {
      call(due);
    }
  }

  @Override
  void end() {
    abandon();
    atEnd.run();
  }

  @Override
  void abandon() {
    closed = true;
    calls.close();
    lookAgain();
  }

  @Override
  boolean isGone() {
    return executor instanceof ExecutorService service && service.isShutdown();
  }

  @Override
  @Nullable Thread thread() {
    return null;
  }
}
