package dev.twine;

import org.jspecify.annotations.Nullable;

/**
 * The callbacks of a {@link CallbackChain}: one link that stands for all of them, so that a use of
 * the chain needs no node for each. Only a chain that has to stop between two of them copies those
 * that are left.
 */
final class Prepared extends Link {

  /** The nodes, oldest first; they belong to many chains, and nobody writes to them. */
  final @Nullable Node first;

  private final boolean hasCallbacks;
  private final boolean hasErrbacks;

  private Prepared(@Nullable Node first) {
    this.first = first;
    boolean callbacks = false;
    boolean errbacks = false;
    for (Node node = first; node != null; node = node.next) {
      callbacks |= node.callback != null;
      errbacks |= node.errback != null;
    }
    this.hasCallbacks = callbacks;
    this.hasErrbacks = errbacks;
  }

  /** What is added for values: nothing, if none of the steps looks at one. */
  @Nullable Prepared onValue() {
    return hasCallbacks ? this : null;
  }

  /** What is added for failures: nothing, if none of the steps looks at one. */
  @Nullable Prepared onFailure() {
    return hasErrbacks ? this : null;
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
    if (node.errback instanceof Prepared inner) {
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
