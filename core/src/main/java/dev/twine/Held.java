package dev.twine;

import org.jspecify.annotations.Nullable;

/**
 * A state of a {@link Chain} written out in full, immutable.
 *
 * <p>It stands in the state word for everything unusual: pauses, a kept {@code cancel}, a firing
 * that may still be swallowed while idle, callbacks behind a hand-over. Each slow path reads the
 * state word as one of these with {@link #of}, makes the next one, and puts the {@link #simple}
 * form of it back by compare-and-set.
 */
final class Held extends Mark {

  enum Phase {
    /** Not fired. */
    PENDING,
    /** Fired; somebody holds the run right, or it travels with a Deferred that is waited for. */
    RUNNING,
    /** Fired; nobody holds the run right. With pauses 0, whoever claims it may run the queue. */
    READY
  }

  final Phase phase;

  /** How many calls of unpause are owed. */
  final int pauses;

  /** One late firing is to be swallowed. */
  final boolean swallow;

  /** {@code cancel()} was called on this very Deferred. */
  final boolean cancelled;

  /** The idle result, if READY. */
  final @Nullable Object result;

  /** If READY: the nodes that come next, oldest first. */
  final @Nullable Node rest;

  /** The nodes after those, newest first; on a running chain perhaps with a bottom. */
  final @Nullable Node pushed;

  /** Calls of {@code cancel()} for the first Deferred that this run comes to wait on. */
  final @Nullable Kept kept;

  /**
   * Null if whoever's {@code aux} names this chain does wait for it. Else its result was handed
   * over in a way that leaves such a name behind for a moment, and only these wait for it.
   */
  final @Nullable Waiters waiters;

  private Held(
      Phase phase,
      int pauses,
      boolean swallow,
      boolean cancelled,
      @Nullable Object result,
      @Nullable Node rest,
      @Nullable Node pushed,
      @Nullable Kept kept,
      @Nullable Waiters waiters) {
    this.phase = phase;
    this.pauses = pauses;
    this.swallow = swallow;
    this.cancelled = cancelled;
    this.result = result;
    this.rest = rest;
    this.pushed = pushed;
    this.kept = kept;
    this.waiters = waiters;
  }

  /**
   * A call of cancel() that found a run in progress, and those before it.
   *
   * @param turn who called; null once it is certain that it was not the turn that runs
   */
  record Kept(Cancellation cancellation, @Nullable Thread turn, @Nullable Kept next) {

    private boolean is(Cancellation sought, @Nullable Thread by) {
      return turn == by && cancellation.equals(sought);
    }

    static boolean contains(@Nullable Kept list, Cancellation sought, @Nullable Thread by) {
      for (Kept kept = list; kept != null; kept = kept.next) {
        if (kept.is(sought, by)) {
          return true;
        }
      }
      return false;
    }

    /** Whether an older member of the list stands for the same call. */
    boolean isRepeated() {
      for (Kept kept = next; kept != null; kept = kept.next) {
        if (kept.cancellation.equals(cancellation)) {
          return true;
        }
      }
      return false;
    }

    /** The list without one of its members; the order of the others is of no account. */
    static @Nullable Kept without(@Nullable Kept list, Cancellation gone, @Nullable Thread by) {
      Kept others = null;
      for (Kept kept = list; kept != null; kept = kept.next) {
        if (!kept.is(gone, by)) {
          others = new Kept(kept.cancellation, kept.turn, others);
        }
      }
      return others;
    }

    /** The list without what a turn that runs the chain has asked for itself. */
    static @Nullable Kept without(@Nullable Kept list, Thread own) {
      Kept others = null;
      for (Kept kept = list; kept != null; kept = kept.next) {
        if (kept.turn != own) {
          others = new Kept(kept.cancellation, kept.turn, others);
        }
      }
      return others;
    }

    /** The list without the calls of one chain's own cancel(). */
    static @Nullable Kept without(@Nullable Kept list, Chain root) {
      Kept others = null;
      for (Kept kept = list; kept != null; kept = kept.next) {
        if (kept.cancellation.root() != root) {
          others = new Kept(kept.cancellation, kept.turn, others);
        }
      }
      return others;
    }

    /** Only those. */
    static @Nullable Kept of(@Nullable Kept list, Chain root) {
      Kept own = null;
      for (Kept kept = list; kept != null; kept = kept.next) {
        if (kept.cancellation.root() == root) {
          own = new Kept(kept.cancellation, kept.turn, own);
        }
      }
      return own;
    }

    /** The list for a run that begins now: whoever called was not inside of it. */
    static @Nullable Kept fromOutside(@Nullable Kept list) {
      Kept outside = null;
      for (Kept kept = list; kept != null; kept = kept.next) {
        outside = new Kept(kept.cancellation, null, outside);
      }
      return outside;
    }
  }

  /** The chains that have come to wait for a chain since its first result was handed over. */
  record Waiters(@Nullable Chain outer, @Nullable Waiters next) {

    static final Waiters NONE = new Waiters(null, null);
  }

  /** Reads any state word. */
  static Held of(@Nullable Object state) {
    if (state instanceof Held held) {
      return held;
    }
    if (state instanceof Node.Running top) {
      boolean swallow = top instanceof Node.Swallowing;
      return new Held(
          Phase.RUNNING, 0, swallow, swallow, null, null, top.isBottom() ? null : top, null, null);
    }
    if (state instanceof Chain outer) {
      Link waiter = new Link.Waiter(outer);
      return new Held(
          Phase.PENDING, 0, false, false, null, null, new Node(waiter, waiter, null), null, null);
    }
    if (state == null || state instanceof Node) {
      return new Held(Phase.PENDING, 0, false, false, null, null, (Node) state, null, null);
    }
    return new Held(Phase.READY, 0, false, false, state, null, null, null, waitersOf(state));
  }

  /** The end of a run that began with a cancel(), with the right to swallow left. */
  static Held cancelled(Object idle) {
    return new Held(Phase.READY, 0, true, true, idle, null, null, null, waitersOf(idle));
  }

  /** The state word for this: the plain form if nothing is unusual, else this itself. */
  @Nullable Object simple() {
    if (pauses > 0 || kept != null || cancelled != swallow) {
      return this;
    }
    if (waiters != null && (hasQueue() || result != Idle.HANDED)) {
      return this;
    }
    switch (phase) {
      case PENDING:
        return cancelled ? this : pushed;
      case RUNNING:
        if (pushed == null) {
          return swallow ? Node.Swallowing.BOTTOM : Node.Running.BOTTOM;
        }
        boolean sameClass =
            pushed instanceof Node.Running && pushed instanceof Node.Swallowing == swallow;
        return sameClass ? pushed : this;
      default:
        return cancelled || hasQueue() ? this : result;
    }
  }

  boolean hasQueue() {
    return rest != null || pushed != null;
  }

  /**
   * Whether a free chain has something to run: its queue, or the mere end of a run, in which a
   * failure that came while it was paused is marked as unhandled.
   */
  boolean mustRun() {
    return hasQueue() || result instanceof Failure;
  }

  /** True if nobody holds the run right and whoever comes may claim it. */
  boolean isFree() {
    return phase == Phase.READY && pauses == 0;
  }

  Held withPauses(int count) {
    return new Held(phase, count, swallow, cancelled, result, rest, pushed, kept, waiters);
  }

  Held withPushed(@Nullable Node stack) {
    return new Held(phase, pauses, swallow, cancelled, result, rest, stack, kept, waiters);
  }

  Held withKept(@Nullable Kept list) {
    return new Held(phase, pauses, swallow, cancelled, result, rest, pushed, list, waiters);
  }

  Held withCancelled() {
    return new Held(phase, pauses, swallow, true, result, rest, pushed, kept, waiters);
  }

  /** Whoever has called cancel() so far was not inside the run that comes next. */
  Held keptFromOutside() {
    return kept == null ? this : withKept(Kept.fromOutside(kept));
  }

  /** The same for a run that a pause stops: what it has asked for itself is dropped. */
  Held keptAtPause() {
    return kept == null ? this : withKept(Kept.fromOutside(Kept.without(kept, Turn.current())));
  }

  Held withSwallow(boolean swallowing) {
    return new Held(phase, pauses, swallowing, cancelled, result, rest, pushed, kept, waiters);
  }

  /** A chain that gives up its run right, or was fired while paused. */
  Held ready(Object idleResult, @Nullable Node next) {
    return new Held(
        Phase.READY, pauses, swallow, cancelled, idleResult, next, pushed, kept, waiters);
  }

  /** An idle chain after its result was replaced. */
  Held withResult(Object idleResult) {
    Waiters known = waiters != null ? waiters : waitersOf(idleResult);
    return new Held(phase, pauses, swallow, cancelled, idleResult, rest, pushed, kept, known);
  }

  private static @Nullable Waiters waitersOf(Object idleResult) {
    return idleResult == Idle.HANDED ? Waiters.NONE : null;
  }

  /** Another chain has come to wait for this one. */
  Held withWaiter(Chain outer) {
    if (waiters == null) {
      return this;
    }
    Waiters more = new Waiters(outer, waiters);
    return new Held(phase, pauses, swallow, cancelled, result, rest, pushed, kept, more);
  }

  /** One of those has got its result. */
  Held withoutWaiter(Chain outer) {
    if (waiters == null || waiters == Waiters.NONE) {
      return this;
    }
    Waiters others = Waiters.NONE;
    boolean found = false; // it may have come to wait once more already
    for (Waiters each = waiters; each.outer != null && each.next != null; each = each.next) {
      if (each.outer == outer && !found) {
        found = true;
      } else {
        others = new Waiters(each.outer, others);
      }
    }
    return new Held(phase, pauses, swallow, cancelled, result, rest, pushed, kept, others);
  }

  boolean hasWaiter(Chain outer) {
    if (waiters == null) {
      return true;
    }
    for (Waiters each = waiters; each != null; each = each.next) {
      if (each.outer == outer) {
        return true;
      }
    }
    return false;
  }

  /** The run that begins with {@link #queue}; what was pushed behind a rest stays pushed. */
  Held running() {
    Node later = rest != null ? pushed : null;
    return new Held(Phase.RUNNING, 0, swallow, cancelled, null, null, later, kept, waiters);
  }

  /** The nodes that the run begins with; asked by the one who has just claimed it. */
  @Nullable Node queue() {
    return rest != null ? rest : Node.reverse(pushed);
  }
}
