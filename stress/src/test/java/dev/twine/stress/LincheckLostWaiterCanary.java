package dev.twine.stress;

/**
 * A chain that comes to wait without looking twice. {@code Chain.takeOrEnqueue} puts the outer
 * chain into the inner one with a compare-and-set; here it looks whether the inner one is still
 * unfired and then writes. A firing in between is wiped out: the inner one can be fired once more,
 * and if nobody does, the outer one waits for ever.
 */
final class LincheckLostWaiterCanary extends LincheckCanary {

  LincheckLostWaiterCanary() {
    super(
        LincheckRace.WAITING,
        LincheckRun.Mode.MODEL,
        "Chain.java",
        """
        if (cas(null, outer)) {
          return WAITS;
        }
        """,
        """
        if (stateVolatile() == null) {
          STATE.setVolatile(this, outer);
          return WAITS;
        }
        """);
  }
}
