package dev.twine;

import org.jspecify.annotations.Nullable;

/**
 * The callbacks of a {@link CallbackChain}: one link that stands for all of them, so that a use of
 * the chain needs a node for none.
 */
final class Prepared extends Link {

  /** The nodes, oldest first; they belong to many chains, and nobody writes to them. */
  final @Nullable Node first;

  private Prepared(@Nullable Node first) {
    this.first = first;
  }

  /** What has been added to a chain that was made for nothing else. */
  static Prepared of(Chain draft) {
    Object added = draft.stateAcquire();
    if (added != null && added.getClass() != Node.class) {
      throw new IllegalArgumentException(
          "a prepared chain consists of callbacks and errbacks: firing and pausing belong to the"
              + " Deferreds that the chain is added to");
    }
    Node first = null;
    for (Node node = (Node) added; node != null; node = node.next) {
      first = inFrontOf(first, node);
    }
    return new Prepared(first);
  }

  private static @Nullable Node inFrontOf(@Nullable Node list, Node node) {
    if (node.callback instanceof Prepared inner) {
      return Node.copy(inner.first, list);
    }
    if (node.callback instanceof Link || node.errback instanceof Link) {
      throw new IllegalArgumentException(
          "a prepared chain consists of callbacks and errbacks: forks, chainDeferred and get()"
              + " belong to the Deferreds that the chain is added to");
    }
    return new Node(node.callback, node.errback, list);
  }
}
