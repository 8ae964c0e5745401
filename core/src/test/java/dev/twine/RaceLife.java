package dev.twine;

import dev.twine.RaceCensus.Seen;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One round in which two threads do what they like with four Deferreds: add, fire, cancel, pause
 * and unpause, at random. Two of the four may come to wait for the third, and that for the fourth.
 *
 * <p>Every callback takes a note of itself in plain fields of its strand. At the end whatever is
 * still open is closed, and the notes must tell a story that can be true: each callback once, in
 * order, with the result of the one before.
 */
final class RaceLife extends RaceRound {

  /** Where a chain stands, and what it is called to pause or unpause it there. */
  private enum Place {
    PENDING,
    RUNNING,
    SUSPENDED,
    IDLE,
    UNHANDLED,
    TAKEN,
    HELD_PENDING,
    HELD_RUNNING,
    HELD_SUSPENDED,
    HELD_IDLE;

    static Place of(Chain chain) {
      Held held = Held.of(chain.stateVolatile());
      boolean free = held.pauses == 0;
      switch (held.phase) {
        case PENDING:
          return free ? PENDING : HELD_PENDING;
        case RUNNING:
          return chain.waitingOn() == null
              ? (free ? RUNNING : HELD_RUNNING)
              : (free ? SUSPENDED : HELD_SUSPENDED);
        default:
          if (!free) {
            return HELD_IDLE;
          }
          return held.result instanceof Unhandled
              ? UNHANDLED
              : Idle.isTaken(held.result) ? TAKEN : IDLE;
      }
    }

    boolean isHeld() {
      return compareTo(HELD_PENDING) >= 0;
    }
  }

  /** A value that a Deferred is fired with. */
  private static final class Token {
    boolean used;
  }

  /** What some callbacks throw. */
  private static final class Thrown extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Note by;

    Thrown(Note by) {
      super("thrown by a callback", null, false, false);
      this.by = by;
    }
  }

  /** A Deferred and what has happened to it. */
  private static final class Strand {
    private static final Effect<Deferred<Object>> CANCELLER = unused -> linger();

    final Deferred<Object> deferred;
    final boolean hasCanceller;

    /** What its callbacks may return. */
    final @Nullable Strand inner;

    /** The notes, in the order in which they ran; written by callbacks only. */
    final Note[] log = new Note[40];

    int length;
    boolean inside;

    /** One element for each side. */
    final int[] added = new int[2];

    final Token[][] fired = new Token[2][4];
    final int[] firings = new int[2];
    final int[] debts = new int[2];
    final boolean[] cancelled = new boolean[2];

    Strand(@Nullable Strand inner, boolean hasCanceller) {
      this.inner = inner;
      this.hasCanceller = hasCanceller;
      this.deferred = hasCanceller ? new Deferred<>(CANCELLER) : new Deferred<>();
    }

    boolean wasCancelled() {
      return cancelled[0] || cancelled[1];
    }
  }

  /** One side, and the operation that it is at. */
  private final class Actor {
    final int side;
    final long script;
    final RaceCensus census;
    volatile int operation;

    /** Whether the script is being performed. */
    volatile boolean busy;

    @Nullable Strand target;

    /** The first note on the target that ran in this operation. */
    @Nullable Note first;

    Actor(int side, long script, RaceCensus census) {
      this.side = side;
      this.script = script;
      this.census = census;
    }

    void count(Seen seen) {
      census.count(seen);
    }

    /** Performs the operations of the script, 16 bits each. */
    void perform() {
      busy = true;
      int operations = 1 + (int) (script >>> 62);
      for (int i = 0; i < operations; i++) {
        int bits = (int) (script >>> (15 * i));
        perform(bits & 15, strand((bits >>> 4) & 15), bits >>> 8);
      }
      busy = false;
    }

    /** Lets this side come to its next operation, but waits neither long nor in vain. */
    void awaitNext() {
      int now = operation;
      for (int turns = 0; turns < 300 && busy && operation == now; turns++) {
        Thread.onSpinWait();
      }
    }

    private Strand strand(int choice) {
      return choice < 9 ? a : choice < 13 ? c : choice < 15 ? b : z;
    }

    private void perform(int choice, Strand strand, int more) {
      if (choice < 5) {
        add(strand, more);
      } else if (choice < 9) {
        fire(strand);
      } else if (choice < 11) {
        cancel(strand);
      } else if (choice < 13 || strand.debts[side] == 0) {
        pause(strand);
      } else {
        unpause(strand);
      }
    }

    private Place begin(Strand strand) {
      int next = operation + 1; // nobody else writes it
      operation = next;
      target = strand;
      first = null;
      return Place.of(strand.deferred);
    }

    /** Says what an operation has left behind if it has run callbacks. */
    private Place end(Strand strand) {
      Place after = Place.of(strand.deferred);
      if (first != null) {
        switch (after) {
          case IDLE -> count(Seen.RUNNING_IDLE);
          case UNHANDLED -> count(Seen.RUNNING_UNHANDLED);
          case HELD_IDLE -> {
            if (Held.of(strand.deferred.stateVolatile()).hasQueue()) {
              count(Seen.HELD_STOP);
            }
          }
          default -> {}
        }
      }
      return after;
    }

    void add(Strand strand, int bits) {
      Place before = begin(strand);
      Note note = new Note(strand, this, bits, false);
      note.before = before;
      strand.deferred.add(note, note);
      Place after = end(strand);
      if (first == note) {
        switch (before) {
          case IDLE -> count(Seen.IDLE_ADD);
          case UNHANDLED -> count(Seen.UNHANDLED_ADD);
          case TAKEN -> count(Seen.TAKEN_ADD);
          default -> {}
        }
      } else if (after == Place.PENDING) {
        count(Seen.PENDING_ADD);
      } else if (before == Place.SUSPENDED && after == Place.SUSPENDED) {
        count(Seen.SUSPENDED_ADD);
      } else if (before.isHeld() && after.isHeld()) {
        count(Seen.HELD_ADD);
      }
    }

    void fire(Strand strand) {
      boolean empty = strand.deferred.stateVolatile() == null;
      boolean swallows = Held.of(strand.deferred.stateVolatile()).swallow;
      Place outer = Place.of(a.deferred);
      Place before = begin(strand);
      Token token = new Token();
      if (!fires(strand.deferred, token)) {
        count(Seen.FIRE_REFUSED);
        strand.firings[side]++;
        return;
      }
      strand.fired[side][strand.firings[side]++] = token;
      Place after = end(strand);
      if (first != null && first.at == 0 && first.input == token) {
        count(Seen.PENDING_RUNNING);
      } else if (empty && after == Place.IDLE) {
        count(Seen.PENDING_IDLE);
      } else if (before == Place.HELD_PENDING && after == Place.HELD_IDLE) {
        count(Seen.HELD_FIRE);
      } else if (swallows) {
        count(
            before.isHeld()
                ? Seen.SWALLOW_HELD
                : before == Place.RUNNING
                    ? Seen.SWALLOW_RUNNING
                    : before == Place.SUSPENDED ? Seen.SWALLOW_SUSPENDED : Seen.SWALLOW_IDLE);
      }
      if (strand == c && outer == Place.HELD_SUSPENDED && Place.of(a.deferred) == Place.HELD_IDLE) {
        count(Seen.HELD_HAND_OVER);
      }
    }

    void cancel(Strand strand) {
      strand.cancelled[side] = true;
      Place before = begin(strand);
      strand.deferred.cancel();
      Held now = Held.of(strand.deferred.stateVolatile());
      end(strand);
      if (now.kept != null) {
        count(Seen.CANCEL_KEPT);
      } else if (before == Place.IDLE || before == Place.UNHANDLED || before == Place.TAKEN) {
        count(Seen.CANCEL_LATE);
      } else if (first != null && first.at == 0 && !strand.hasCanceller) {
        count(Seen.PENDING_RUNNING_SWALLOWING);
      }
    }

    void pause(Strand strand) {
      begin(strand);
      strand.deferred.pause();
      strand.debts[side]++;
      switch (end(strand)) {
        case HELD_PENDING -> count(Seen.HELD_PENDING);
        case HELD_RUNNING -> count(Seen.HELD_RUNNING);
        case HELD_SUSPENDED -> count(Seen.HELD_SUSPENDED);
        case HELD_IDLE -> count(Seen.HELD_IDLE);
        default -> wrong = "a paused chain is not held";
      }
    }

    void unpause(Strand strand) {
      begin(strand);
      strand.debts[side]--;
      strand.deferred.unpause();
      Place after = end(strand);
      if (first != null) {
        count(Seen.UNPAUSE_RUNS);
        return;
      }
      switch (after) {
        case PENDING -> count(Seen.UNPAUSE_PENDING);
        case RUNNING -> count(Seen.UNPAUSE_RUNNING);
        case SUSPENDED -> count(Seen.UNPAUSE_SUSPENDED);
        case IDLE, UNHANDLED, TAKEN -> count(Seen.UNPAUSE_IDLE);
        default -> {}
      }
    }
  }

  /** A callback. What it returns, unless it throws or returns another Deferred, is itself. */
  private final class Note implements Callback<Object, Object> {
    private final Strand strand;
    private final int side;
    private final int number;
    private final int bits;
    private final boolean isChild;
    private @Nullable Place before;

    private @Nullable Object input;

    /** Its place in the strand's log, and the side and operation in which it ran. */
    private int at;

    private int ranOn;
    private int ranIn;
    private boolean used;

    Note(Strand strand, Actor adder, int bits, boolean isChild) {
      this.strand = strand;
      this.side = adder.side;
      this.number = strand.added[adder.side]++;
      this.bits = bits;
      this.isChild = isChild;
    }

    boolean returnsInner() {
      return (bits & 3) == 1 && strand.inner != null;
    }

    boolean isThrowing() {
      return (bits & 15) == 2;
    }

    @Override
    public @Nullable Object call(@Nullable Object result) {
      if (strand.inside) {
        wrong = "two callbacks of one chain run at once";
      }
      strand.inside = true;
      Actor runner = side().equals("left") ? left : right;
      input = result;
      at = strand.length;
      ranOn = runner.side;
      ranIn = runner.operation;
      strand.log[strand.length++] = this;
      if (runner.target == strand && runner.first == null) {
        runner.first = this;
      }
      if ((bits & 4) == 0) {
        dawdle(50);
      } else if ((bits & 24) == 0 && runner.busy) {
        (runner == left ? right : left).awaitNext();
        linger();
      }
      if (!isChild && (bits & 60) == 8) {
        Note child = new Note(strand, runner, 0, true);
        strand.deferred.add(child, child);
      }
      strand.inside = false;
      if (isThrowing()) {
        throw new Thrown(this);
      }
      return returnsInner() ? strand.inner.deferred : this;
    }
  }

  private final Strand z;
  private final Strand c;
  private final Strand a;
  private final Strand b;
  private final Actor left;
  private final Actor right;

  /** What went wrong inside a callback, where an exception would only be a result. */
  private volatile @Nullable String wrong;

  RaceLife(SplittableRandom random, RaceCensus censusLeft, RaceCensus censusRight) {
    int bits = random.nextInt();
    z = new Strand(null, (bits & 3) == 0);
    c = new Strand(z, (bits & 12) == 0);
    a = new Strand(c, (bits & 48) == 0);
    b = new Strand(c, false);
    left = new Actor(0, random.nextLong(), censusLeft);
    right = new Actor(1, random.nextLong(), censusRight);
    prepare(random.nextInt(), random.nextInt());
  }

  /** Some things that have happened before the two threads come. */
  private void prepare(int bits, int notes) {
    for (int i = bits & 3; i > 0; i--) {
      left.add(a, notes >>> (4 * i));
    }
    if ((bits & 4) == 0) {
      left.add(b, (bits & 8) == 0 ? 1 : 0);
    }
    if ((bits & 16) == 0) {
      left.add(c, notes >>> 20);
    }
    switch ((bits >>> 8) & 15) {
      case 0, 1 -> left.fire(a);
      case 2 -> left.cancel(a);
      case 3, 4 -> left.pause(a);
      case 5 -> left.fire(c);
      case 6 -> left.fire(b);
      case 7 -> {
        left.pause(a);
        left.fire(a);
      }
      case 8 -> {
        left.cancel(a);
        left.pause(a);
      }
      default -> {}
    }
  }

  @Override
  void left() {
    left.perform();
  }

  @Override
  void right() {
    right.perform();
  }

  @Override
  String outcome() {
    for (Strand strand : new Strand[] {z, c, b, a}) {
      for (int side = 0; side < 2; side++) {
        for (; strand.debts[side] > 0; strand.debts[side]--) {
          left.begin(strand);
          strand.deferred.unpause();
        }
      }
    }
    for (Strand strand : new Strand[] {z, c, b, a}) {
      if (!strand.deferred.isCalled()) {
        left.fire(strand);
      }
    }
    for (Strand strand : new Strand[] {z, c, b, a}) {
      left.add(strand, 0);
    }
    for (Strand strand : new Strand[] {a, b, c, z}) {
      checkOrder(strand);
      checkResults(strand);
    }
    for (Strand strand : new Strand[] {a, b, c, z}) {
      checkFirings(strand);
    }
    check(wrong == null, wrong);
    return "";
  }

  /** Each callback ran once, and those of one adder in the order in which they were added. */
  private void checkOrder(Strand strand) {
    int[] next = new int[2];
    for (int i = 0; i < strand.length; i++) {
      Note note = strand.log[i];
      check(note.at == i, "a callback ran twice");
      check(note.number == next[note.side]++, "callbacks ran out of order");
    }
    check(next[0] == strand.added[0] && next[1] == strand.added[1], "a callback did not run");
  }

  /** Each callback got the result of the one before, or null if that had gone to another chain. */
  private void checkResults(Strand strand) {
    for (int i = 0; i < strand.length; i++) {
      Note note = strand.log[i];
      Note before = i == 0 ? null : strand.log[i - 1];
      boolean waited = before != null && !before.isThrowing() && before.returnsInner();
      Object input = note.input;
      if (input instanceof Failure failure && failure.value() instanceof Cancelled) {
        check(before == null || waited, "a cancellation in the middle of a chain");
        check(mayBeCancelled(strand, waited), "cancelled, but by nobody");
      } else if (input == null) {
        check(waited || wasMoved(strand, before), "a result was lost");
      } else {
        Object source = use(input);
        check(
            waited ? isFrom(source, strand.inner) : isResult(source, strand, before),
            "a callback got a wrong result");
      }
      countSteps(note, before, waited);
    }
    check(
        strand.deferred.idleResult() == strand.log[strand.length - 1], "the last result was lost");
  }

  /** Whether somebody has cancelled it, one that may wait for it, or one that it waits for. */
  private boolean mayBeCancelled(Strand strand, boolean waited) {
    boolean fromOuter = strand.inner != c && (a.wasCancelled() || b.wasCancelled());
    boolean fromInner = waited && (a.wasCancelled() || b.wasCancelled());
    return strand.wasCancelled()
        || fromOuter
        || fromInner
        || ((waited || strand == z) && (c.wasCancelled() || z.wasCancelled()));
  }

  /**
   * Takes a result off the list of those that nobody has got yet, and gives where it comes from.
   */
  private Object use(Object input) {
    if (input instanceof Token token) {
      check(!token.used, "a value was given twice");
      token.used = true;
      return token;
    }
    Note note = input instanceof Failure failure ? ((Thrown) failure.value()).by : (Note) input;
    check(!note.used, "a result was given twice");
    note.used = true;
    return note;
  }

  private static boolean isFrom(Object source, @Nullable Strand strand) {
    return strand != null
        && ((source instanceof Note note && note.strand == strand)
            || (source instanceof Token token && isFiredWith(strand, token))
            || isFrom(source, strand.inner));
  }

  private static boolean isFiredWith(Strand strand, Token sought) {
    for (Token[] ofSide : strand.fired) {
      for (Token token : ofSide) {
        if (token == sought) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isResult(Object source, Strand strand, @Nullable Note before) {
    return before == null
        ? source instanceof Token token && isFiredWith(strand, token)
        : source == before;
  }

  /** Whether an outer chain, whose log has been read by now, has got the result at a place. */
  private static boolean wasMoved(Strand strand, @Nullable Note before) {
    if (before != null) {
      return before.used;
    }
    for (Token[] ofSide : strand.fired) {
      for (Token token : ofSide) {
        if (token != null && token.used) {
          return true;
        }
      }
    }
    return strand.wasCancelled() || strand.deferred.isCalled();
  }

  private void countSteps(Note note, @Nullable Note before, boolean waited) {
    boolean sameRun = before != null && before.ranOn == note.ranOn && before.ranIn == note.ranIn;
    if (waited) {
      if (!sameRun || isCancellation(note.input)) {
        left.count(Seen.RUNNING_SUSPENDED);
        left.count(Seen.SUSPENDED_RUNNING);
      } else {
        left.count(note.input == null ? Seen.RUNNING_NULL : Seen.RUNNING_TOOK);
      }
    }
    if (sameRun && note.isChild) {
      left.count(Seen.RUNNING_ADD_INSIDE);
      left.count(Seen.RUNNING_MORE);
    } else if (sameRun && note.before == Place.RUNNING && note.ranOn != note.side) {
      left.count(Seen.RUNNING_ADD);
      left.count(Seen.RUNNING_MORE);
    }
  }

  /**
   * One firing was accepted, or none and one late one was swallowed; every other one was refused.
   */
  private void checkFirings(Strand strand) {
    int accepted = 0;
    int used = 0;
    for (Token[] ofSide : strand.fired) {
      for (Token token : ofSide) {
        accepted += token == null ? 0 : 1;
        used += token != null && token.used ? 1 : 0;
      }
    }
    int attempts = strand.firings[0] + strand.firings[1];
    if (used == 0) {
      check(accepted == (strand.hasCanceller ? 0 : Math.min(1, attempts)), "late firings");
    } else {
      check(used == 1 && accepted == 1, "two firings were accepted");
    }
  }

  private static void check(boolean fact, @Nullable String otherwise) {
    if (!fact) {
      throw new AssertionError(otherwise);
    }
  }
}
