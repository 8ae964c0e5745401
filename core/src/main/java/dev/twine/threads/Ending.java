package dev.twine.threads;

import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * A look, again and again, at whether a reactor can still come to its end while the virtual machine
 * is ending. {@code System.exit} never returns; whoever waits for a thread that has called it waits
 * for ever, and so does the virtual machine, if one of its hooks does.
 *
 * <p>Used by one thread.
 */
final class Ending {

  /** How long it may take the reactor to give a sign, and the last bodies to end. */
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Reactor reactor;
  private final Predicate<Thread> isExiting;
  private final LongSupplier clock;
  private long asked;
  private long askedAt;

  /** When the pool was first seen to hold up the end; 0 while it does not. */
  private long stuckSince;

  /** Written in the reactor. */
  private volatile long answered;

  Ending(Reactor reactor) {
    this(reactor, Ending::isInSystemExit, System::nanoTime);
  }

  /** For tests, in which nobody calls System.exit, or waits. */
  Ending(Reactor reactor, Predicate<Thread> isExiting, LongSupplier clock) {
    this.reactor = reactor;
    this.isExiting = isExiting;
    this.clock = clock;
  }

  boolean isInVain() {
    Thread loop = reactor.thread();
    return (loop != null && isExiting.test(loop)) || poolNeverEnds() || reactorGivesNoSign();
  }

  /** Also a trigger may wait for a body that has called System.exit. */
  private boolean poolNeverEnds() {
    boolean exiting = reactor.poolThreads().stream().anyMatch(isExiting);
    boolean ending = reactor.isEndingPool();
    if (exiting && ending) {
      return true;
    } else if (!exiting && !ending) {
      stuckSince = 0;
      return false;
    }
    long now = clock.getAsLong();
    if (stuckSince == 0) {
      stuckSince = now;
    }
    return now - stuckSince > PATIENCE_NANOS;
  }

  private boolean reactorGivesNoSign() {
    long now = clock.getAsLong();
    if (asked != answered) {
      return now - askedAt > PATIENCE_NANOS;
    }
    long question = asked + 1;
    asked = question;
    askedAt = now;
    try {
      reactor.execute(() -> answered = question);
    } catch (RejectedExecutionException stopped) {
      answered = question; // it is about to end
    }
    return false;
  }

  private static boolean isInSystemExit(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"));
  }
}
