package dev.twine.sync;

import dev.twine.Deferred;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A queue whose cancelled members leave: what everything in this package waits in.
 *
 * <p>It is guarded by a monitor that belongs to the primitive that has it, and that is never held
 * while a Deferred is fired.
 */
class Waiters<T extends @Nullable Object> {

  /** The monitor of this, and of whatever the primitive has beside it. */
  final Object guard;

  private final Line<Waiter<T>> line = new Line<>();

  /**
   * A queue.
   *
   * @param monitor what guards it, and who serves its members: see {@link HandOver}
   */
  Waiters(Object monitor) {
    this.guard = monitor;
  }

  /** A queue that is its own monitor. */
  Waiters() {
    this.guard = this;
  }

  /** A member was cancelled, and has left; called without the monitor. */
  void left() {}

  /** A member who was served had been cancelled or fired; called without the monitor. */
  void refused(Waiter<T> waiter, T gift) {}

  /** What has to fire before any member can be served, if that is known. */
  @Nullable Deferred<?> blocker() {
    return null;
  }

  /** Puts somebody at the end; the caller holds the monitor. */
  final <W extends Waiter<T>> W add(W waiter) {
    line.add(waiter);
    return waiter;
  }

  /** Puts whoever has called this package at the end; the caller holds the monitor. */
  final Deferred<T> join() {
    return add(new Waiter<T>(this, Claimant.caller(null))).deferred;
  }

  /** Takes the first one, who is to be served with this; the caller holds the monitor. */
  final @Nullable Waiter<T> poll(@Nullable Object gift) {
    Waiter<T> waiter = line.poll();
    if (waiter != null) {
      waiter.gift = gift;
    }
    return waiter;
  }

  /** Takes the first one, who brings along what he gets; the caller holds the monitor. */
  final @Nullable Waiter<T> poll() {
    return line.poll();
  }

  /** Takes them all, who are to be served with this; the caller holds the monitor. */
  final List<Waiter<T>> drain(@Nullable Object gift) {
    List<Waiter<T>> all = new ArrayList<>(line.size());
    for (Waiter<T> waiter = poll(gift); waiter != null; waiter = poll(gift)) {
      all.add(waiter);
    }
    return all;
  }

  /** For the caller, who holds the monitor. */
  final boolean isEmpty() {
    return line.isEmpty();
  }

  /** For the caller, who holds the monitor. */
  final int size() {
    return line.size();
  }

  /** Who waits, the next to be served first. */
  final List<Claimant> claimants() {
    synchronized (guard) {
      return line.each(waiter -> waiter.claimant);
    }
  }

  /** Takes a cancelled member out; false if he has been taken to be served. */
  final boolean leave(Waiter<T> waiter) {
    boolean waited;
    synchronized (guard) {
      waited = line.remove(waiter);
    }
    if (waited) {
      try {
        left();
      } catch (RuntimeException | Error thrown) { // it is the caller's; but he has left
        waiter.deferred.errback(new CancellationException("who waited has left the queue"));
        throw thrown;
      }
    }
    return waited;
  }
}
