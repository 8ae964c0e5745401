package dev.twine;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;

/** Something done on another thread, to which the test hands over. */
public final class OtherThread {

  private static final Set<Thread.State> WAITING =
      EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  private final FutureTask<Void> task;
  final Thread thread;

  private OtherThread(Action body, long stackBytes) {
    this.task = new FutureTask<>(() -> done(body));
    this.thread = new Thread(null, task, "other", stackBytes);
    thread.setDaemon(true);
    thread.start();
  }

  public static OtherThread start(Action body) {
    return new OtherThread(body, 0);
  }

  /** Runs something on another thread to its end. */
  public static void run(Action body) {
    start(body).join(10);
  }

  public static void runWithStack(long bytes, Action body) {
    new OtherThread(body, bytes).join(120);
  }

  public void join() {
    join(10);
  }

  private void join(int seconds) {
    try {
      task.get(seconds, SECONDS);
    } catch (Exception e) {
      throw new AssertionError("on the other thread", e.getCause() == null ? e : e.getCause());
    }
  }

  public void interrupt() {
    thread.interrupt();
  }

  /** Waits until the other thread waits itself. */
  public void awaitParked() {
    long end = System.nanoTime() + SECONDS.toNanos(10);
    while (!WAITING.contains(thread.getState())) {
      assertThat(System.nanoTime()).as("waited in time").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(10, SECONDS)).as("handed over in time").isTrue();
  }

  private static Void done(Action body) throws Exception {
    try {
      body.run();
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable strange) {
      throw new AssertionError(strange);
    }
    return null;
  }
}
