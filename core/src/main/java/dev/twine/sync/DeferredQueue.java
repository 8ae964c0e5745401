package dev.twine.sync;

import static java.util.Objects.requireNonNull;

import dev.twine.Deferred;
import dev.twine.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue whose {@link #get} returns a Deferred instead of blocking.
 *
 * <p>Values come out in the order in which they were put in, and callers get them in the order of
 * their calls. Two limits can be set: the <i>size</i>, how many values are kept for callers to
 * come, and the <i>backlog</i>, how many callers may wait for values to come.
 *
 * {@snippet class=SyncSnippets region=queue lang=java}
 *
 * <p>A consumer that waits for values until the queue is {@linkplain #close closed}:
 *
 * {@snippet class=SyncSnippets region=queue_consumer lang=java}
 *
 * <p>Execution: a value that somebody waits for is given to him, and his callbacks run, before the
 * call that puts it returns, on its thread. Any thread may call any method.
 *
 * <p>Cancellation: a waiting {@link #get} that is cancelled, or times out, leaves the queue, and no
 * value is lost. So does a waiting {@link #putDeferred}; its value is not put.
 *
 * <p>Memory consistency effects: actions in a thread prior to putting a value <i>happen-before</i>
 * the callbacks of whoever gets it.
 *
 * <p>This is Twisted's {@code defer.DeferredQueue}; {@link #putDeferred} and {@link #close} are not
 * Twisted's, and null can't be put, nor a Deferred or a {@link Failure}.
 *
 * @param <T> the values
 * @since 0.1
 */
public final class DeferredQueue<T> {

  /** A limit that is none. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** Somebody who waits until there is room for his value. */
  private static final class Putter<T> extends Waiter<@Nullable Void> {

    final T value;

    Putter(Waiters<@Nullable Void> queue, T value) {
      super(queue, Claimant.caller(null));
      this.value = value;
    }

    /** The value has been put, and is not to be taken back. */
    @Override
    void missed() {
      serve();
    }
  }

  /** Somebody who waits for a value. */
  private static final class Getter<T> extends Waiter<T> {

    /** The number of the value that he is served with. */
    long number;

    Getter(Waiters<T> queue) {
      super(queue, Claimant.caller(null));
    }
  }

  /**
   * A value that is kept.
   *
   * @param number how many were put before
   */
  private record Item<T>(T value, long number) {}

  private final class Getters extends Waiters<T> {

    Getters() {
      super(monitor);
    }

    @Override
    void refused(Waiter<T> waiter, T value) {
      giveToNext(new Item<>(value, ((Getter<T>) waiter).number));
    }
  }

  /** Guards everything below. */
  private final Object monitor = new Object();

  /** In the order of their numbers. */
  private final Deque<Item<T>> values = new ArrayDeque<>();

  /** How many values have been put. */
  private long count;

  /** Empty if there are values. */
  private final Getters getters = new Getters();

  /** Empty unless there are as many values as there may be. */
  private final Waiters<@Nullable Void> putters = new Waiters<@Nullable Void>(monitor);

  private int size;
  private int backlog;
  private boolean closed;

  /** Creates a queue without limits. */
  public DeferredQueue() {
    this(UNLIMITED, UNLIMITED);
  }

  /**
   * Creates a queue with limits.
   *
   * @param size how many values are kept, or {@link #UNLIMITED}; with 0 only a caller who waits can
   *     be given one
   * @param backlog how many callers may wait, or {@link #UNLIMITED}; with 0 nobody
   * @throws IllegalArgumentException if one is negative
   */
  public DeferredQueue(int size, int backlog) {
    this.size = Limits.notNegative("a queue's size", size);
    this.backlog = Limits.notNegative("a queue's backlog", backlog);
  }

  /**
   * Puts a value in, which must find room: a caller who waits for it, or a place.
   *
   * @param value the value
   * @throws QueueOverflowException if there is no room; the value is not put
   * @throws IllegalArgumentException if it is a Deferred or a {@link Failure}, which no Deferred
   *     can fire with
   * @throws QueueClosedException if the queue has been closed
   */
  public void put(T value) {
    requireValue(value);
    Waiter<T> getter;
    synchronized (monitor) {
      requireOpen();
      if (getters.isEmpty() && values.size() >= size) {
        throw new QueueOverflowException(size);
      }
      getter = giveOrKeep(value);
    }
    HandOver.serve(this, getter);
  }

  /**
   * Puts a value in as soon as there is room for it.
   *
   * <p>Execution: if there is room the result has fired on return; else it fires inside the {@link
   * #get} or {@link #setSize} that makes room.
   *
   * <p>Cancellation: a waiting result that is cancelled, or times out, leaves the queue, and its
   * value is not put.
   *
   * @param value the value
   * @return a Deferred that fires with null when the value has been put; it fails with {@link
   *     QueueClosedException} if the queue is closed before
   */
  public Deferred<@Nullable Void> putDeferred(T value) {
    requireValue(value);
    Waiter<T> getter;
    synchronized (monitor) {
      if (closed) {
        return Deferred.fail(new QueueClosedException());
      }
      if (getters.isEmpty() && values.size() >= size) {
        return putters.add(new Putter<>(putters, value)).deferred;
      }
      getter = giveOrKeep(value);
    }
    HandOver.serve(this, getter);
    return Deferred.succeed(null);
  }

  /**
   * Takes the first value out, waiting if there is none.
   *
   * <p>Execution: if there is a value the result has fired on return; otherwise it fires on the
   * thread that puts one.
   *
   * @return a Deferred that fires with the value; it fails with {@link QueueClosedException} if the
   *     queue has been closed, and has no value left
   * @throws QueueUnderflowException if there is no value, and as many callers wait as may
   */
  public Deferred<T> get() {
    T value;
    Waiter<@Nullable Void> putter = null;
    synchronized (monitor) {
      Item<T> first = values.poll();
      if (first == null || values.size() < size) {
        putter = putters.poll();
      }
      if (first != null) {
        value = first.value;
        if (putter instanceof Putter<?> next) {
          giveOrKeep(valueOf(next));
        }
      } else if (putter instanceof Putter<?> next) {
        value = valueOf(next);
      } else {
        return waitForValue();
      }
    }
    HandOver.serve(this, putter);
    return Deferred.succeed(value);
  }

  @SuppressWarnings("unchecked") // in a queue there are only its own
  private T valueOf(Putter<?> putter) {
    return (T) putter.value;
  }

  /** For the holder of the monitor. */
  private Deferred<T> waitForValue() {
    if (closed) {
      return Deferred.fail(new QueueClosedException());
    }
    if (getters.size() >= backlog) {
      throw new QueueUnderflowException(backlog);
    }
    return getters.add(new Getter<>(getters)).deferred;
  }

  private static void requireValue(Object value) {
    requireNonNull(value, "value");
    if (value instanceof Deferred<?> || value instanceof Failure) {
      throw new IllegalArgumentException(
          "a Deferred can't fire with a "
              + value.getClass().getSimpleName()
              + ", so it can't be put into a queue; wrap it");
    }
  }

  /**
   * For the holder of the monitor: a value for the first caller who waits, or for those to come.
   */
  private @Nullable Waiter<T> giveOrKeep(T value) {
    Item<T> item = new Item<>(value, count++);
    Waiter<T> getter = give(item);
    if (getter == null) {
      values.add(item);
    }
    return getter;
  }

  /**
   * For the holder of the monitor: gives a value to the first caller who waits; null if none does.
   */
  private @Nullable Waiter<T> give(Item<T> item) {
    Waiter<T> getter = getters.poll(item.value);
    if (getter instanceof Getter<T> numbered) {
      numbered.number = item.number;
    }
    return getter;
  }

  /**
   * A caller who was given this had been cancelled: it goes to the next one, or back to its place.
   */
  private void giveToNext(Item<T> item) {
    Waiter<T> getter;
    synchronized (monitor) {
      getter = give(item);
      if (getter == null) {
        putBack(item);
      }
    }
    HandOver.serve(this, getter);
  }

  /** For the holder of the monitor: only those can be before it that were refused, too. */
  private void putBack(Item<T> item) {
    Deque<Item<T>> before = new ArrayDeque<>();
    for (Item<T> first = values.peek();
        first != null && first.number < item.number;
        first = values.peek()) {
      before.push(values.remove());
    }
    values.push(item);
    before.forEach(values::push);
  }

  /**
   * Closes the queue: it takes no more values. Those that it has can still be got; who waits for
   * one, or for room, fails with {@link QueueClosedException}. Does nothing if it has been closed.
   *
   * <p>Execution: the callbacks of those who wait run before this returns.
   */
  public void close() {
    List<Waiter<?>> all = new ArrayList<>();
    synchronized (monitor) {
      closed = true;
      all.addAll(getters.drain(new Failure(new QueueClosedException())));
      all.addAll(putters.drain(new Failure(new QueueClosedException())));
    }
    HandOver.serveAll(this, all);
  }

  /**
   * Says whether the queue has been closed.
   *
   * @return true if it has
   */
  public boolean isClosed() {
    synchronized (monitor) {
      return closed;
    }
  }

  /** For the holder of the monitor. */
  private void requireOpen() {
    if (closed) {
      throw new QueueClosedException();
    }
  }

  /**
   * Shows the values that nobody has got yet.
   *
   * @return the values, the next one first; a snapshot
   */
  public List<T> pending() {
    synchronized (monitor) {
      return values.stream().map(Item::value).toList();
    }
  }

  /**
   * Says how many values may be kept.
   *
   * @return the limit, or {@link #UNLIMITED}
   */
  public int getSize() {
    synchronized (monitor) {
      return size;
    }
  }

  /**
   * Changes how many values may be kept, from the next put on. What is in the queue stays there,
   * also if it is more. Values that waited for room are put as far as there is room now.
   *
   * @param size the limit, or {@link #UNLIMITED}
   * @throws IllegalArgumentException if it is negative
   */
  public void setSize(int size) {
    Limits.notNegative("a queue's size", size);
    List<Waiter<?>> admitted = new ArrayList<>();
    synchronized (monitor) {
      this.size = size;
      while (values.size() < size && putters.poll() instanceof Putter<?> next) {
        giveOrKeep(valueOf(next));
        admitted.add(next);
      }
    }
    HandOver.serveAll(this, admitted);
  }

  /**
   * Says how many callers may wait for values.
   *
   * @return the limit, or {@link #UNLIMITED}
   */
  public int getBacklog() {
    synchronized (monitor) {
      return backlog;
    }
  }

  /**
   * Changes how many callers may wait for values, from the next {@link #get} on. Those who wait go
   * on waiting, also if they are more.
   *
   * @param backlog the limit, or {@link #UNLIMITED}
   * @throws IllegalArgumentException if it is negative
   */
  public void setBacklog(int backlog) {
    Limits.notNegative("a queue's backlog", backlog);
    synchronized (monitor) {
      this.backlog = backlog;
    }
  }

  /**
   * Shows who waits for a value.
   *
   * @return those who wait, the next to be served first; a snapshot
   */
  public List<Claimant> waiters() {
    return getters.claimants();
  }

  /**
   * Shows who waits until there is room for his value.
   *
   * @return those who wait, the next to be served first; a snapshot
   */
  public List<Claimant> putters() {
    return putters.claimants();
  }
}
