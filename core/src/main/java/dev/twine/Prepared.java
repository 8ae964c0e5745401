package dev.twine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks of a {@link CallbackChain}, immutable: one link that stands for all of them, so
 * that a use of the chain needs a node for none.
 */
final class Prepared extends Link {

  /** Never on a chain themselves. */
  private final Node[] nodes;

  private Prepared(Node[] nodes) {
    this.nodes = nodes;
  }

  /** What has been added to a chain that was made for nothing else. */
  static Prepared of(Chain draft) {
    List<Node> nodes = new ArrayList<>();
    Object added = draft.stateAcquire();
    if (added != null && added.getClass() != Node.class) {
      throw new IllegalArgumentException(
          "a prepared chain consists of callbacks and errbacks: firing and pausing belong to the"
              + " Deferreds that the chain is added to");
    }
    for (Node node = (Node) added; node != null; node = node.next) {
      addTo(nodes, node);
    }
    Collections.reverse(nodes);
    return new Prepared(nodes.toArray(new Node[0]));
  }

  private static void addTo(List<Node> newestFirst, Node node) {
    if (node.callback instanceof Prepared inner) {
      for (int i = inner.size() - 1; i >= 0; i--) {
        newestFirst.add(inner.node(i));
      }
    } else if (node.callback instanceof Link || node.errback instanceof Link) {
      throw new IllegalArgumentException(
          "a prepared chain consists of callbacks and errbacks: forks, chainDeferred and get()"
              + " belong to the Deferreds that the chain is added to");
    } else {
      newestFirst.add(new Node(node.callback, node.errback, null));
    }
  }

  int size() {
    return nodes.length;
  }

  Node node(int place) {
    return nodes[place];
  }

  /** Nodes for the steps from a place on, in front of others: for a chain that stops there. */
  @Nullable Node before(int place, @Nullable Node next) {
    Node first = next;
    for (int i = nodes.length - 1; i >= place; i--) {
      first = new Node(nodes[i].callback, nodes[i].errback, first);
    }
    return first;
  }
}
