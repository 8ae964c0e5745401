package dev.twine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The work of one {@code mapConcurrent}: asks for items while there are places, calls a function
 * for each, and puts the results where they belong.
 *
 * <h2>Overview</h2>
 *
 * All code of the user's is called by the one thread that holds the <i>work right</i>: the thread
 * that starts, and later the one whose member arrives while nobody works. Whoever arrives while
 * somebody works just leaves its {@link Place}, and the one that works sees to it before it gives
 * the right up. So nothing nests, nobody waits, and items, however many of them are fired already,
 * need no stack.
 *
 * <pre>
 *               no place is free, or no item is left
 *   WORKING -----------------------------------------> WAITING
 *     |  ^                                              |  |
 *     |  +----------------------------------------------+  |
 *     |                   a member arrives                 |
 *     |                                                    |
 *     | all is done; a failure; cancel                     | cancel
 *     +---------------------> ENDED <----------------------+
 * </pre>
 *
 * <p>A cancel doesn't need the work right: it ends the mapping and cancels what is under way on its
 * own thread; the one that works finds out as soon as the user's code returns.
 *
 * <p>It is the canceller of the Deferred that it fires.
 *
 * @param <A> the items
 * @param <T> what the one fires with
 */
abstract class Mapping<A extends @Nullable Object, T extends @Nullable Object>
    implements Effect<Deferred<T>> {

  private enum Phase {
    /** Some thread holds the work right. */
    WORKING,
    /** Nothing can be done before a member arrives. */
    WAITING,
    /** No more items, and no more results. */
    ENDED
  }

  final Deferred<T> target = new Deferred<>(this);

  private final Supplier<? extends Iterator<? extends A>> source;
  private final int limit;
  private final Callback<? super A, ? extends Deferred<?>> function;

  /** See above; written under the monitor, which is held for a few writes only. */
  private volatile Phase phase = Phase.WORKING;

  /** What is waited for, in the order of the items; guarded by the monitor. */
  private final Set<Place> underWay = new LinkedHashSet<>();

  /** What has its result, in the order in which that came; guarded by the monitor. */
  private final Queue<Place> arrived = new ArrayDeque<>();

  // The rest is touched by the holder of the work right only.

  private @Nullable Iterator<? extends A> items;
  private boolean exhausted;
  private int started;

  /** Free places: those that have arrived are free when their results have been put away. */
  private int free;

  Mapping(
      Supplier<? extends Iterator<? extends A>> source,
      int limit,
      Callback<? super A, ? extends Deferred<?>> function) {
    this.source = source;
    this.function = Objects.requireNonNull(function, "fn");
    if (limit < 1) {
      throw new IllegalArgumentException("a limit of " + limit + " would let nothing begin");
    }
    this.limit = limit;
    this.free = limit;
  }

  /** The result of an item has come. */
  abstract void accept(int index, @Nullable Object value) throws Throwable;

  /** What the one is fired with when all results have come. */
  abstract @Nullable Object whole();

  // ---- on any thread

  /** Takes all places that there are items for. */
  final Deferred<T> start() {
    Object outcome = work();
    if (outcome != Link.NOTHING) {
      target.tryFire(outcome);
    }
    return target;
  }

  /** A place has its result; gives what the one is to be fired with now, or NOTHING. */
  final @Nullable Object arrive(Place place) {
    return takesOver(place) ? work() : Link.NOTHING;
  }

  /** Whether the thread that has come with this place is to work. */
  private synchronized boolean takesOver(Place place) {
    if (!underWay.remove(place)) {
      return false;
    }
    arrived.add(place);
    boolean takesOver = phase == Phase.WAITING;
    phase = Phase.WORKING;
    return takesOver;
  }

  @Override
  public final void call(Deferred<T> cancelled) {
    end(Link.NOTHING);
  }

  /** Ends, unless that has happened: cancels what is under way, and passes the outcome on. */
  private @Nullable Object end(@Nullable Object outcome) {
    List<Place> rest = close();
    if (rest == null) {
      return Link.NOTHING;
    }
    rest.forEach(Place::cancel);
    return outcome;
  }

  /** Gives what was under way, or null if this had ended before. */
  private synchronized @Nullable List<Place> close() {
    if (phase == Phase.ENDED) {
      return null;
    }
    phase = Phase.ENDED;
    List<Place> rest = List.copyOf(underWay);
    underWay.clear();
    arrived.clear();
    return rest;
  }

  // ---- with the work right

  /** Does what there is to do; gives what the one is to be fired with now, or NOTHING. */
  private @Nullable Object work() {
    try {
      for (; ; ) {
        Place place = nextArrived();
        if (place != null) {
          free++;
          settle(place.index, place.result);
        } else if (wantsMore()) {
          startNext();
        } else if (exhausted && free == limit) {
          return end(whole());
        } else if (rests()) {
          return Link.NOTHING;
        }
      }
    } catch (Throwable thrown) {
      return end(Captured.failure(thrown));
    }
  }

  private synchronized @Nullable Place nextArrived() {
    return arrived.poll();
  }

  /** Nobody wants more for a result that was fired by hand; what is under way goes on. */
  private boolean wantsMore() {
    return free > 0 && !exhausted && phase != Phase.ENDED && !target.isCalled();
  }

  /** Gives the work right up, unless somebody has arrived meanwhile. */
  private synchronized boolean rests() {
    if (!arrived.isEmpty()) {
      return false;
    }
    if (phase == Phase.WORKING) {
      phase = Phase.WAITING;
    }
    return true;
  }

  private void startNext() throws Throwable {
    Turn.callsBack();
    Iterator<? extends A> from = items();
    if (!from.hasNext()) {
      exhausted = true;
      return;
    }
    A item = from.next();
    if (phase == Phase.ENDED) {
      return;
    }
    int index = started++;
    Object result = resultFor(item);
    if (result instanceof Deferred<?> member) {
      free--;
      waitFor(new Place(this, index, member));
    } else {
      settle(index, result);
    }
  }

  private Iterator<? extends A> items() {
    if (items == null) {
      items = source.get();
    }
    return items;
  }

  /** A value, a Failure, or a Deferred to wait for. */
  private @Nullable Object resultFor(A item) {
    try {
      Chain member = function.call(item);
      return member == null ? null : member.valueOrSelf();
    } catch (Throwable thrown) {
      return Captured.failure(thrown);
    }
  }

  private void waitFor(Place place) {
    boolean late = !enter(place);
    place.join();
    if (late) {
      place.cancel();
    }
  }

  private synchronized boolean enter(Place place) {
    return phase != Phase.ENDED && underWay.add(place);
  }

  private void settle(int index, @Nullable Object result) throws Throwable {
    if (result instanceof Failure failure) {
      throw new FirstErrorException(index, failure);
    }
    if (phase != Phase.ENDED) {
      accept(index, result);
    }
  }

  /** Fires with the values in the order of the items. */
  static final class Values<A extends @Nullable Object, R extends @Nullable Object>
      extends Mapping<A, List<R>> {

    private final List<@Nullable Object> results = new ArrayList<>();

    Values(
        Supplier<? extends Iterator<? extends A>> source,
        int limit,
        Callback<? super A, ? extends Deferred<?>> function) {
      super(source, limit, function);
    }

    @Override
    void accept(int index, @Nullable Object value) {
      while (results.size() <= index) {
        results.add(null); // for the items before, which are still under way
      }
      results.set(index, value);
    }

    @Override
    Object whole() {
      return Collections.unmodifiableList(results);
    }
  }

  /** Gives each value away as it comes, and fires with null. */
  static final class Each<A extends @Nullable Object, R extends @Nullable Object>
      extends Mapping<A, @Nullable Void> {

    private final Effect<? super R> each;

    Each(
        Supplier<? extends Iterator<? extends A>> source,
        int limit,
        Callback<? super A, ? extends Deferred<? extends R>> function,
        Effect<? super R> each) {
      super(source, limit, function);
      this.each = Objects.requireNonNull(each, "each");
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the value of a Deferred<? extends R>
    void accept(int index, @Nullable Object value) throws Throwable {
      each.call((R) value);
    }

    @Override
    @Nullable Object whole() {
      return null;
    }
  }
}
