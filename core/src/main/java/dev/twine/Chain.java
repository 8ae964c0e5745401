package dev.twine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a {@link Deferred}, untyped, and whatever runs callbacks: {@link #run} can
 * do all there is to do, {@link #runUsual} and {@link #addToValue} what is usual, and fast.
 *
 * <h2>Overview</h2>
 *
 * A chain is three references. {@code state} decides everything and changes by compare-and-set
 * only; {@code rest} and {@code aux} belong to whoever holds the <i>run right</i>: the one whose
 * compare-and-set has taken {@code state} from pending or idle to running. The run right is given
 * up by the compare-and-set that makes the chain idle, or handed on, without any atomic, through
 * the Deferred that the chain comes to wait on.
 *
 * <pre>
 *             add: Node                        add: Running (Swallowing)
 *              +--+                                     +--+
 *              |  v            fire, with nodes         |  v
 *   new ---> PENDING ---------------------------------> RUNNING <---------------------+
 *              |     \          cancel (swallowing)     | ^  |                        |
 *              |      \                                 | |  | a callback returned    |
 *              |       \ fire,                   nodes  | |  | an unfired Deferred    |
 *              |        \ no nodes               at end | |  v                        |
 *              |         \                              | |  (suspended: aux says on  |
 *              |          +-----------> IDLE <----------+ |   what; the state word    |
 *              |                         |                |   stays RUNNING)          |
 *              |                         +----------------+                           |
 *        pause |                            add, which runs at once                   |
 *              v                                                                      |
 *            HELD  -------- unpause, fire, a claim of what is free: back to any ------+
 * </pre>
 *
 * <p>The state word is one of
 *
 * <ul>
 *   <li>null: PENDING, nothing added;
 *   <li>a {@link Node} or slot: PENDING, a stack with the newest on top;
 *   <li>another {@link Chain}: PENDING, exactly that one waits for this and nothing else is added;
 *   <li>a {@link Node.Running}: RUNNING (or suspended), a stack pushed meanwhile on a bottom; a
 *       {@link Node.Swallowing} on top says that one late firing may still be swallowed, and a push
 *       copies the class of the top;
 *   <li>{@link Held}: everything unusual, written out in full;
 *   <li>{@link Unhandled}: IDLE with a failure that nobody has handled;
 *   <li>anything else: IDLE with that result, encoded ({@link Idle} for null and for <i>taken</i>,
 *       {@link Idle.Handled} for a failure that a fork or {@code get()} has handled).
 * </ul>
 *
 * <p>{@code aux} is one of: null, the canceller, {@link Cancellation.Claimed} while it runs, the
 * chain that this one waits on; for a list that has fired {@link Shield} instead of null or around
 * the chain; or {@link Sites} around any of these.
 *
 * <p>Leniencies: a suspended chain can't be told from a running one by its state word alone; {@code
 * aux} may name, for a moment, an inner chain that has handed its result over already (HANDED says
 * so, and from then on {@link Held} lists who waits for it); a result that {@code Held} keeps for a
 * paused chain is tracked as unhandled only if its chain has ended.
 */
abstract class Chain extends Mark {

  /** The answer of {@link #claimFire} when the chain had been fired before. */
  private static final Chain LOST = new Answer();

  /** The answer when a cancel before has left the right to swallow this firing. */
  private static final Chain SWALLOWED = new Answer();

  /** The answers of {@link #take} and {@link #takeOrEnqueue} when there is no result to take. */
  private static final Object NOT_IDLE = new Object();

  private static final Object WAITS = new Object();

  private static final Node.Running RUNNING = Node.Running.BOTTOM;

  private static final class Answer extends Chain {
    Answer() {
      super((Object) null);
    }
  }

  private static final VarHandle STATE;
  private static final VarHandle AUX;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(Chain.class, "state", Object.class);
      AUX = lookup.findVarHandle(Chain.class, "aux", Object.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /** True once it must be known who runs a chain; see {@link OwnTurn}. */
  static boolean tracking;

  /** See above; changes by compare-and-set only. */
  @SuppressWarnings("UnusedVariable") // through the VarHandle
  private @Nullable Object state;

  /**
   * The nodes behind a wait; written by the holder of the run right right before the
   * compare-and-set that passes it on, read by the one that it was passed to. With tracking on, and
   * while callbacks run, the turn that runs them.
   */
  private @Nullable Object rest;

  /** See above; the canceller in it is claimed by compare-and-set. */
  private @Nullable Object aux;

  /** A pending chain. */
  Chain(@Nullable Object canceller) {
    if (Debugging.isOn()) {
      aux = new Sites(canceller, new Sites.Site("the Deferred was made"), null);
    } else if (canceller != null) {
      aux = canceller;
    }
    VarHandle.storeStoreFence(); // a chain may be published by a race
  }

  /** A chain that runs from its first node on; see {@link #start}. */
  Chain(Node first) {
    this((Object) null);
    state = RUNNING;
    rest = first;
    VarHandle.storeStoreFence();
  }

  /** Only for a constructor: the chain is fired before anybody else can know it. */
  final void beFired(@Nullable Object result) {
    if (aux instanceof Sites sites) {
      sites.fired = sites.created;
    }
    state = idle(result, false, false);
    VarHandle.storeStoreFence();
  }

  // ---- the three fields

  @Nullable Object stateAcquire() {
    return STATE.getAcquire(this);
  }

  @Nullable Object stateVolatile() {
    return STATE.getVolatile(this);
  }

  boolean cas(@Nullable Object expected, @Nullable Object next) {
    return STATE.compareAndSet(this, expected, next);
  }

  /** What {@code aux} says, below the sites. */
  @Nullable Object aux() {
    Object value = AUX.getVolatile(this);
    return value instanceof Sites sites ? sites.aux() : value;
  }

  /** What a chain waits on, or null; only for the holder of the run right. */
  private void setAux(@Nullable Chain inner) {
    Object now = AUX.getAcquire(this);
    if (now == null || now instanceof Deferred<?>) {
      AUX.setRelease(this, inner);
    } else if (now instanceof Sites sites) {
      sites.setAux(shielded(sites.aux(), inner));
    } else {
      AUX.setRelease(this, shielded(now, inner));
    }
  }

  /** A list that has fired lets no cancel through to what its chain waits on (B191). */
  record Shield(@Nullable Chain inner) {}

  private static @Nullable Object shielded(@Nullable Object now, @Nullable Chain inner) {
    return now instanceof Shield || (now instanceof Gathering<?> && !(now instanceof Effect<?>))
        ? new Shield(inner)
        : inner;
  }

  final boolean isShielded() {
    return aux() instanceof Shield;
  }

  boolean casAux(@Nullable Object expected, @Nullable Object value) {
    return AUX.getAcquire(this) instanceof Sites sites
        ? sites.casAux(expected, value)
        : AUX.compareAndSet(this, expected, value);
  }

  @Nullable Sites sites() {
    return AUX.getAcquire(this) instanceof Sites sites ? sites : null;
  }

  String sitesText() {
    Sites sites = sites();
    return sites == null ? "" : Sites.text(sites.created, sites.fired);
  }

  /** The chain that this one waits on, if it is suspended. */
  @Nullable Chain waitingOn() {
    Object value = aux();
    if (value instanceof Chain inner) {
      return inner;
    }
    return value instanceof Shield shield ? shield.inner : null;
  }

  private @Nullable Node takeRest() {
    Node nodes = (Node) rest;
    rest = null;
    return nodes;
  }

  /** The callbacks that follow run on this turn; written down with tracking on. */
  private void runsHere() {
    if (tracking) {
      rest = Turn.current();
    } else {
      Turn.callsBack();
    }
  }

  /** Before the run right is given up. */
  private void runsNoMore() {
    if (rest instanceof Thread) {
      rest = null;
    }
  }

  /** The turn that runs this chain, if it is known; read racily. */
  final @Nullable Thread owner() {
    return rest instanceof Thread turn ? turn : null;
  }

  /** Fired, and neither idle nor waiting for another chain. */
  final boolean isRunning() {
    Object s = stateVolatile();
    return (s instanceof Node.Running
            || (s instanceof Held held && held.phase == Held.Phase.RUNNING))
        && waitingOn() == null;
  }

  // ---- states

  static boolean isUnfired(@Nullable Object state) {
    return state == null
        || state instanceof Chain
        || (state instanceof Node && !(state instanceof Node.Running))
        || (state instanceof Held held && held.phase == Held.Phase.PENDING);
  }

  /** The state word for a chain whose last node left this result; marks a failure as unhandled. */
  private Object idle(@Nullable Object result, boolean excused, boolean cancelled) {
    if (result instanceof Failure failure) {
      return excused ? new Idle.Handled(failure) : Unhandled.mark(this, failure, cancelled);
    }
    return Idle.encode(result);
  }

  /** The result in an idle word that has just been claimed; it is not reported any more. */
  final @Nullable Object open(@Nullable Object idle) {
    try {
      Idle.settle(idle);
    } finally {
      Reference.reachabilityFence(this); // not to be reported between the claim and this
    }
    return Idle.result(idle);
  }

  // ---- add

  final void add(
      @Nullable Callback<@Nullable Object, @Nullable Object> callback,
      @Nullable Callback<@Nullable Object, @Nullable Object> errback) {
    Object s = stateAcquire();
    if (s == null) {
      if (cas(null, new Node(callback, errback, null))) {
        return;
      }
    } else if (s.getClass() == Node.class) {
      if (cas(s, new Node(callback, errback, (Node) s))) {
        return;
      }
    }
    if (s == null || callback == null || !addToValue(s, callback)) {
      addSlow(callback, errback);
    }
  }

  /**
   * Runs a callback on an idle value, as {@link #runOne} does but written out; false if that has to
   * do it, or the chain is anything else, by now.
   */
  private boolean addToValue(Object s, Callback<@Nullable Object, @Nullable Object> callback) {
    if (!Idle.isValue(s) || callback instanceof Link || tracking || !cas(s, RUNNING)) {
      return false;
    }
    Object result = Idle.value(s);
    Turn.callsBack();
    if (Probes.PRESENT) {
      Probes.entering(this, result);
    }
    Object next;
    try {
      next = callback.call(result);
    } catch (Throwable thrown) {
      next = Captured.failure(thrown, callback, result);
    }
    if (!isPlain(next) || !cas(RUNNING, Idle.encode(next))) {
      run(this, next, null, null);
    }
    return true;
  }

  private void addSlow(
      @Nullable Callback<@Nullable Object, @Nullable Object> callback,
      @Nullable Callback<@Nullable Object, @Nullable Object> errback) {
    for (; ; ) {
      Object s = stateAcquire();
      if (s != null && Idle.isValue(s)) {
        if (callback == null) {
          return;
        }
        if (cas(s, RUNNING)) {
          runOne(callback, Idle.value(s), null);
          return;
        }
      } else if (s != null && Idle.is(s)) {
        if (addIdle(s, Idle.isFailure(s) ? errback : callback)) {
          return;
        }
      } else if (s instanceof Node.Running top) {
        if (cas(s, Node.Running.on(top, callback, errback))) {
          return;
        }
      } else {
        Held held = Held.of(s);
        if (held.isFree() && !held.hasQueue() && passes(held.result, callback, errback)) {
          return;
        }
        Held next = held.withPushed(new Node(callback, errback, held.pushed));
        if (held.isFree() ? claimAndRun(held, next) : cas(s, next.simple())) {
          return;
        }
      }
    }
  }

  /** Adds prepared steps in one go; on an idle value they run without any node. */
  final void addPrepared(Prepared steps) {
    Node first = steps.first;
    if (first == null) {
      return;
    }
    Object s = stateAcquire();
    if (s != null
        && steps.onValue() != null
        && isUnwatched()
        && !tracking
        && Idle.isValue(s)
        && cas(s, RUNNING)) {
      runPrepared(steps, Idle.value(s));
    } else {
      add(steps.onValue(), steps.onFailure());
    }
  }

  /** Runs prepared steps on a value, as long as nothing but values comes of them. */
  private void runPrepared(Prepared steps, @Nullable Object value) {
    Turn.callsBack();
    Callback<@Nullable Object, @Nullable Object>[] callbacks = steps.callbacks;
    Object now = value;
    int done = 0;
    while (done < callbacks.length && stateAcquire() == RUNNING && isPlain(now)) {
      Callback<@Nullable Object, @Nullable Object> callback = callbacks[done++];
      try {
        now = callback.call(now);
      } catch (Throwable thrown) {
        now = Captured.failure(thrown, callback, now);
      }
    }
    if (done < callbacks.length || !isPlain(now) || !cas(RUNNING, Idle.encode(now))) {
      run(this, now, steps.after(done), null);
    }
  }

  private static boolean passes(
      @Nullable Object idle,
      @Nullable Callback<@Nullable Object, @Nullable Object> callback,
      @Nullable Callback<@Nullable Object, @Nullable Object> errback) {
    return (Idle.isFailure(idle) ? errback : callback) == null
        && !(idle instanceof Unhandled mark && mark.isSettled());
  }

  /** Runs one callback on an idle chain, without a node; false if the chain has changed. */
  private boolean addIdle(
      Object s, @Nullable Callback<@Nullable Object, @Nullable Object> callback) {
    if (callback == null) {
      return !(s instanceof Unhandled mark && mark.isSettled()) || passOn(mark);
    }
    if (s == Idle.HANDED) {
      return claimAndRun(s, Held.of(s).withPushed(new Node(callback, callback, null)));
    }
    if (!cas(s, RUNNING)) {
      return false;
    }
    runOne(callback, open(s), Idle.handled(s));
    return true;
  }

  /** A failure that somebody has looked at goes past a callback, and is to be reported again. */
  private boolean passOn(Unhandled settled) {
    if (!cas(settled, RUNNING)) {
      return false;
    }
    run(this, settled.failure, null, null);
    return true;
  }

  /** The run of a chain that has one callback. */
  private void runOne(
      Callback<@Nullable Object, @Nullable Object> callback,
      @Nullable Object result,
      @Nullable Failure excused) {
    if (callback instanceof Link) {
      run(this, result, new Node(callback, callback, null), excused);
      return;
    }
    runsHere();
    Object next = enter(this, callback, result);
    runsNoMore();
    if (!isPlain(next) || !cas(RUNNING, Idle.encode(next))) {
      run(this, next, null, excused);
    }
  }

  /** Whether the next callback may be called: no Deferred is to be waited for, and no pause. */
  final boolean goesOn(@Nullable Object result) {
    return !(result instanceof Chain) && !(stateAcquire() instanceof Held held && held.pauses > 0);
  }

  /** Neither a failure nor a Deferred to wait for. */
  private static boolean isPlain(@Nullable Object result) {
    return !(result instanceof Failure) && !(result instanceof Chain);
  }

  /** Claims a free chain in the form that it is to run in; false if it has changed. */
  private boolean claimAndRun(@Nullable Object s, Held next) {
    if (!cas(s, next.running().simple())) {
      return false;
    }
    run(this, open(next.result), next.queue(), Idle.handled(next.result));
    return true;
  }

  // ---- fire

  /**
   * Fires with a value or a failure.
   *
   * <p>What everybody has comes first, and the compare-and-set stands here itself: where few chains
   * are fired without callbacks, HotSpot would leave a call.
   */
  final void fire(@Nullable Object result) {
    if (isUnwatched() && stateAcquire() == null && aux == null && !(result instanceof Failure)) {
      Object idle = result == null ? Idle.NULL : result;
      if (STATE.compareAndSet(this, (Object) null, idle)) {
        return;
      }
    }
    runUsual(this, result, null);
  }

  private static boolean isUnwatched() {
    return !Debugging.isOn() && !Probes.PRESENT;
  }

  /**
   * The member of a list gets a value that the list only has to count: then nothing is to run, and
   * the member becomes idle at once. If the list got its other results meanwhile, it fires here.
   */
  private boolean fireSlot(@Nullable Object result, Slot slot) {
    if (!isPlain(result) || !slot.onlyCountsValues() || !cas(slot, Idle.encode(result))) {
      return false;
    }
    Object gift = slot.give(result);
    if (gift != Link.NOTHING) {
      slot.target().tryFire(gift);
    }
    return true;
  }

  /** Fires unless the chain has been fired; false says so. */
  final boolean tryFire(@Nullable Object result) {
    return runClaimed(claimFire(result, Firing.PLAIN), result);
  }

  /**
   * Does what cancel() does to the usual chain: unfired, with callbacks, without a canceller; false
   * if it is another, by now.
   */
  final boolean cancelUsual() {
    Object s = stateVolatile();
    if (s == null || s.getClass() != Node.class || AUX.getAcquire(this) != null || !isUnwatched()) {
      return false;
    }
    Failure cancelled = new Failure(new Cancelled());
    if (!cas(s, Node.Swallowing.BOTTOM)) {
      return false;
    }
    runUsual(this, cancelled, Node.reverse((Node) s));
    return true;
  }

  /**
   * Fails as cancelled, leaving the right to swallow one firing; false if it has been fired.
   *
   * @param asked whether somebody called cancel(), and not a time limit
   */
  final boolean fireCancelled(Failure cancellation, boolean asked) {
    return runClaimed(claimFire(cancellation, asked ? Firing.CANCEL : Firing.LIMIT), cancellation);
  }

  private static boolean runClaimed(@Nullable Chain claimed, @Nullable Object result) {
    if (claimed == LOST) {
      return false;
    }
    if (claimed != null && claimed != SWALLOWED) {
      run(claimed, result, claimed.takeRest(), null);
    }
    return true;
  }

  /** Why a chain is fired. */
  private enum Firing {
    /** By the one who has the result. */
    PLAIN,
    /** By cancel(), which leaves the right to swallow the former. */
    CANCEL,
    /** Likewise by a time limit. */
    LIMIT
  }

  /**
   * Fires, and leaves the running to the caller.
   *
   * @return the chain whose run right the caller holds now, its nodes in {@code rest}: this one, or
   *     the one that waited for it; null if there is nothing to run; SWALLOWED; LOST
   */
  private @Nullable Chain claimFire(@Nullable Object result, Firing firing) {
    for (; ; ) {
      Object s = stateAcquire();
      if (!isUnfired(s)) {
        if (firing != Firing.PLAIN || !mayBeSwallowed(s)) {
          return LOST;
        }
        if (cas(s, Held.of(s).withSwallow(false).simple())) {
          return SWALLOWED;
        }
      } else if (s == null && firing == Firing.PLAIN && !(result instanceof Failure)) {
        if (cas(null, Idle.encode(result))) {
          fired();
          return null;
        }
      } else if (s instanceof Chain outer && firing == Firing.PLAIN) {
        if (cas(s, Idle.HANDED)) {
          fired();
          if (Probes.PRESENT) {
            Probes.entering(this, result);
          }
          return outer.resume(result) ? outer : null;
        }
      } else if (s instanceof Node top && firing != Firing.LIMIT) {
        if (cas(s, firing == Firing.PLAIN ? RUNNING : Node.Swallowing.BOTTOM)) {
          fired();
          rest = Node.reverse(top);
          return this;
        }
      } else {
        Held held = fired(Held.of(s), firing);
        boolean runs = held.pauses == 0 && held.pushed != null;
        Held next = runs ? held.running() : held.ready(firedIdle(held, result), null);
        if (cas(s, next.simple())) {
          fired();
          if (!runs) {
            return null;
          }
          rest = held.queue();
          return this;
        }
        Idle.settle(next.result);
      }
    }
  }

  private static Held fired(Held pending, Firing firing) {
    switch (firing) {
      case CANCEL:
        return pending.withSwallow(true).withCancelled();
      case LIMIT:
        return pending.withSwallow(true);
      default:
        return pending;
    }
  }

  /** A chain that is fired while paused has not run, so its failure is not marked (B139). */
  private Object firedIdle(Held held, @Nullable Object result) {
    return held.pauses > 0 ? Idle.encode(result) : idle(result, false, held.cancelled);
  }

  private static boolean mayBeSwallowed(@Nullable Object state) {
    return state instanceof Node.Swallowing || (state instanceof Held held && held.swallow);
  }

  /**
   * Right after the firing, and before anything that the firing thread runs. The firing may have
   * given the run right up already, so what whoever has it now waits on must not be touched.
   */
  private void fired() {
    if (Debugging.isOn() || Probes.PRESENT) {
      firedWatched();
    }
    if (aux != null) {
      dropCanceller();
    }
  }

  private void dropCanceller() {
    for (; ; ) {
      Object now = aux();
      if (now == null || now instanceof Chain || now instanceof Shield) {
        return;
      }
      if (casAux(now, shielded(now, null))) {
        return;
      }
    }
  }

  private void firedWatched() {
    if (Debugging.isOn()) {
      Sites.Site site = new Sites.Site("the Deferred was fired first");
      Object now = AUX.getVolatile(this);
      while (!(now instanceof Sites) && !AUX.compareAndSet(this, now, new Sites(now, null, site))) {
        now = AUX.getVolatile(this);
      }
      if (now instanceof Sites sites) {
        sites.fired = site;
      }
    }
    if (Probes.PRESENT) {
      Probes.fired(this);
    }
  }

  final AlreadyCalledException alreadyCalled() {
    Sites sites = sites();
    String made = sites == null || sites.created == null ? "" : Sites.text(sites.created, null);
    String help = Debugging.isOn() ? "" : "; Deferred.setDebugging(true) makes this say where";
    return new AlreadyCalledException(
        "a Deferred fires once only, and this one has been fired before" + help + made,
        sites == null ? null : sites.fired);
  }

  // ---- run

  /**
   * The usual runs: fires a chain, unless its nodes are given, and runs it to its end, or to
   * anything unusual, where {@link #run} goes on.
   *
   * <p>All of this in one method on purpose: HotSpot makes none of more than 325 bytes a part of
   * its callers, and so {@link #fire} stays small enough to become a part of its own; {@code
   * InliningTest} looks at that.
   *
   * @param chain the chain; if nodes are given, the caller holds its run right
   * @param first its nodes, oldest first, which are only read
   */
  private static void runUsual(Chain chain, @Nullable Object result, @Nullable Node first) {
    Chain d = chain;
    Node next = first;
    if (next == null) {
      Object s = chain.stateAcquire();
      if (chain.aux != null || !isUnwatched()) {
        d = null;
      } else if (s instanceof Slot slot) {
        if (chain.fireSlot(result, slot)) {
          return;
        }
        d = null;
      } else if (s instanceof Deferred<?> && chain.cas(s, Idle.HANDED)) {
        d = (Chain) s;
        if (!d.resume(result)) {
          return;
        }
        next = d.takeRest();
      } else if (s != null && s.getClass() == Node.class && chain.cas(s, RUNNING)) {
        Node top = (Node) s;
        next = top.next == null ? top : Node.reverse(top);
      } else {
        d = null;
      }
      if (d == null) {
        if (!chain.tryFire(result)) {
          throw chain.alreadyCalled();
        }
        return;
      }
    }
    d.runsHere();
    Object now = result;
    while (next != null && !(d.stateAcquire() instanceof Held held && held.pauses > 0)) {
      Callback<@Nullable Object, @Nullable Object> callback =
          now instanceof Failure ? next.errback : next.callback;
      if (callback instanceof Link) {
        break;
      }
      next = next.next;
      if (callback != null) {
        try {
          now = callback.call(now);
        } catch (Throwable thrown) {
          now = Captured.failure(thrown, callback, now);
        }
        if (now instanceof Chain inner) {
          Object value = inner.takeValue();
          now = value == NOT_IDLE ? d.takeOrWait(inner, next) : value;
          if (now == WAITS) {
            return;
          }
        }
      }
    }
    d.runsNoMore();
    if (next != null || !isPlain(now) || !d.endUsual(now)) {
      run(d, now, next, null);
    }
  }

  /** Gives the run right up if nothing was added meanwhile, and nothing else was done. */
  private boolean endUsual(@Nullable Object value) {
    Object idle = Idle.encode(value);
    Object s = stateAcquire();
    return s == Node.Swallowing.BOTTOM ? cas(s, Held.cancelled(idle)) : cas(RUNNING, idle);
  }

  /** Starts a chain that was made running. */
  final void start(@Nullable Object result) {
    run(this, result, takeRest(), null);
  }

  /**
   * Runs a chain, and whatever chains hang on it, to their ends; the caller holds the run right.
   *
   * <p>The loop needs no stack for chains that wait for each other, hand results on, or fill the
   * slots of lists. A chain that must be come back to lies on a small frame.
   *
   * @param d the chain that runs
   * @param result its current result: a value, a Failure, or a Deferred just returned
   * @param next its nodes, oldest first
   * @param excused a failure that is not to be reported if it is the result in the end: a fork has
   *     taken over the duty, or somebody got it
   */
  private static void run(
      Chain d, @Nullable Object result, @Nullable Node next, @Nullable Failure excused) {
    Frame below = null;
    boolean ours = true;
    d.runsHere();
    for (; ; ) {
      if (!ours) {
        // The run right of d has been given up: back to the chain that was set aside last.
        if (below == null) {
          return;
        }
        Frame frame = below;
        below = frame.below;
        d = frame.chain;
        Held claimed = frame.running ? null : d.claimQueue();
        if (frame.running) {
          result = frame.result;
          next = frame.next;
        } else if (claimed != null) {
          result = d.open(claimed.result);
          next = claimed.queue();
        } else {
          continue;
        }
        excused = claimed == null ? frame.excused : Idle.handled(claimed.result);
        ours = true;
        d.runsHere();
      }
      if (result instanceof Chain inner) {
        Object value = inner.takeValue();
        result = value == NOT_IDLE ? d.takeOrWait(inner, next) : value;
        if (result == WAITS) {
          ours = false;
          continue;
        }
      }
      if (next == null) {
        d.runsNoMore();
        if (isPlain(result) && d.cas(RUNNING, Idle.encode(result))) {
          ours = false;
          continue;
        }
        next = d.moreOrEnd(result, result == excused);
        if (next == null) {
          ours = false;
          continue;
        }
        d.runsHere();
      }
      if (d.stateAcquire() instanceof Held held && held.pauses > 0) {
        d.runsNoMore();
        ours = !d.cas(held, held.keptAtPause().ready(Idle.held(result, excused), next));
        if (ours) {
          d.runsHere();
        }
        continue;
      }
      Node node = next;
      next = node.next;
      Callback<@Nullable Object, @Nullable Object> callback = node.on(result);
      if (callback == null) {
        continue;
      }
      if (!(callback instanceof Link link)) {
        result = enter(d, callback, result);
        continue;
      }
      if (link instanceof Prepared steps) {
        Node step = steps.first;
        for (; step != null && d.goesOn(result); step = step.next) {
          Callback<@Nullable Object, @Nullable Object> prepared = step.on(result);
          result = prepared == null ? result : enter(d, prepared, result);
        }
        next = Node.copy(step, next);
        continue;
      }
      if (Probes.PRESENT) {
        Probes.entering(d, result);
      }
      if (link instanceof Link.Waiter waiter) {
        Chain outer = waiter.outer;
        ours = outer.resume(result); // before d can be claimed by another thread
        if (d.handOver(outer, next)) {
          below = new Frame(d, below);
        }
        if (ours) {
          d = outer;
          next = outer.takeRest();
          excused = null;
          d.runsHere();
        }
        continue;
      }
      if (link instanceof Link.Repeat repeat) {
        boolean again = Boolean.TRUE.equals(result);
        next = again ? node : next;
        result = again ? repeat.steps(d) : null;
        continue;
      }
      Object gift = link.give(result);
      Chain claimed = gift == Link.NOTHING ? null : link.target().claimFire(gift, Firing.PLAIN);
      if (claimed != LOST
          && claimed != SWALLOWED
          && result instanceof Failure failure
          && link.excuses()) {
        excused = failure;
      }
      if (claimed == null || claimed == LOST || claimed == SWALLOWED) {
        result = claimed == LOST ? link.lost(result) : link.left(result);
        continue;
      }
      below = new Frame(d, link.left(result), next, excused, below);
      d = claimed;
      result = gift;
      next = d.takeRest();
      excused = null;
      d.runsHere();
    }
  }

  /** Calls one callback; what it throws becomes a failure. */
  private static @Nullable Object enter(
      Chain d, Callback<@Nullable Object, @Nullable Object> callback, @Nullable Object result) {
    if (Probes.PRESENT) {
      Probes.entering(d, result);
    }
    try {
      return callback.call(result);
    } catch (Throwable thrown) {
      return Captured.failure(thrown, callback, result);
    }
  }

  /**
   * At the end of the known nodes: gives those pushed meanwhile, or null after giving up the run
   * right.
   */
  private @Nullable Node moreOrEnd(@Nullable Object result, boolean excused) {
    for (; ; ) {
      Object s = stateAcquire();
      if (s instanceof Node.Running top && top != RUNNING && !(top instanceof Node.Swallowing)) {
        if (cas(top, RUNNING)) {
          return Node.reverse(top);
        }
      } else if (s == RUNNING) {
        Object idle = idle(result, excused, false);
        if (cas(RUNNING, idle)) {
          return null;
        }
        Idle.settle(idle);
      } else if (s == Node.Swallowing.BOTTOM) {
        Object idle = idle(result, excused, true);
        if (cas(s, Held.cancelled(idle))) {
          return null;
        }
        Idle.settle(idle);
      } else {
        Held held = Held.of(s);
        if (held.pushed != null) {
          if (cas(s, held.withPushed(null).simple())) {
            return Node.reverse(held.pushed);
          }
          continue;
        }
        Object idle = idle(result, excused, held.cancelled);
        if (cas(s, held.withKept(null).ready(idle, null).simple())) {
          resumeOthers(held.kept);
          return null;
        }
        Idle.settle(idle);
      }
    }
  }

  /** Claims what is queued on a free chain that was set aside, unless somebody else has. */
  private @Nullable Held claimQueue() {
    for (; ; ) {
      Object s = stateAcquire();
      if (!(s instanceof Held held) || !held.isFree() || !held.hasQueue()) {
        return null;
      }
      if (cas(held, held.running().simple())) {
        return held;
      }
    }
  }

  // ---- waiting for another chain

  /**
   * Takes the result of a chain that a callback of this one returned, or suspends this one until it
   * has one.
   *
   * @return the result, or WAITS: then this chain belongs to whoever fires the other one
   */
  private @Nullable Object takeOrWait(Chain inner, @Nullable Node next) {
    if (waitUsual(inner, next)) {
      return WAITS;
    }
    Object taken = inner.take(Idle.TAKEN);
    if (taken != NOT_IDLE) {
      return taken;
    }
    Failure cycle = Cycle.through(this, inner);
    if (cycle != null) {
      return cycle;
    }
    if (Probes.PRESENT) {
      Probes.waiting(this, inner);
    }
    if (stateAcquire() instanceof Held held && held.kept != null) {
      dropOwnKept();
    }
    while (taken == NOT_IDLE) {
      rest = next;
      setAux(inner); // the compare-and-set in takeOrEnqueue keeps this before the look at kept
      taken = inner.takeOrEnqueue(this);
      if (taken == WAITS) {
        resumeKept(inner);
        return WAITS;
      }
      rest = null;
      setAux(null);
      if (taken == NOT_IDLE) {
        inner.resumeStrangers();
        taken = inner.take(Idle.TAKEN);
      }
    }
    runsHere();
    return taken;
  }

  /**
   * Waits for a chain that nobody has fired, and nobody waits for; false if it is another, by now.
   */
  private boolean waitUsual(Chain inner, @Nullable Node next) {
    if (inner.stateAcquire() != null
        || aux != null
        || stateAcquire() != RUNNING
        || !isUnwatched()) {
      return false;
    }
    rest = next;
    AUX.setRelease(this, inner);
    if (inner.cas(null, this)) {
      resumeKept(inner);
      return true;
    }
    rest = null;
    AUX.setRelease(this, (Object) null);
    return false;
  }

  /** Moves a value out of an idle chain; NOT_IDLE if it is anything else. */
  private @Nullable Object takeValue() {
    Object s = stateAcquire();
    return s != null && s != Idle.TAKEN && Idle.isValue(s) && cas(s, Idle.TAKEN)
        ? Idle.value(s)
        : NOT_IDLE;
  }

  /** Moves the result out of an idle chain, leaving a word; NOT_IDLE if it isn't idle. */
  private @Nullable Object take(Object word) {
    for (; ; ) {
      Object s = stateAcquire();
      if (Idle.is(s)) {
        if (Idle.isTaken(s)) {
          Probes.takenAgain(this);
          return null;
        }
        if (cas(s, word)) {
          return open(s);
        }
      } else if (s instanceof Held held
          && held.isFree()
          && !(word == Idle.HANDED && held.hasQueue())) {
        if (cas(held, held.withResult(word).simple())) {
          return open(held.result);
        }
      } else {
        return NOT_IDLE;
      }
    }
  }

  /**
   * Moves the result out of this chain, or makes another chain wait for it.
   *
   * @return the result, WAITS, or NOT_IDLE if it is free to be taken, but only by a chain whose
   *     {@code aux} doesn't name this one: others may wait in its queue
   */
  private @Nullable Object takeOrEnqueue(Chain outer) {
    Link waiter = null;
    for (; ; ) {
      Object s = stateAcquire();
      if (s instanceof Held held && held.isFree() && held.hasQueue()) {
        return NOT_IDLE;
      }
      Object taken = take(Idle.HANDED);
      if (taken != NOT_IDLE) {
        return taken;
      }
      if (s == null) {
        if (cas(null, outer)) {
          return WAITS;
        }
        continue;
      }
      waiter = waiter == null ? new Link.Waiter(outer) : waiter;
      if (enqueue(s, waiter, outer)) {
        return WAITS;
      }
    }
  }

  /** Makes a chain wait for this one, which isn't idle; false if this one has changed. */
  private boolean enqueue(@Nullable Object s, Link link, Chain outer) {
    if (Idle.is(s)) {
      return false;
    }
    if (s instanceof Node.Running top) {
      return cas(s, Node.Running.on(top, link, link));
    }
    Held held = Held.of(s);
    Node node = new Node(link, link, held.pushed);
    return !held.isFree() && cas(s, held.withPushed(node).withWaiter(outer).simple());
  }

  /**
   * The holder of the run right has given its result to a waiter: the chain becomes free, with the
   * nodes behind the waiter as its queue (B055).
   *
   * @return whether there is a queue to come back to
   */
  private boolean handOver(Chain outer, @Nullable Node next) {
    runsNoMore();
    if (next == null && cas(RUNNING, Idle.TAKEN)) {
      return false;
    }
    for (; ; ) {
      Object s = stateAcquire();
      Held held = Held.of(s);
      Held free = held.withKept(null).withoutWaiter(outer).ready(Idle.TAKEN, next);
      if (cas(s, free.simple())) {
        resumeForeign(held.kept);
        return free.isFree() && free.hasQueue();
      }
    }
  }

  /**
   * The chain gets the result that it has waited for; the caller has its run right now.
   *
   * @return false if it is paused: then it holds the result back, and its run right is given up
   */
  private boolean resume(@Nullable Object result) {
    setAux(null);
    return !(stateAcquire() instanceof Held) || resumeHeld(result);
  }

  private boolean resumeHeld(@Nullable Object result) {
    Node nodes = (Node) rest;
    while (stateAcquire() instanceof Held held) {
      if (held.pauses > 0) {
        rest = null;
        if (cas(held, held.keptFromOutside().ready(Idle.encode(result), nodes))) {
          return false;
        }
        rest = nodes;
      } else if (held.kept == null || cas(held, held.keptFromOutside())) {
        return true;
      }
    }
    return true;
  }

  // ---- calls of cancel() that a run has kept; see Cancellation

  /** Inside of a callback: whether a cancel from another turn waits for this run to wait. */
  final boolean keepsCancel() {
    return stateVolatile() instanceof Held held
        && Held.Kept.without(held.kept, Turn.current()) != null;
  }

  /** Before a wait: what this very run has asked for itself is dropped. */
  private void dropOwnKept() {
    Thread own = Turn.current();
    while (stateAcquire() instanceof Held held && held.kept != null) {
      if (cas(held, held.withKept(Held.Kept.without(held.kept, own)))) {
        return;
      }
    }
  }

  /** After the wait for an inner chain has begun, unless it is over already. */
  private void resumeKept(Chain inner) {
    while (stateVolatile() instanceof Held held && held.kept != null && waitingOn() == inner) {
      if (cas(held, held.withKept(null).simple())) {
        held.kept.cancellation().resume();
        for (Held.Kept kept = held.kept.next();
            kept != null && waitingOn() == inner; // they all mean this one wait
            kept = kept.next()) {
          kept.cancellation().resume();
        }
        return;
      }
    }
  }

  /** After this chain has handed its result over: who waited for it may come to wait again. */
  private static void resumeForeign(Held.@Nullable Kept list) {
    if (list == null) {
      return;
    }
    Held.Kept foreign = Held.Kept.without(list, Turn.current());
    for (Held.Kept kept = foreign; kept != null; kept = kept.next()) {
      if (!kept.isRepeated()) {
        kept.cancellation().resume();
      }
    }
  }

  /** After the end of a run: only what was asked of others, which go on, is of any use. */
  private void resumeOthers(Held.@Nullable Kept list) {
    resumeForeign(Held.Kept.without(list, this));
  }

  /**
   * A chain that seemed to wait for this one doesn't: what was left here for it goes back to it.
   */
  private void resumeStrangers() {
    while (stateVolatile() instanceof Held held && held.isFree() && held.kept != null) {
      Held.Kept own = Held.Kept.of(held.kept, this);
      if (cas(held, held.withKept(own).simple())) {
        for (Held.Kept kept = Held.Kept.without(held.kept, this);
            kept != null;
            kept = kept.next()) {
          kept.cancellation().resume();
        }
        return;
      }
    }
  }

  // ---- lists, loops, forks

  /** Adds a slot: the node itself if nothing else is there, else as any callback. */
  final void addSlot(Slot slot) {
    Object s = stateAcquire();
    if (s == null && cas(null, slot)) {
      return;
    }
    if (Idle.isTaken(s)) {
      Probes.takenAgain(this);
    }
    addSlow(slot, slot);
  }

  /** The value of an idle chain, left where it is; else the chain itself. */
  @Nullable Object valueOrSelf() {
    Object s = stateAcquire();
    return s != null && s != Idle.TAKEN && Idle.isValue(s) ? Idle.value(s) : this;
  }

  // ---- get

  /** Waits for the result at this place of the chain; see {@link Getting}. */
  final @Nullable Object getResult(@Nullable Duration timeout)
      throws InterruptedException, TimeoutException {
    CallbackChain.requireNoDraft(this, "get()");
    Object idle = idleResult();
    if (idle != null && !Idle.isFailure(idle)) {
      return Idle.result(idle);
    }
    Object loop = idle == null ? Turn.loop() : null;
    if (loop != null) {
      throw OwnTurn.refusal(this, loop);
    }
    if (idle == null && OwnTurn.of(this) == OwnTurn.Verdict.OWN) {
      throw OwnTurn.refusal(this);
    }
    Getting getting = new Getting();
    add(getting, getting);
    return getting.await(this, timeout);
  }

  /** Takes a callback that is not needed any more off the chain, if nothing was added since. */
  final void popIfOnTop(Link link) {
    Object s = stateAcquire();
    if (s instanceof Node top && top.callback == link) {
      cas(top, top.next);
    }
  }

  // ---- pause

  final void pauseOnce() {
    for (; ; ) {
      Object s = stateAcquire();
      Held held = Held.of(s);
      if (cas(s, held.withPauses(held.pauses + 1))) {
        return;
      }
    }
  }

  final void unpauseOnce() {
    for (; ; ) {
      Object s = stateAcquire();
      Held held = Held.of(s);
      if (held.pauses == 0) {
        throw new IllegalStateException(
            "unpause() without a pause(): a Deferred may be unpaused as often as it was paused");
      }
      Held next = held.withPauses(held.pauses - 1);
      if (next.isFree() && next.mustRun()) {
        if (claimAndRun(held, next)) {
          return;
        }
      } else if (cas(s, next.simple())) {
        return;
      }
    }
  }

  // ---- looking

  /** A snapshot; takes nothing and handles nothing. */
  final DeferredState<@Nullable Object> snapshot() {
    Held held = Held.of(stateAcquire());
    switch (held.phase) {
      case PENDING:
        return new DeferredState.Unfired<>(held.pauses);
      case RUNNING:
        return waitingOn() instanceof Deferred<?> inner
            ? new DeferredState.Waiting<>(inner, held.pauses)
            : new DeferredState.Running<>(held.pauses);
      default:
        Failure failure = Idle.failure(held.result);
        return failure != null
            ? new DeferredState.Failed<>(failure, held.pauses)
            : new DeferredState.Value<>(
                Idle.result(held.result), Idle.isTaken(held.result), held.pauses);
    }
  }

  /** The idle result that a callback added now would see, or null if none would run at once. */
  final @Nullable Object idleResult() {
    Object s = stateAcquire();
    if (s instanceof Held held) {
      return held.isFree() && !held.hasQueue() ? held.result : null;
    }
    return Idle.is(s) ? s : null;
  }
}
