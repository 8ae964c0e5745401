package dev.twine;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One platform thread that carries virtual threads, instead of those that carry all others: of the
 * virtual threads that it carries one runs at a time, and each runs until it waits or {@linkplain
 * #giveWay gives way}, in the order in which they became ready. (If one can't leave it, a relief
 * takes the place and goes on with the others.)
 *
 * <p>The platform thread comes with the first virtual thread that is ready, and goes when there was
 * none for {@value #IDLE_SECONDS} seconds; it doesn't keep a program alive.
 */
final class Carrier implements Executor {

  private static final long IDLE_SECONDS = 10;
  private static final AtomicLong NUMBER = new AtomicLong();
  private static final ThreadLocal<@Nullable Carrier> CURRENT = new ThreadLocal<>();

  private final String name = "carrier-" + NUMBER.incrementAndGet();

  /** The virtual threads that are ready, as what goes on with them. */
  private final Queue<Runnable> ready = new ConcurrentLinkedQueue<>();

  /** The platform thread, or null while there is none. */
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

  /** Grows when a virtual thread is gone on with; written by the platform thread, and a relief. */
  private final AtomicLong turns = new AtomicLong();

  /** The carrier of the calling virtual thread, if it was started on one. */
  static @Nullable Carrier current() {
    return CURRENT.get();
  }

  /** What a virtual thread does that is to run on this carrier. */
  Runnable carrying(Runnable body) {
    return () -> {
      CURRENT.set(this);
      body.run();
    };
  }

  /** Called by the Java runtime when a virtual thread is ready to go on. */
  @Override
  public void execute(Runnable continuation) {
    ready.add(continuation);
    Thread now = thread.get();
    if (now == null) {
      startThread();
    } else if (now != Thread.currentThread()) {
      LockSupport.unpark(now);
    }
  }

  private void startThread() {
    Thread made = new Thread(null, this::carry, name, 0, false);
    made.setDaemon(true);
    if (thread.compareAndSet(null, made)) {
      try {
        made.start();
      } catch (Throwable noThread) {
        thread.set(null);
        throw noThread;
      }
    }
  }

  private void carry() {
    do {
      runReady();
    } while (isInPlace() && (waitedInTime() || !ended()));
  }

  private void runReady() {
    while (isInPlace()) {
      Runnable next = ready.poll();
      if (next == null) {
        return;
      }
      turns.incrementAndGet();
      try {
        next.run();
      } catch (Throwable thrown) { // the others go on
        Captured.note(thrown);
        Probes.reported(thrown, name);
      }
    }
  }

  /** Waits for a virtual thread that is ready; false if there was none for long. */
  private boolean waitedInTime() {
    long nanos = IDLE_SECONDS * 1_000_000_000L;
    long deadline = System.nanoTime() + nanos;
    while (isInPlace() && ready.isEmpty()) {
      if (nanos <= 0) {
        return false;
      }
      LockSupport.parkNanos(this, nanos);
      nanos = deadline - System.nanoTime();
    }
    return true;
  }

  /** Gives the place up; false if something has become ready meanwhile, and it was taken again. */
  private boolean ended() {
    if (!thread.compareAndSet(Thread.currentThread(), null)) {
      return true; // a relief is in its place
    }
    return ready.isEmpty() || !thread.compareAndSet(null, Thread.currentThread());
  }

  /**
   * On a virtual thread of this carrier: lets the others go first. If the calling one can't leave
   * the carrier, because a native method or a class initializer is on its stack, they go on on
   * another platform thread.
   */
  @SuppressWarnings("ThreadPriorityCheck") // a carrier keeps the order
  void giveWay() {
    long before = turns.get();
    Thread.yield();
    if (turns.get() == before && !ready.isEmpty()) {
      relieve();
    }
  }

  /** Another platform thread takes the place; the one that is held up ends when it comes back. */
  private void relieve() {
    Thread relief = new Thread(null, this::carry, name, 0, false);
    relief.setDaemon(true);
    Thread heldUp = thread.getAndSet(relief);
    try {
      relief.start();
    } catch (Throwable noThread) {
      thread.set(heldUp);
      throw noThread;
    }
  }

  private boolean isInPlace() {
    return thread.get() == Thread.currentThread();
  }

  @Override
  public String toString() {
    return name;
  }
}
