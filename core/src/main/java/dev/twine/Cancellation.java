package dev.twine;

import java.util.ArrayList;
import java.util.List;
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
 * @param root the chain whose {@code cancel} was called
 * @param turn who called; a run that finds a cancellation of its own turn drops it
 * @param settles whether the end is to be failed even if its canceller throws, as a timeout does
 */
record Cancellation(Chain root, Thread turn, boolean settles) {

  /** A canceller while it runs, so that it is never entered twice at a time. */
  record Claimed(Object canceller) {}

  static void cancel(Chain root, boolean settles) {
    if (Chain.isUnfired(root.stateVolatile()) && cancelUnfired(root, settles)) {
      return;
    }
    if (mark(root)) {
      new Cancellation(root, Turn.current(), settles).walk();
    }
  }

  /** A run that has kept this has come to wait, or has handed its result over. */
  void resume() {
    if (turn == Turn.current()) {
      return;
    }
    try {
      walk();
    } catch (Throwable thrown) { // it was thrown far from the one who called cancel()
      Probes.reported(thrown, "a canceller, called for a cancel() that came while callbacks ran");
    }
  }

  private void walk() {
    while (!tryWalk()) {
      Thread.onSpinWait();
    }
  }

  /** One walk from the top; false if something has changed under it. */
  private boolean tryWalk() {
    List<Chain> path = new ArrayList<>();
    Chain chain = root;
    Chain met = root; // Brent's way to find a cycle: a stone that is moved on ever more rarely
    int reach = 1;
    for (int steps = 0; ; steps++) {
      Object s = chain.stateVolatile();
      if (Chain.isUnfired(s)) {
        return stands(path) && cancelUnfired(chain, settles);
      }
      if (chain.isShielded()) {
        return true;
      }
      Chain inner = chain.waitingOn();
      if (inner == null || isPlainlyIdle(inner) || !waits(chain, inner)) {
        return keepAt(chain, s, inner, path);
      }
      path.add(chain);
      chain = inner;
      if (chain == met) {
        int links = Cycle.length(chain);
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
   * The walk has come to a chain that runs, is about to run, or has nothing to cancel.
   *
   * @param stale what its {@code aux} named, if anything, although it doesn't wait for that
   */
  private boolean keepAt(Chain chain, @Nullable Object s, @Nullable Chain stale, List<Chain> path) {
    if (!mayComeToWait(s)) {
      return true;
    }
    if (!keepIn(chain, s)) {
      return false;
    }
    Chain now = chain.waitingOn();
    path.add(chain);
    return ((now == null || now == stale) && stands(path)) || !withdraw(chain);
  }

  /** Cancels a chain that has not been fired; false if it has been, by now. */
  private static boolean cancelUnfired(Chain chain, boolean settles) {
    for (; ; ) {
      Object canceller = chain.aux();
      if (canceller == null) {
        return chain.fireCancelled(new Failure(new Cancelled()));
      }
      if (canceller instanceof Claimed) {
        return true;
      }
      if (!(canceller instanceof Effect<?>)) {
        if (canceller instanceof Gathering<?> list) {
          list.cancelMembers();
          return true;
        }
        return false; // it waits for another chain: it has been fired
      }
      Claimed claimed = new Claimed(canceller);
      if (chain.casAux(canceller, claimed)) {
        mark(chain);
        call(chain, claimed, settles);
        return true;
      }
      if (!Chain.isUnfired(chain.stateVolatile())) {
        return false;
      }
    }
  }

  @SuppressWarnings("unchecked") // the canceller was given for this very Deferred
  private static void call(Chain chain, Claimed claimed, boolean settles) {
    Cancelled cancelled = new Cancelled();
    try {
      ((Effect<Chain>) claimed.canceller()).call(chain);
    } catch (Throwable thrown) {
      if (!settles) {
        chain.casAux(claimed, claimed.canceller());
        throw Failure.<RuntimeException>sneak(thrown);
      }
      Step.suppress(cancelled, thrown);
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
      if (held.cancelled || chain.cas(s, held.withCancelled(held.swallow))) {
        return true;
      }
    }
  }

  /** Keeps this in a state for the first chain that its run comes to wait on. */
  private boolean keepIn(Chain chain, @Nullable Object s) {
    Held held = Held.of(s);
    return Held.Kept.contains(held.kept, this)
        || chain.cas(s, held.withKept(new Held.Kept(this, held.kept)));
  }

  /** Takes this back; false if the run has got hold of it. */
  private boolean withdraw(Chain chain) {
    for (; ; ) {
      if (!(chain.stateVolatile() instanceof Held held) || !Held.Kept.contains(held.kept, this)) {
        return false;
      }
      if (chain.cas(held, held.withKept(Held.Kept.without(held.kept, this)).simple())) {
        return true;
      }
    }
  }

  private static boolean isPlainlyIdle(Chain chain) {
    Object s = chain.stateVolatile();
    return Idle.is(s) || (s instanceof Held held && held.isFree() && !held.hasQueue());
  }

  /** Running elsewhere, or free with a queue that somebody is about to run. */
  private static boolean mayComeToWait(@Nullable Object s) {
    return s instanceof Node.Running
        || (s instanceof Held held
            && (held.phase == Held.Phase.RUNNING || (held.isFree() && held.hasQueue())));
  }

  /** Whether an outer chain whose {@code aux} names an inner one does wait for it. */
  private static boolean waits(Chain outer, Chain inner) {
    return !(inner.stateVolatile() instanceof Held held) || held.hasWaiter(outer);
  }
}
