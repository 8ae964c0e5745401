package dev.twine.stress;

/**
 * A firing that looks and then writes. {@code Chain.runUsual} takes the callbacks of an unfired
 * Deferred with one compare-and-set; here it looks whether they are still the same and, in a second
 * step, writes that they run. Whoever comes in between, to fire, to cancel or to add, is heard as
 * well, or not at all.
 */
final class LincheckTwoWinnersCanary extends LincheckCanary {

  LincheckTwoWinnersCanary() {
    super(
        LincheckRace.DEFERRED,
        LincheckRun.Mode.STRESS,
        "Chain.java",
        """
        } else if (s != null && s.getClass() == Node.class && chain.cas(s, RUNNING)) {
        """,
        """
        } else if (s != null && s.getClass() == Node.class && chain.stateVolatile() == s) {
          STATE.setVolatile(chain, RUNNING);
        """);
  }
}
