package dev.twine.testing;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.stream.Collectors.joining;

import dev.twine.Failure;
import dev.twine.UnhandledFailure;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What has begun in one test and not come to its end, and what has gone wrong meanwhile. There is
 * one at a time in this JVM, and everything is told to that one; all fields are guarded by it.
 */
final class Watch {

  /** How long to wait for what is coming to its end on another thread, in milliseconds. */
  private static final long GRACE = 250;

  /** What has gone wrong while nothing was watched, but a class of watched tests was going on. */
  private static final Queue<Wrong> STRAYS = new ConcurrentLinkedQueue<>();

  /** How many classes of watched tests are going on, one in the other. */
  private static final AtomicInteger CLASSES = new AtomicInteger();

  private static final AtomicReference<@Nullable Watch> CURRENT = new AtomicReference<>();

  private final Map<Identity, Begun> open = new LinkedHashMap<>();
  private final List<Wrong> wrong = new ArrayList<>();
  private boolean ended;

  private Watch() {}

  /** One object, whatever it is equal to. */
  private record Identity(Object thing) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Identity identity && identity.thing == thing;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(thing);
    }
  }

  private record Begun(Object thing, String kind, Place place) {
    @Override
    public String toString() {
      return kind + ": " + text(thing) + "\n" + place;
    }
  }

  private record Wrong(String what, Throwable thrown, List<Throwable> sites) {
    @Override
    public String toString() {
      return what
          + ": "
          + Stream.concat(Stream.of(thrown), sites.stream())
              .map(Watch::trace)
              .collect(joining("\n"));
    }
  }

  /** Begins to watch, for a test that nothing else runs beside. */
  static Watch begin() {
    Watch watch = new Watch();
    if (!CURRENT.compareAndSet(null, watch)) {
      throw new IllegalStateException(
          "another test is watched for what it leaves behind right now, and it can't be known which"
              + " of the two leaves what; use @LeavesNothingBehind, beside which nothing runs");
    }
    return watch;
  }

  void end() {
    CURRENT.compareAndSet(this, null);
    synchronized (this) {
      ended = true;
      STRAYS.addAll(wrong);
    }
  }

  /** A class of watched tests begins. */
  static void enterClass() {
    STRAYS.clear();
    CLASSES.incrementAndGet();
  }

  static void leaveClass() {
    CLASSES.decrementAndGet();
  }

  /** What has gone wrong between two watches, as text; the next time it is forgotten. */
  static List<String> takeStrays() {
    List<String> taken = new ArrayList<>();
    for (Wrong stray = STRAYS.poll(); stray != null; stray = STRAYS.poll()) {
      taken.add(stray.toString());
    }
    return taken;
  }

  private void tell(Wrong what) {
    synchronized (this) {
      if (!ended) {
        wrong.add(what);
        return;
      }
    }
    stray(what);
  }

  private static void stray(Wrong what) {
    if (CLASSES.get() > 0) {
      STRAYS.add(what);
    }
  }

  static @Nullable Watch currentOrNull() {
    return CURRENT.get();
  }

  static Watch current() {
    Watch watch = CURRENT.get();
    if (watch == null) {
      throw new IllegalStateException(
          "this test is not watched, so nothing is known of its errors; put @LeavesNothingBehind on"
              + " its class");
    }
    return watch;
  }

  void began(Object thing, String kind) {
    Begun begun = new Begun(thing, kind, Place.here());
    synchronized (this) {
      open.put(new Identity(thing), begun);
    }
  }

  synchronized void ended(Object thing) {
    open.remove(new Identity(thing));
    notifyAll();
  }

  /** Tells whoever watches, or those who do so next. */
  static void unhandled(UnhandledFailure report) {
    List<Throwable> sites = new ArrayList<>();
    if (report.created() != null) {
      sites.add(report.created());
    }
    if (report.fired() != null) {
      sites.add(report.fired());
    }
    tellCurrent(new Wrong("unhandled failure", report.failure().value(), sites));
  }

  static void reported(Throwable thrown, String where) {
    tellCurrent(new Wrong("exception from " + where, thrown, List.of()));
  }

  private static void tellCurrent(Wrong what) {
    Watch watch = CURRENT.get();
    if (watch == null) {
      stray(what);
    } else {
      watch.tell(what);
    }
  }

  /** What has gone wrong, as text; the next time it is forgotten. */
  List<String> takeWrong() throws InterruptedException {
    Sweep.collect();
    List<Wrong> taken;
    synchronized (this) {
      taken = List.copyOf(wrong);
      wrong.clear();
    }
    return taken.stream().map(Wrong::toString).toList();
  }

  /** All that is left now, as text. */
  List<String> awaitAll() throws InterruptedException {
    List<String> all = new ArrayList<>(awaitOpen());
    all.addAll(takeWrong());
    return all;
  }

  /** What has not come to its end, as text, after some time for it. */
  private List<String> awaitOpen() throws InterruptedException {
    List<Begun> left;
    long end = System.nanoTime() + MILLISECONDS.toNanos(GRACE);
    synchronized (this) {
      for (long rest = GRACE;
          !open.isEmpty() && rest > 0;
          rest = (end - System.nanoTime()) / 1_000_000) {
        wait(rest);
      }
      left = List.copyOf(open.values());
    }
    return left.stream().map(Begun::toString).toList();
  }

  /** Takes the errors out that are of one of some kinds, or all if there are none. */
  List<Throwable> flush(List<Class<? extends Throwable>> kinds) {
    try {
      Sweep.collect();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while errors were looked for", e);
    }
    List<Throwable> flushed = new ArrayList<>();
    synchronized (this) {
      for (Iterator<Wrong> each = wrong.iterator(); each.hasNext(); ) {
        Throwable thrown = each.next().thrown;
        if (kinds.isEmpty() || kinds.stream().anyMatch(kind -> kind.isInstance(thrown))) {
          flushed.add(thrown);
          each.remove();
        }
      }
    }
    return flushed;
  }

  /** Of something that is a user's, and may not be printable. */
  static String text(@Nullable Object thing) {
    if (thing == null) {
      return "null";
    }
    try {
      return thing.toString();
    } catch (Throwable unprintable) {
      return thing.getClass().getName() + ", whose text can't be made: " + unprintable;
    }
  }

  /** Without the frames of what runs the test, and what they were called by. */
  private static String trace(Throwable thrown) {
    List<String> kept = new ArrayList<>();
    boolean cut = false;
    for (String line : new Failure(thrown).getTraceback().lines().toList()) {
      cut = line.startsWith("\tat ") && (cut || line.startsWith("\tat org.junit."));
      if (!cut) {
        kept.add(line);
      }
    }
    return String.join("\n", kept);
  }
}
