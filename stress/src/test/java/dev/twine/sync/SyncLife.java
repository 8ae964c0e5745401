package dev.twine.sync;

import dev.twine.Deferred;
import dev.twine.Failure;
import dev.twine.time.ManualClock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the threads of a {@link SyncRun} do with one primitive, and what has come of it. */
abstract class SyncLife {

  /** What is counted; everything must have happened. */
  enum Event {
    OPERATION,
    ASKED,
    AT_ONCE,
    SERVED,
    CANCELLED,
    TIMED_OUT,
    NESTED,
    QUEUED
  }

  /** One of the threads. */
  interface Player {

    /** One operation, which may be one of several in a row: how many. */
    int play();
  }

  /** Where a thread is among the callbacks that run inside of each other. */
  private static final class Nest {
    private int depth;
    private int giving;
    private int served;
  }

  private static final Duration TICK = Duration.ofMillis(1);

  /** So many, one behind the other, are more than can be served inside of each other. */
  static final int RUSH = 3 * HandOver.DEPTH;

  /** After so many complaints there is no need for more. */
  private static final int ENOUGH = 5;

  private static final ThreadLocal<Nest> NESTS = ThreadLocal.withInitial(Nest::new);

  private final String name;
  private final Map<Event, LongAdder> counts = new EnumMap<>(Event.class);
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final ManualClock clock = new ManualClock();
  private final ReentrantLock moving = new ReentrantLock();

  SyncLife(String name) {
    this.name = name;
    Stream.of(Event.values()).forEach(event -> counts.put(event, new LongAdder()));
  }

  /** One of the threads. */
  abstract Player player(int number, SplittableRandom random);

  /** Everything is given back, and looked at; nobody plays any more. */
  abstract void rest();

  final void settle() {
    clock.advance(Duration.ofHours(1));
    rest();
    check(waiting() == 0, "some have no result, or two");
    check(clock.pendingCalls().isEmpty(), "a time limit was left");
  }

  final void play(Player player, long operations) {
    try {
      for (long done = 0; done < operations; ) {
        int now = player.play();
        counts.get(Event.OPERATION).add(now);
        done += now;
      }
    } catch (Throwable thrown) {
      check(false, thrown.toString());
    }
  }

  final void count(Event event, int more) {
    counts.get(event).add(more);
  }

  final long count(Event event) {
    return counts.get(event).sum();
  }

  /** How many have no result so far. */
  private long waiting() {
    return count(Event.ASKED)
        - count(Event.SERVED)
        - count(Event.CANCELLED)
        - count(Event.TIMED_OUT);
  }

  /** Whether so few wait that many may come at once. */
  final boolean isQuiet() {
    return waiting() < RUSH;
  }

  final void check(boolean right, String complaint) {
    if (!right && complaints.size() < ENOUGH) {
      complaints.add(complaint);
    }
  }

  final List<String> wrong() {
    return List.copyOf(complaints);
  }

  final List<Event> never() {
    return counts.keySet().stream().filter(event -> count(event) == 0).toList();
  }

  /** Lets the time pass, if no other thread is about it. */
  final void tick() {
    if (moving.tryLock()) {
      try {
        handOver(() -> clock.advance(TICK));
      } finally {
        moving.unlock();
      }
    }
  }

  /** Has somebody wait for so long; his callbacks come after this. */
  final void limit(Deferred<?> waiting, int ticks) {
    waiting.addTimeout(TICK.multipliedBy(ticks), clock);
  }

  /** Notes how somebody has ended who isn't served. */
  final void failed(Failure failure) {
    Throwable thrown = failure.value();
    if (thrown instanceof TimeoutException) {
      count(Event.TIMED_OUT, 1);
    } else {
      count(Event.CANCELLED, 1);
      check(thrown instanceof CancellationException, thrown.toString());
    }
  }

  /** Runs what may serve others, whose callbacks run inside of it or, if there are many, behind. */
  final void handOver(Runnable giving) {
    Nest nest = NESTS.get();
    if (nest.giving++ == 0) {
      nest.served = 0;
    }
    giving.run();
    nest.giving--;
  }

  /** Runs the callback of somebody who is served. */
  final void serve(Runnable callback) {
    Nest nest = NESTS.get();
    if (nest.depth > 0) {
      count(Event.NESTED, 1);
    } else if (nest.giving > 0 && nest.served++ > 0) {
      count(Event.QUEUED, 1);
    }
    count(Event.SERVED, 1);
    nest.depth++;
    callback.run();
    nest.depth--;
  }

  @Override
  public final String toString() {
    return name
        + Stream.of(Event.values())
            .map(event -> String.format(" %,d %s", count(event), text(event)))
            .collect(Collectors.joining(",", ":", ""));
  }

  private static String text(Event event) {
    return event.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
