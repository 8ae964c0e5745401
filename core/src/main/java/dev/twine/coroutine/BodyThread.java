package dev.twine.coroutine;

import dev.twine.Engine;
import dev.twine.VirtualThreads;

/**
 * The threads of bodies. A virtual one is referred to by nobody but the body, so that what is
 * forgotten while it is suspended goes with its stack; a platform thread is a daemon, which the
 * runtime keeps.
 */
final class BodyThread {

  private BodyThread() {}

  /** Starts a thread for a body that hands control back and forth with the calling thread. */
  static void startBeside(Runnable work) {
    if (Engine.current() == Engine.OWN_CARRIER) {
      VirtualThreads.startBeside(work);
    } else {
      start(work);
    }
  }

  /** Starts a thread that runs by itself. */
  static void start(Runnable work) {
    if (Engine.current() == Engine.PLATFORM_THREADS) {
      Thread thread = new Thread(null, work, "coroutine", 0, false);
      thread.setDaemon(true);
      thread.start();
    } else {
      VirtualThreads.startUnreferenced(work);
    }
  }
}
