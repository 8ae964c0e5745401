package dev.twine.conformance;

import dev.twine.Deferred;
import dev.twine.Engine;
import dev.twine.VirtualThreads;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How the operations of a scenario are run; what happens must not depend on it. */
enum Way {
  /** All of them on one thread. */
  ONE_THREAD {
    @Override
    void run(List<Runnable> operations, String scenario) {
      runOnThread(() -> operations.forEach(Runnable::run), scenario);
    }
  },

  /** Each top-level operation on a fresh thread, which has ended before the next one begins. */
  THREAD_PER_OPERATION {
    @Override
    void run(List<Runnable> operations, String scenario) {
      operations.forEach(operation -> runOnThread(operation, scenario));
    }
  },

  /** All of them on one thread as the loop of a reactor is: a virtual one where there are any. */
  LOOP_THREAD {
    @Override
    void run(List<Runnable> operations, String scenario) {
      Runnable work = () -> operations.forEach(Runnable::run);
      String name = "replay " + scenario;
      switch (Engine.current()) {
        case OWN_CARRIER -> await(VirtualThreads.carrierFactory(name).newThread(work));
        case VIRTUAL_THREADS -> await(VirtualThreads.factory(name).newThread(work));
        default -> runOnThread(work, scenario);
      }
    }
  },

  /** All of them on one thread, while the Deferreds record where they are made and fired. */
  DEBUGGING {
    @Override
    void run(List<Runnable> operations, String scenario) {
      boolean before = Deferred.getDebugging();
      Deferred.setDebugging(true);
      try {
        ONE_THREAD.run(operations, scenario);
      } finally {
        Deferred.setDebugging(before);
      }
    }
  };

  /** No scenario takes longer than a few milliseconds. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /**
   * The ways that differ here. With carriers of their own only loops do, as everything else runs on
   * ordinary threads; before Java 21 a loop is a thread like others, and later the one thread is a
   * loop's, or has debugging on.
   */
  static Set<Way> different() {
    return switch (Engine.current()) {
      case OWN_CARRIER -> EnumSet.of(LOOP_THREAD);
      case VIRTUAL_THREADS -> EnumSet.complementOf(EnumSet.of(ONE_THREAD));
      case PLATFORM_THREADS -> EnumSet.complementOf(EnumSet.of(LOOP_THREAD));
    };
  }

  /**
   * Runs the operations, one after the other.
   *
   * @throws IllegalStateException if they don't end
   */
  abstract void run(List<Runnable> operations, String scenario);

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static void runOnThread(Runnable work, String name) {
    Thread thread = new Thread(work, "replay " + name);
    thread.setDaemon(true);
    await(thread);
  }

  private static void await(Thread thread) {
    thread.start();
    try {
      thread.join(LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    if (thread.isAlive()) {
      IllegalStateException stuck =
          new IllegalStateException("did not end within " + LIMIT.toSeconds() + " s");
      stuck.setStackTrace(thread.getStackTrace());
      throw stuck;
    }
  }
}
