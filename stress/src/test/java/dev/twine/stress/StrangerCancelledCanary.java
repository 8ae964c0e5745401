package dev.twine.stress;

/**
 * A cancel that trusts the way it came. {@code Cancellation.tryWalk} follows the links down to a
 * Deferred that has not been fired, and reads them all again from there upwards before it cancels
 * it; here it does not. If the inner has handed its value over since the walk passed the outer,
 * what it waits for now is a stranger's business, and gets cancelled.
 */
final class StrangerCancelledCanary extends Canary {

  StrangerCancelledCanary() {
    super(
        CancelAndHandOver.class,
        "Cancellation.java",
        """
        if (Chain.isUnfired(s)) {
          return stands(path) && (isOver() || cancelUnfired(chain, members));
        }
        Chain inner = chain.waitingOn();
        path.add(chain);
        if (inner == null || !waits(chain, inner)) {
        """,
        """
        if (Chain.isUnfired(s)) {
          return isOver() || cancelUnfired(chain, members);
        }
        Chain inner = chain.waitingOn();
        path.add(chain);
        if (inner == null) {
        """);
  }
}
