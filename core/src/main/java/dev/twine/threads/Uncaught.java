package dev.twine.threads;

import dev.twine.Probes;

/** Work after which a thread goes on, whatever happened. */
final class Uncaught {

  private Uncaught() {}

  /** Runs it; what it throws goes to the uncaught exception handler of the calling thread. */
  static void run(Runnable work) {
    try {
      work.run();
    } catch (Throwable thrown) {
      handle(thrown);
    }
  }

  static void handle(Throwable thrown) {
    Thread thread = Thread.currentThread();
    try {
      thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    } catch (Throwable broken) {
      Probes.reported(broken, "an uncaught exception handler");
    }
  }
}
