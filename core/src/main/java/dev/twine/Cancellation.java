package dev.twine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@link Deferred#cancel()}: the walk from a chain to the first unfired one that it
 * waits on, directly or through others.
 *
 * <h2>Why it never hits a stranger</h2>
 *
 * A chain that waits on an <i>unfired</i> one doesn't run, so it hands its result to nobody, so
 * whoever waits on it goes on waiting. The walk therefore reads the links once downwards, and again
 * upwards from the unfired end: a link read in the second pass stands as long as the one below it,
 * and the lowest stands until the end is fired. The claim of the end is a compare-and-set that
 * fails if it has been fired; then the walk begins again at the top.
 *
 * <p>Where a run is in progress there is no end yet. The cancellation is then kept in the state of
 * the running chain, which looks for it after it has come to wait on another one and resumes the
 * walk from the top. Two sides can miss each other only if neither sees the other's write; both
 * write first and read afterwards, in volatile mode.
 *
 * <p>Lists are no ends of their own: their members are cancelled one after the other, from a list
 * of what is still to do, as lists may be nested deep.
 *
 * @param root the chain whose {@code cancel} was called
 * @param limit the time limit that cancels, or null. A limit fails the end even if its canceller
 *     throws, and acts no more once the chain has passed its place
 */
record Cancellation(Chain root, @Nullable Timeout limit) {

  /** A canceller while it runs, so that it is never entered twice at a time. */
  static final class Claimed {

    final Object canceller;

    /** A limit that came while the canceller ran, and counts on its Deferred being failed. */
    volatile @Nullable Timeout limit;

    Claimed(Object canceller, @Nullable Timeout limit) {
      this.canceller = canceller;
      this.limit = limit;
    }
  }

  /** The members of lists that are still to be cancelled. */
  private static final class Members {

    /** Whether the walk has come to anything that could be cancelled. */
    private boolean reached;

    /** Null until there is a list. */
    private @Nullable Deque<Chain> rest;

    /** A list that is reached twice, perhaps from one of its own members, is opened once. */
    private @Nullable Set<Gathering<?>> opened;

    void open(Gathering<?> list) {
      if (rest == null || opened == null) {
        rest = new ArrayDeque<>();
        opened = Collections.newSetFromMap(new IdentityHashMap<>());
      }
      if (opened.add(list)) {
        list.membersInto(rest);
      }
    }

    /** Cancels them all; what a canceller throws can't go anywhere. */
    void cancel(@Nullable Thread turn, @Nullable Timeout limit) {
      while (rest != null && !rest.isEmpty()) {
        try {
          new Cancellation(rest.pop(), limit).perform(turn, this);
        } catch (Throwable thrown) {
          Captured.note(thrown);
          Probes.reported(thrown, "the canceller of a member of a list");
        }
      }
    }
  }

  /** Cancels; false if all that it came to had been fired. */
  static boolean cancel(Chain root, @Nullable Timeout limit) {
    if (limit == null && root.cancelUsual()) {
      return true;
    }
    Thread turn = Turn.current();
    Members members = new Members();
    new Cancellation(root, limit).perform(turn, members);
    members.cancel(turn, limit);
    return members.reached;
  }

  /** A run that has kept this has come to wait, or has handed its result over. */
  void resume() {
    Members members = new Members();
    try {
      walk(null, members);
    } catch (Throwable thrown) { // it was thrown far from the one who called cancel()
      Captured.note(thrown);
      Probes.reported(thrown, "a canceller, called for a cancel() that came while callbacks ran");
    }
    members.cancel(null, limit);
  }

  private void perform(@Nullable Thread turn, Members members) {
    if (Chain.isUnfired(root.stateVolatile()) && cancelUnfired(root, members)) {
      return;
    }
    if (limit != null || mark(root)) {
      walk(turn, members);
    }
  }

  private void walk(@Nullable Thread turn, Members members) {
    while (!tryWalk(turn, members)) {
      Thread.onSpinWait();
    }
  }

  /** One walk from the top; false if something has changed under it. */
  private boolean tryWalk(@Nullable Thread turn, Members members) {
    List<Chain> path = new ArrayList<>();
    Chain chain = root;
    Chain met = root; // Brent's way to find a cycle: a stone that is moved on ever more rarely
    int reach = 1;
    for (int steps = 0; ; steps++) {
      Object s = chain.stateVolatile();
      if (Chain.isUnfired(s)) {
        return stands(path) && (isOver() || cancelUnfired(chain, members));
      }
      Chain inner = chain.waitingOn();
      path.add(chain);
      if (inner == null || !waits(chain, inner)) {
        boolean keeps = mayComeToWait(s) || (turn == null && isHeldUp(s));
        return keeps ? keep(chain, s, turn, inner, path) : isEnd(s, path);
      }
      if (chain.isShielded()) {
        return stands(path);
      }
      chain = inner;
      if (chain == met) {
        int links = Cycle.length(chain, path.size());
        if (links > 0) {
          throw Cycle.met(chain, links);
        }
        return false;
      }
      if (steps == reach) {
        met = chain;
        reach *= 2;
      }
    }
  }

  /** The chain has passed the place of the limit, and nothing after it is to be cancelled. */
  private boolean isOver() {
    return limit != null && limit.isOver(root);
  }

  /** Nothing to cancel; but a chain that has become idle has given its result to the one above. */
  private static boolean isEnd(@Nullable Object s, List<Chain> path) {
    return path.size() == 1 || (!isPlainlyIdle(s) && stands(path));
  }

  /** Reads the links down to the last member of a path again, from the lowest one upwards. */
  private static boolean stands(List<Chain> path) {
    for (int i = path.size() - 2; i >= 0; i--) {
      Chain inner = path.get(i + 1);
      if (path.get(i).waitingOn() != inner || !waits(path.get(i), inner)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The walk has come to a chain that runs or is about to run: leaves this in its state.
   *
   * @param stale what its {@code aux} named, if anything, although it doesn't wait for that
   */
  private boolean keep(
      Chain chain,
      @Nullable Object s,
      @Nullable Thread turn,
      @Nullable Chain stale,
      List<Chain> path) {
    if (isOver()) {
      return true;
    }
    if (!keepIn(chain, s, turn)) {
      return false;
    }
    Chain now = chain.waitingOn();
    boolean runs = now == null || (now == stale && !waits(chain, now));
    return (runs && stands(path)) || !withdraw(chain, turn);
  }

  /** Cancels a chain that has not been fired; false if it has been, by now. */
  private boolean cancelUnfired(Chain chain, Members members) {
    for (; ; ) {
      Object canceller = chain.aux();
      if (canceller == null) {
        boolean fired = chain.fireCancelled(new Failure(new Cancelled()), limit == null);
        members.reached |= fired;
        return fired;
      }
      if (canceller instanceof Claimed claimed) {
        if (limit != null) {
          claimed.limit = limit;
        }
        if (chain.aux() == claimed) {
          members.reached = true;
          return true;
        }
      } else if (canceller instanceof Effect<?>) {
        Claimed claimed = new Claimed(canceller, limit);
        if (chain.casAux(canceller, claimed)) {
          members.reached = true;
          markIfAsked(chain);
          call(chain, claimed);
          return true;
        }
      } else if (canceller instanceof Gathering<?> list) {
        markIfAsked(chain);
        members.reached = true;
        members.open(list);
        return true;
      }
      if (!Chain.isUnfired(chain.stateVolatile())) {
        return false;
      }
    }
  }

  /** A limit is nobody's wish: what it makes fail is reported like any failure. */
  private void markIfAsked(Chain chain) {
    if (limit == null) {
      mark(chain);
    }
  }

  @SuppressWarnings("unchecked") // the canceller was given for this very Deferred
  private void call(Chain chain, Claimed claimed) {
    Cancelled cancelled = new Cancelled();
    try {
      ((Effect<Chain>) claimed.canceller).call(chain);
    } catch (Throwable thrown) {
      if (limit == null) {
        chain.casAux(claimed, claimed.canceller);
      }
      if (claimed.limit != null) {
        Step.suppress(cancelled, thrown);
        chain.tryFire(new Failure(cancelled));
      }
      if (limit == null) {
        throw Failure.<RuntimeException>sneak(thrown);
      }
      return;
    }
    chain.tryFire(new Failure(cancelled));
  }

  // ---- what a cancel does with states

  /** Remembers, for a report, that cancel() was called; false if the chain is idle. */
  private static boolean mark(Chain chain) {
    for (; ; ) {
      Object s = chain.stateVolatile();
      Held held = Held.of(s);
      if (held.phase == Held.Phase.READY && !held.hasQueue()) {
        return false;
      }
      if (held.cancelled || chain.cas(s, held.withCancelled().simple())) {
        return true;
      }
    }
  }

  /** Keeps this in a state for the first chain that its run comes to wait on. */
  private boolean keepIn(Chain chain, @Nullable Object s, @Nullable Thread turn) {
    Held held = Held.of(s);
    return Held.Kept.contains(held.kept, this, turn)
        || chain.cas(s, held.withKept(new Held.Kept(this, turn, held.kept)));
  }

  /** Takes this back; false if the run has got hold of it. */
  private boolean withdraw(Chain chain, @Nullable Thread turn) {
    for (; ; ) {
      if (!(chain.stateVolatile() instanceof Held held)
          || !Held.Kept.contains(held.kept, this, turn)) {
        return false;
      }
      if (chain.cas(held, held.withKept(Held.Kept.without(held.kept, this, turn)).simple())) {
        return true;
      }
    }
  }

  private static boolean isPlainlyIdle(@Nullable Object s) {
    return Idle.is(s) || (s instanceof Held held && held.isFree() && !held.hasQueue());
  }

  /** Running elsewhere, or free with a queue that somebody is about to run. */
  private static boolean mayComeToWait(@Nullable Object s) {
    return s instanceof Node.Running
        || (s instanceof Held held
            && (held.phase == Held.Phase.RUNNING || (held.isFree() && held.hasQueue())));
  }

  /** Stopped by a pause in front of more callbacks: a cancel that was kept before is kept on. */
  private static boolean isHeldUp(@Nullable Object s) {
    return s instanceof Held held && held.phase == Held.Phase.READY && held.hasQueue();
  }

  /** Whether an outer chain whose {@code aux} names an inner one does wait for it. */
  static boolean waits(Chain outer, Chain inner) {
    Object s = inner.stateVolatile();
    return !isPlainlyIdle(s) && !(s instanceof Held held && !held.hasWaiter(outer));
  }
}
