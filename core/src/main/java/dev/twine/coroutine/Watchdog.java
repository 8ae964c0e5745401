package dev.twine.coroutine;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a resumer that waits for a body which is itself blocked, perhaps by the resumer: by a
 * lock that belongs to the resumer's thread. It needs no thread, as the resumer looks itself.
 */
final class Watchdog {

  private static final System.Logger LOG = System.getLogger("dev.twine");

  static final Watchdog DEFAULT =
      new Watchdog(
          TimeUnit.MILLISECONDS.toNanos(Long.getLong("dev.twine.coroutine.watchdog", 5_000)),
          text -> LOG.log(System.Logger.Level.WARNING, text));

  /** How long a body may block its resumer, in nanoseconds; 0 if for ever. */
  private final long nanos;

  private final Consumer<String> log;

  Watchdog(long nanos, Consumer<String> log) {
    this.nanos = nanos;
    this.log = log;
  }

  /** Begins to watch over one wait of the calling thread. */
  Watch watch(String name) {
    return new Watch(name);
  }

  /** One wait of a resumer. */
  final class Watch {

    private final String name;
    private final long began = System.nanoTime();
    private boolean over = nanos <= 0;
    private long nextLook = nanos;

    private Watch(String name) {
      this.name = name;
    }

    /** Parks the resumer; looks at the body when it is time. */
    void park(Object blocker, @Nullable Thread body) {
      if (over) {
        LockSupport.park(blocker);
        return;
      }
      long waited = System.nanoTime() - began;
      if (waited >= nextLook) {
        over = body == null ? hasToldOfNone(waited) : hasTold(body, waited);
        nextLook = waited + nanos;
      }
      LockSupport.parkNanos(blocker, nextLook - waited);
    }

    /** The thread of the body has not run yet. */
    private boolean hasToldOfNone(long waited) {
      tell(
          name
              + " has not begun for "
              + TimeUnit.NANOSECONDS.toMillis(waited)
              + " ms, and its starter waits: all threads that carry virtual threads are busy, or"
              + " blocked by what can't leave them, as class initializers and native methods\nthe"
              + " starter, ");
      return true;
    }

    /** Logs a text, and the stack of the resumer; nothing may be thrown here. */
    private void tell(String text) {
      Thread resumer = Thread.currentThread();
      try {
        log.accept(text + resumer + ":" + text(resumer.getStackTrace()));
      } catch (Throwable unloggable) {
        // there is nobody left to tell
      }
    }

    /** False if the body computes, or waits for a body that it resumes: that is told of itself. */
    private boolean hasTold(Thread body, long waited) {
      Thread.State state = body.getState();
      if (state == Thread.State.RUNNABLE || LockSupport.getBlocker(body) instanceof Relay) {
        return false;
      }
      tell(
          name
              + " has blocked its resumer for "
              + TimeUnit.NANOSECONDS.toMillis(waited)
              + " ms, as it is "
              + state
              + " itself: a body should await() instead of blocking; if it needs a lock that the"
              + " resumer's thread holds, let it do that part in runOnCaller(...)\nthe body:"
              + text(body.getStackTrace())
              + "\nthe resumer, ");
      return true;
    }
  }

  private static String text(StackTraceElement[] frames) {
    StringBuilder text = new StringBuilder();
    for (StackTraceElement frame : frames) {
      text.append("\n    at ").append(frame);
    }
    return text.toString();
  }
}
