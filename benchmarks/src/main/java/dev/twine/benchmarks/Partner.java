package dev.twine.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * Another thread that waits for work, spinning: waking it up would take longer than what is
 * measured. One thread gives it work; each piece must be awaited before the next.
 */
final class Partner {

  static final Runnable LEAVE = () -> {};

  private final Thread thread = new Thread(this::runForEver, "partner");

  /** Null if the partner is free; written by turns. */
  private volatile @Nullable Runnable work;

  /** What the work threw; written before the work is taken away. */
  private @Nullable RuntimeException thrown;

  Partner() {
    thread.setDaemon(true);
    thread.start();
  }

  Thread thread() {
    return thread;
  }

  /** Lets the other thread do something, from now on. */
  void begin(Runnable next) {
    work = next;
  }

  /** Waits until it has done so. */
  void await() {
    for (int spins = 0; work != null; spins++) {
      spin(spins);
    }
    if (thrown != null) {
      throw thrown;
    }
  }

  void leave() throws InterruptedException {
    begin(LEAVE);
    thread.join();
  }

  private void runForEver() {
    for (Runnable next = next(); next != LEAVE; next = next()) {
      try {
        next.run();
      } catch (RuntimeException e) {
        thrown = e;
      }
      work = null;
    }
  }

  private Runnable next() {
    Runnable next = work;
    for (int spins = 0; next == null; spins++) {
      spin(spins);
      next = work;
    }
    return next;
  }

  /** After so many the other thread seems to have no core: it gets this one's. */
  @SuppressWarnings("ThreadPriorityCheck") // it's about the machine, not about what is right
  private static void spin(int spins) {
    if (spins < 2_000) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }
}
