package dev.twine.stress;

/**
 * A crowd that is declared with a look and a store. {@code Tokens.crowd} replaces the plain state
 * that it has seen with a compare-and-set, and looks again if that fails; here it writes in a
 * second step. A holder who gives his permit back in between has seen nobody; his permit is put
 * among those that are out, and the newcomer waits beside a lock that nobody holds.
 */
final class WaiterOverlookedCanary extends Canary {

  WaiterOverlookedCanary() {
    super(
        LockReleaseAndAcquire.class,
        "sync/Tokens.java",
        "if (STATE.compareAndSet(this, s, CROWDED) && s instanceof Token token) {",
        """
        state = CROWDED;
        if (s instanceof Token token) {
        """);
  }
}
