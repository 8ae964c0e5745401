package dev.twine.stress;

/**
 * A run that ends with "load, then release-store". {@code Chain.endUsual} puts the result down with
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
