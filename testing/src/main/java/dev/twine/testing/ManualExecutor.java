package dev.twine.testing;

import static java.util.Objects.requireNonNull;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * An executor that runs what it was given when it is told to: other threads, moved by hand.
 *
 * {@snippet class=TestingSnippets region=executor lang=java}
 *
 * <p>An exception from a task leaves the method that runs it, at once. That task is done, and the
 * others stay where they are, as with {@link dev.twine.time.ManualClock#advance}.
 *
 * <p>Execution: tasks run on the thread that calls {@link #runNext} or {@link #runAll}, one after
 * the other, in the order in which they were given.
 *
 * <p><b>Threads.</b> Any thread may give tasks, and run them; nothing is locked while one runs.
 *
 * <p>Memory consistency effects: actions in a thread prior to giving a task <i>happen-before</i> it
 * runs.
 *
 * @since 0.1
 */
public final class ManualExecutor implements Executor {

  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** Creates an executor that has nothing to run. */
  public ManualExecutor() {}

  /**
   * Keeps a task until it is told to run it.
   *
   * @param task the task
   */
  @Override
  public void execute(Runnable task) {
    tasks.add(requireNonNull(task, "task"));
  }

  /**
   * Says how many tasks there are to run.
   *
   * @return how many, 0 or more
   */
  public int count() {
    return tasks.size();
  }

  /**
   * Runs the oldest task.
   *
   * @throws IllegalStateException if there is none
   */
  public void runNext() {
    Runnable task = tasks.poll();
    if (task == null) {
      throw new IllegalStateException("there is no task to run; none was given, or all have run");
    }
    task.run();
  }

  /** Runs tasks until there are none, those included that come meanwhile. */
  public void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }
}
