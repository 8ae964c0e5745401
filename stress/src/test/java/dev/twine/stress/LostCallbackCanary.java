package dev.twine.stress;

/**
 * A run that ends with "load, then release-store". {@code Chain.runUsual} puts its result down with
 * a compare-and-set, which fails if something was added meanwhile; here it looks whether that is so
 * and, if not, stores the result. A callback that is pushed between the look and the store is
 * overwritten: its adder has left it to the runner, and the runner is gone.
 */
final class LostCallbackCanary extends Canary {

  LostCallbackCanary() {
    super(
        AddAndEndOfRun.class,
        "Chain.java",
        """
        if (next != null || !isPlain(now) || !d.cas(RUNNING, Idle.encode(now))) {
          run(d, now, next, null);
        }
        """,
        """
        if (next == null && isPlain(now) && d.stateAcquire() == RUNNING) {
          STATE.setRelease(d, Idle.encode(now));
        } else {
          run(d, now, next, null);
        }
        """);
  }
}
