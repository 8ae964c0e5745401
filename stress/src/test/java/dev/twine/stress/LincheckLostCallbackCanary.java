package dev.twine.stress;

/**
 * A run that ends with a look and a store. {@code Chain.endUsual} puts the result down with a
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
        return s == Node.Swallowing.BOTTOM ? cas(s, Held.cancelled(idle)) : cas(RUNNING, idle);
        """,
        """
        if (s == RUNNING) {
          STATE.setRelease(this, idle);
        }
        return s == RUNNING || (s == Node.Swallowing.BOTTOM && cas(s, Held.cancelled(idle)));
        """);
  }
}
