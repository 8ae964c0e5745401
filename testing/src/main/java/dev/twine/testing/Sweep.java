package dev.twine.testing;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.twine.Deferred;
import java.io.Serial;
import java.util.concurrent.CountDownLatch;

/**
 * Has the garbage collected, until every failure of a Deferred that nothing refers to has been
 * reported.
 *
 * <p>A failure of our own, the sentinel, is dropped, and the collector called until that is
 * reported. What became garbage before is reported with it, in any order, or at the latest before
 * the next sentinel; but the reporter takes what is newest first. So there are two, and when the
 * second one has been reported the reporter still has to come to rest.
 */
final class Sweep {

  private static final int ROUNDS = 10;

  private Sweep() {}

  /** A failure that is meant to be handled by nobody. */
  static final class Sentinel extends Exception {

    @Serial private static final long serialVersionUID = 1L;

    private final transient CountDownLatch reported = new CountDownLatch(1);

    /** Written before the latch is opened. */
    private transient Thread reporter = Thread.currentThread();

    Sentinel() {
      super(
          "nobody handles this: it shows that the garbage collector was here", null, false, false);
    }

    /** It is being reported, on this thread. */
    void seen() {
      reporter = Thread.currentThread();
      reported.countDown();
    }
  }

  /** Returns when all there is to report has been. */
  static void collect() throws InterruptedException {
    upToASentinel();
    awaitRest(upToASentinel().reporter);
  }

  private static Sentinel upToASentinel() throws InterruptedException {
    Sentinel sentinel = new Sentinel();
    drop(sentinel);
    for (int round = 0; round < ROUNDS; round++) {
      System.gc();
      if (sentinel.reported.await(1, SECONDS)) {
        return sentinel;
      }
    }
    throw new IllegalStateException(
        "unhandled failures can't be looked for: the garbage collector does not come when it is"
            + " called; leave -XX:+DisableExplicitGC out");
  }

  /** A cancelled one: it is not logged as an error. */
  private static void drop(Sentinel sentinel) {
    new Deferred<>(cancelled -> cancelled.errback(sentinel)).cancel();
  }

  private static void awaitRest(Thread reporter) {
    long end = System.nanoTime() + SECONDS.toNanos(ROUNDS);
    while (reporter.getState() != Thread.State.WAITING) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("unhandled failures are still being reported: " + reporter);
      }
      Thread.onSpinWait();
    }
  }
}
