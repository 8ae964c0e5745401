package dev.twine.stress;

/**
 * A run that ends with a look and a store. {@code Chain.runUsual} puts its result down with a
 * compare-and-set, which fails if a callback was pushed meanwhile; here one that is pushed between
 * the look and the store is wiped out: its adder has left it to the runner, and the runner is gone.
 * No processor has to do anything unusual for it, so Lincheck finds it with one thread at a time.
 */
final class LincheckLostCallbackCanary extends LincheckCanary {

  LincheckLostCallbackCanary() {
    super(
        LincheckRace.DEFERRED,
        LincheckRun.Mode.MODEL,
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
