package dev.twine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks of a {@link CallbackChain}: one link that stands for all of them, so that a use of
 * the chain needs no node for each. Only a chain that has to stop between two of them copies those
 * that are left.
 */
final class Prepared extends Link {

  /** The nodes, oldest first; they belong to many chains, and nobody writes to them. */
  final @Nullable Node first;

  /** What runs on values, if no step fails. */
  final Callback<@Nullable Object, @Nullable Object>[] callbacks;

  /** The nodes behind each of those. */
  private final @Nullable Node[] behind;

  private final boolean hasErrbacks;

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  private Prepared(@Nullable Node first) {
    this.first = first;
    List<Callback<@Nullable Object, @Nullable Object>> values = new ArrayList<>();
    List<@Nullable Node> nodes = new ArrayList<>();
    boolean errbacks = false;
    for (Node node = first; node != null; node = node.next) {
      if (node.callback != null) {
        values.add(node.callback);
        nodes.add(node.next);
      }
      errbacks |= node.errback != null;
    }
    this.callbacks = values.toArray(new Callback[0]);
    this.behind = nodes.toArray(new Node[0]);
    this.hasErrbacks = errbacks;
  }

  /** What is left once some of the callbacks have run. */
  @Nullable Node after(int done) {
    return done == 0 ? first : behind[done - 1];
  }

  /** What is added for values: nothing, if none of the steps looks at one. */
  @Nullable Prepared onValue() {
    return callbacks.length > 0 ? this : null;
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
