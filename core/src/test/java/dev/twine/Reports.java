package dev.twine;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The probe of the core's tests: keeps what is reported. It also takes the logger {@code dev.twine}
 * over, whose lines the tests read here and nobody wants to see on a terminal.
 */
public final class Reports implements Probe {

  private static final BlockingQueue<UnhandledFailure> UNHANDLED = new LinkedBlockingQueue<>();
  private static final Queue<Thrown> REPORTED = new ConcurrentLinkedQueue<>();
  private static final Queue<Deferred<?>> TAKEN_AGAIN = new ConcurrentLinkedQueue<>();
  private static final BlockingQueue<LogRecord> LOGGED = new LinkedBlockingQueue<>(1_000);
  private static final Logger LOGGER = Logger.getLogger("dev.twine");

  /** Gets everything while it is set. */
  static volatile @Nullable Probe watching;

  static {
    LOGGER.setLevel(Level.ALL);
    LOGGER.setUseParentHandlers(false);
    LOGGER.addHandler(new Keeping());
  }

  /** What was reported instead of thrown. */
  record Thrown(Throwable thrown, String where) {}

  private static final class Sentinel extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** What is logged; more than a thousand lines nobody reads. */
  private static final class Keeping extends Handler {
    @Override
    public void publish(LogRecord line) {
      boolean kept = LOGGED.offer(line);
      assert kept || LOGGED.remainingCapacity() == 0;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** Collects the garbage and gives the failures that are reported then; they are taken out. */
  static List<UnhandledFailure> unhandled() {
    List<UnhandledFailure> reports = new ArrayList<>();
    // What became garbage before a sentinel is enqueued with it or before the next one is.
    for (int sentinels = 0; sentinels < 2; sentinels++) {
      collectUpToASentinel(reports);
    }
    awaitIdleReporter(); // it takes the newest first, so a sentinel may overtake what is older
    UNHANDLED.drainTo(reports);
    return reports;
  }

  private static void awaitIdleReporter() {
    List<Thread> reporters =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("twine-unhandled"))
            .toList();
    long end = System.nanoTime() + SECONDS.toNanos(10);
    while (!reporters.stream().allMatch(each -> each.getState() == Thread.State.WAITING)) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("the reporter of unhandled failures is still busy");
      }
      Thread.onSpinWait();
    }
  }

  /** The exceptions of {@link #unhandled}. */
  public static List<Throwable> unhandledExceptions() {
    return unhandled().stream().map(report -> report.failure().value()).toList();
  }

  private static void collectUpToASentinel(List<UnhandledFailure> reports) {
    Sentinel sentinel = new Sentinel();
    drop(sentinel);
    for (int rounds = 0; rounds < 10; rounds++) {
      System.gc();
      UnhandledFailure report = poll();
      while (report != null) {
        if (report.failure().value() == sentinel) {
          return;
        }
        reports.add(report);
        report = poll();
      }
    }
    throw new AssertionError("the failure of a dropped Deferred was not reported");
  }

  private static void drop(Sentinel sentinel) {
    new Deferred<>().errback(sentinel);
  }

  private static @Nullable UnhandledFailure poll() {
    try {
      return UNHANDLED.poll(2, SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What was reported since the last time. */
  static List<Thrown> reported() {
    return drained(REPORTED);
  }

  /** The Deferreds whose result was wanted again since the last time. */
  static List<Deferred<?>> takenAgain() {
    return drained(TAKEN_AGAIN);
  }

  /** What was logged since the last time. */
  static List<LogRecord> logged() {
    return drained(LOGGED);
  }

  private static <E> List<E> drained(Queue<E> queue) {
    List<E> all = new ArrayList<>();
    for (E each = queue.poll(); each != null; each = queue.poll()) {
      all.add(each);
    }
    return all;
  }

  @Override
  public void entering(Deferred<?> deferred, @Nullable Object input) {
    Probe probe = watching;
    if (probe != null) {
      probe.entering(deferred, input);
    }
  }

  @Override
  public void fired(Deferred<?> deferred) {
    Probe probe = watching;
    if (probe != null) {
      probe.fired(deferred);
    }
  }

  @Override
  public void waiting(Deferred<?> deferred, Deferred<?> on) {
    Probe probe = watching;
    if (probe != null) {
      probe.waiting(deferred, on);
    }
  }

  @Override
  public void began(Object thing, String kind) {
    Probe probe = watching;
    if (probe != null) {
      probe.began(thing, kind);
    }
  }

  @Override
  public void ended(Object thing) {
    Probe probe = watching;
    if (probe != null) {
      probe.ended(thing);
    }
  }

  @Override
  public void takenAgain(Deferred<?> deferred) {
    TAKEN_AGAIN.add(deferred);
  }

  @Override
  public void unhandled(UnhandledFailure report) {
    UNHANDLED.add(report);
  }

  @Override
  public void reported(Throwable thrown, String where) {
    REPORTED.add(new Thrown(thrown, where));
  }
}
