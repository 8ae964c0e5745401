package dev.twine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Chains that wait for each other in a circle, and so for ever. */
final class Cycle {

  /** How far a callback's Deferred is followed with debugging on. */
  private static final int LINKS = 1_000;

  private Cycle() {}

  /** The failure of a chain whose callback returned one that waits for it, or null. */
  static @Nullable Failure through(Chain outer, Chain inner) {
    if (outer == inner) {
      return new Failure(
          new IllegalStateException(
              "a callback returned the very Deferred it belongs to, which would wait for itself for"
                  + " ever; return a value, or another Deferred"
                  + outer.sitesText()));
    }
    if (!Debugging.isOn()) {
      return null;
    }
    List<Chain> path = path(inner, outer);
    if (path.isEmpty() || !path.equals(path(inner, outer))) { // links that were read may be gone
      return null;
    }
    StringBuilder sites = new StringBuilder(outer.sitesText());
    for (Chain chain : path) {
      if (chain.aux() instanceof Blocked<?>) {
        sites.append(chain.sitesText());
      }
    }
    Failure cycle =
        new Failure(
            new IllegalStateException(
                "a callback returned a Deferred that waits, over "
                    + path.size()
                    + " links, for the one the callback belongs to: both would wait for ever"
                    + sites));
    breakUp(path, inner);
    return cycle;
  }

  /**
   * What waits from one chain to another one, without the latter; empty if nothing does. It may be
   * a lock that is waited for, and then what the holder of the lock waits for in turn.
   */
  private static List<Chain> path(Chain from, Chain to) {
    List<Chain> path = new ArrayList<>();
    Chain chain = from;
    for (int i = 0; i < LINKS && chain != null && chain != to; i++) {
      path.add(chain);
      Chain inner = next(chain);
      chain = inner == null ? blocker(chain) : inner;
    }
    return chain == to ? path : List.of();
  }

  /** Nobody is left in a queue for a chain that has failed: what it would have got is his. */
  private static void breakUp(List<Chain> path, Chain inner) {
    if (path.stream().anyMatch(chain -> chain.aux() instanceof Blocked<?>)) {
      try {
        Cancellation.cancel(inner, null);
      } catch (Throwable thrown) { // there is nobody whose cancel() it is
        Captured.note(thrown);
        Probes.reported(thrown, "a canceller, called because its Deferred would wait for ever");
      }
      inner.add(null, failure -> null);
    }
  }

  /** What has to fire before an unfired chain can, if its canceller knows. */
  private static @Nullable Chain blocker(Chain chain) {
    if (!(chain.aux() instanceof Blocked<?> canceller)) {
      return null;
    }
    try {
      return canceller.blocker();
    } catch (Throwable thrown) { // it is a question, and nobody's callback
      Captured.note(thrown);
      Probes.reported(thrown, "a canceller, asked for what it waits for");
      return null;
    }
  }

  /** The exception for a walk that has come back to where it was. */
  static IllegalStateException met(Chain chain, int links) {
    return new IllegalStateException(
        chain
            + " waits, over "
            + links
            + " links, for itself: nothing in this cycle can ever fire, and there is nothing to"
            + " cancel; with debugging on a longer cycle fails when it is made"
            + chain.sitesText());
  }

  /** Counts the links of a cycle; 0 if they have changed and there is none of that length. */
  static int length(Chain start, int most) {
    Chain chain = next(start);
    for (int links = 1; links <= most && chain != null; links++) {
      if (chain == start) {
        return links;
      }
      chain = next(chain);
    }
    return 0;
  }

  private static @Nullable Chain next(Chain chain) {
    Chain inner = chain.waitingOn();
    return inner != null && Cancellation.waits(chain, inner) ? inner : null;
  }
}
