package dev.twine.stress;

/**
 * A crowd that is declared with a look and a store. {@code Tokens.crowd} replaces the plain state
 * that it has seen with a compare-and-set; here it writes in a second step. A permit that is given
 * back in between is put among those that are out, and a newcomer waits for nobody.
 */
final class LincheckWaiterOverlookedCanary extends LincheckCanary {

  LincheckWaiterOverlookedCanary() {
    super(
        LincheckRace.LOCK,
        LincheckRun.Mode.MODEL,
        "sync/Tokens.java",
        "if (STATE.compareAndSet(this, s, CROWDED) && s instanceof Token token) {",
        """
        state = CROWDED;
        if (s instanceof Token token) {
        """);
  }
}
