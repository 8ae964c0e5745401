package dev.twine.coroutine;

import dev.twine.Turn;
import dev.twine.VirtualThreads;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The hand-over between the thread of a body and whoever resumes it: of the two one runs, and the
 * other one is parked until it is given control.
 *
 * <pre>
 *   bodyRuns   false --start, resume--> true --suspend, end of the body--> false
 * </pre>
 *
 * <p>The thread is a virtual one that nobody but the coroutine refers to, so that a coroutine that
 * is forgotten while it is suspended goes with its stack; before Java 21 it is a daemon, which the
 * runtime keeps. While the body runs, its thread follows the resumer's {@link Turn}.
 *
 * <p>Control is passed by a volatile write and taken by a volatile read, so each side sees what the
 * other one did. An interrupt ends no waiting; it is there again when control is back.
 */
final class Relay {

  private static final AtomicLong NUMBER = new AtomicLong();

  private final String name = "coroutine-" + NUMBER.incrementAndGet();

  /** Written by the body's thread before it gives control back for the first time. */
  private @Nullable Thread body;

  /** Who waits for the body; written by the resumer, who has control then. */
  private @Nullable Thread resumer;

  /**
   * Whose turn the body runs on; null while it doesn't. Written by the resumer, read by anybody: a
   * turn that reads its own is right.
   */
  private volatile @Nullable Thread turn;

  private volatile boolean bodyRuns;

  /** Begins with the body; comes back when it suspends or ends. */
  void start(Runnable work) {
    takeTurn();
    try {
      startThread(() -> run(work));
    } catch (Throwable noThread) {
      bodyRuns = false;
      leaveTurn();
      throw noThread;
    }
    await(false);
    leaveTurn();
  }

  /** Goes on with the body; comes back when it suspends or ends. */
  void resume() {
    takeTurn();
    LockSupport.unpark(body);
    await(false);
    leaveTurn();
  }

  /** On the body's thread: gives control back; comes back when it is resumed. */
  void suspend() {
    passBack();
    await(true);
  }

  /** The turn that the body runs on, or null. */
  @Nullable Thread turn() {
    return turn;
  }

  /** Whether this is the thread that the body runs on. */
  boolean isBody(Thread thread) {
    return thread == body;
  }

  private void takeTurn() {
    resumer = Thread.currentThread();
    turn = Turn.current();
    bodyRuns = true;
  }

  private void leaveTurn() {
    turn = null;
    resumer = null;
  }

  private void passBack() {
    Thread waiting = resumer;
    bodyRuns = false;
    LockSupport.unpark(waiting);
  }

  private void await(boolean wanted) {
    boolean interrupted = false;
    while (bodyRuns != wanted) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void startThread(Runnable work) {
    if (VirtualThreads.available()) {
      VirtualThreads.startUnreferenced(work);
    } else {
      Thread thread = new Thread(null, work, name, 0, false);
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void run(Runnable work) {
    body = Thread.currentThread();
    body.setName(name);
    Turn.follow(this::turn);
    try {
      work.run();
    } finally {
      passBack();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
