package dev.twine.stress;

/**
 * A suspension that is published without a fence. {@code Chain.takeOrWait} writes what the chain
 * waits for, then does the compare-and-set that makes it wait, and then looks for a cancel that was
 * kept; the compare-and-set keeps the write before the look. Here the write comes after it, with
 * release, as if that were enough: the look may overtake it. A canceller that has left its note and
 * does not see yet what the chain waits for relies on a runner that has not seen the note.
 */
final class RelaxedHandOffCanary extends Canary {

  RelaxedHandOffCanary() {
    super(
        CancelKeptAndSuspension.class,
        "Chain.java",
        """
        setAux(inner); // the compare-and-set in takeOrEnqueue keeps this before the look at kept
        taken = inner.takeOrEnqueue(this);
        if (taken == WAITS) {
        """,
        """
        taken = inner.takeOrEnqueue(this);
        if (taken == WAITS) {
          setAux(inner);
        """);
  }
}
