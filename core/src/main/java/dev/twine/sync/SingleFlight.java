package dev.twine.sync;

import static java.util.Objects.requireNonNull;

import dev.twine.Deferred;
import dev.twine.DeferredCallable;
import dev.twine.Failure;
import dev.twine.Outcome;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * One load for all who ask for the same key while it is under way.
 *
 * {@snippet class=CoordinationSnippets region=single_flight lang=java}
 *
 * <p>This is no cache: once a load is over, with a value or a failure, nothing of it is kept, and
 * the next caller starts another one. (To keep values, put them into a cache in the load.)
 *
 * <p>Execution: the load is called inside {@link #get}, by the first who asks for the key; the
 * callbacks of all who have asked run in the order of their calls, on the thread that fires what
 * the load gave. Any thread may call any method.
 *
 * <p>Memory consistency effects: actions in a thread prior to firing what the load gave
 * <i>happen-before</i> the callbacks of all who have asked.
 *
 * @param <K> the keys
 * @param <V> what is loaded
 * @since 0.1
 */
public final class SingleFlight<K, V extends @Nullable Object> {

  /** A load that is under way, and those who wait for it; its monitor is itself. */
  private final class Flight extends Waiters<V> {

    private final K key;

    /** What the load has given; guarded by this. */
    private @Nullable Deferred<V> load;

    /** Nobody can join any more; guarded by this. */
    private boolean over;

    Flight(K key) {
      this.key = key;
    }

    /** One more who waits; null if it is over. */
    synchronized @Nullable Deferred<V> board() {
      return over ? null : join();
    }

    /** Nobody can have abandoned it before: its first caller has not got his Deferred yet. */
    void start(DeferredCallable<V> body) {
      Deferred<V> started = Deferred.maybeDeferred(body);
      synchronized (this) {
        load = started;
      }
      started.<@Nullable Void>addBoth(this::end).consumeErrors(impossible -> {});
    }

    private @Nullable Void end(Outcome<V> outcome) {
      Failure failure = outcome.failureOrNull();
      List<Waiter<V>> all;
      synchronized (this) {
        over = true;
        all = drain(failure == null ? outcome.get() : failure);
      }
      try {
        flights.remove(key, this);
      } finally { // a key may be one that can't be compared
        HandOver.serveAll(this, all);
      }
      return null;
    }

    /** The last one who leaves has the load cancelled. */
    @Override
    void left() {
      Deferred<V> abandoned;
      synchronized (this) {
        if (over || !isEmpty()) {
          return;
        }
        over = true;
        abandoned = load;
      }
      flights.remove(key, this);
      if (abandoned != null) {
        abandoned.cancel();
      }
    }

    @Override
    synchronized @Nullable Deferred<?> blocker() {
      return load;
    }
  }

  private final ConcurrentMap<K, Flight> flights = new ConcurrentHashMap<>();

  /** Creates one with nothing under way. */
  public SingleFlight() {}

  /**
   * Gives what is loaded for a key, starting the load unless one is under way.
   *
   * <p>Cancellation: whoever cancels, or times out, waits no more; the load goes on for the others,
   * and is cancelled when the last one has left. A caller who comes after that starts another load.
   *
   * @param key the key
   * @param load starts the load; it is called only if none is under way. What it throws is a
   *     failure of the load; null in place of a Deferred is the value null. Its result is taken, as
   *     by a callback that is given it. It must not wait for its own key
   * @return a Deferred of the caller's own, with the value or failure of the load
   */
  public Deferred<V> get(K key, DeferredCallable<V> load) {
    requireNonNull(key, "key");
    requireNonNull(load, "load");
    for (; ; ) {
      Flight flight = flights.get(key);
      if (flight == null) {
        Flight own = new Flight(key);
        Deferred<V> first = own.board();
        flight = flights.putIfAbsent(key, own);
        if (flight == null && first != null) {
          own.start(load);
          return first;
        }
      }
      Deferred<V> joined = flight == null ? null : flight.board();
      if (joined != null) {
        return joined;
      }
      flights.remove(key, flight); // whoever has ended it may not have come so far
    }
  }

  /**
   * Shows the keys whose load is under way.
   *
   * @return the keys; a snapshot
   */
  public Set<K> keys() {
    return Set.copyOf(flights.keySet());
  }
}
