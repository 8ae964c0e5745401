package dev.twine.stress;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the operations that are under way. Some calls of Twine return although what they ask for,
 * or what they were too late for, is still being done by another thread; an operation that stands
 * for more than such a call waits here until the others are through.
 */
final class LincheckTraffic {

  private final AtomicInteger underWay = new AtomicInteger();

  void enter() {
    underWay.incrementAndGet();
  }

  void leave() {
    underWay.decrementAndGet();
  }

  /** Waits for a moment at which no operation is under way; called after leaving. */
  void awaitNone() {
    while (underWay.get() > 0) {
      Thread.onSpinWait();
    }
  }
}
