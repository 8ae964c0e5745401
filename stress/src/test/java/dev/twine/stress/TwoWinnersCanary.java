package dev.twine.stress;

/**
 * A firing that looks and then writes. {@code Chain.runUsual} takes the callbacks of an unfired
 * Deferred with one compare-and-set; here it looks whether the Deferred is still unfired and, in a
 * second step, writes that it runs. Two threads that look before either has written are both heard,
 * and the callback runs twice.
 */
final class TwoWinnersCanary extends Canary {

  TwoWinnersCanary() {
    super(
        FireAndFire.class,
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
