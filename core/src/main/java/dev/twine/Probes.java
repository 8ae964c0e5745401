package dev.twine;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells all {@linkplain Probe probes} of this JVM something: for those who write a scheduler, a
 * pool or a lock of their own, which are then seen like those of this library.
 *
 * <p>Execution: the probes are called on the calling thread, before the method returns. Call these
 * methods with no lock held. Without any probe they do nothing, and cost nothing.
 *
 * @since 0.1
 */
public final class Probes {

  private static final System.Logger LOG = System.getLogger("dev.twine");
  private static final Probe[] PROBES = find();

  /** False in a JVM without probes: a constant to the compiler, so that watching costs nothing. */
  static final boolean PRESENT = PROBES.length > 0;

  private Probes() {}

  static void entering(Chain chain, @Nullable Object input) {
    each(probe -> probe.entering((Deferred<?>) chain, input));
  }

  static void fired(Chain chain) {
    each(probe -> probe.fired((Deferred<?>) chain));
  }

  static void waiting(Chain chain, Chain on) {
    each(probe -> probe.waiting((Deferred<?>) chain, (Deferred<?>) on));
  }

  /** Warns that a result was wanted a second time. */
  static void takenAgain(Chain chain) {
    log(
        System.Logger.Level.WARNING,
        "the result of a Deferred was taken by another one before, this one gets null;"
            + " fork() gives each its own"
            + chain.sitesText(),
        null);
    each(probe -> probe.takenAgain((Deferred<?>) chain));
  }

  static void unhandled(UnhandledFailure report) {
    log(
        report.cancelled() ? System.Logger.Level.DEBUG : System.Logger.Level.ERROR,
        "unhandled failure in a Deferred that nothing refers to any more; onFailure only looks at"
            + " a failure, addErrback and consumeErrors handle it"
            + Sites.text(report.created(), report.fired()),
        report.failure().value());
    each(probe -> probe.unhandled(report));
  }

  /**
   * Reports an exception that has no place in any chain: it is logged, by the logger {@code
   * dev.twine} at level ERROR, and told to every probe.
   *
   * @param thrown the exception
   * @param where what threw it
   */
  public static void reported(Throwable thrown, String where) {
    log(System.Logger.Level.ERROR, "exception from " + where, thrown);
    each(probe -> probe.reported(thrown, where));
  }

  /**
   * Tells that something has begun that has to come to an end.
   *
   * @param thing what has begun, known by its identity
   * @param kind what it is, for people
   */
  public static void began(Object thing, String kind) {
    if (PRESENT) {
      each(probe -> probe.began(thing, kind));
    }
  }

  /**
   * Tells that something that had begun has come to its end.
   *
   * @param thing what {@link #began} was told
   */
  public static void ended(Object thing) {
    if (PRESENT) {
      each(probe -> probe.ended(thing));
    }
  }

  private static void each(Consumer<Probe> message) {
    for (Probe probe : PROBES) {
      try {
        message.accept(probe);
      } catch (Throwable thrown) { // whatever a probe does, the chain goes on
        log(System.Logger.Level.ERROR, "exception from a probe", thrown);
      }
    }
  }

  /** A logger may throw, or an exception while it is printed: the chain goes on all the same. */
  private static void log(System.Logger.Level level, String message, @Nullable Throwable thrown) {
    try {
      LOG.log(level, message, thrown);
    } catch (Throwable unloggable) {
      // there is nobody left to tell
    }
  }

  private static Probe[] find() {
    List<Probe> found = new ArrayList<>();
    try {
      ServiceLoader.load(Probe.class, Probe.class.getClassLoader()).forEach(found::add);
    } catch (ServiceConfigurationError broken) {
      log(System.Logger.Level.ERROR, "a probe can't be used", broken);
    }
    return found.toArray(new Probe[0]);
  }
}
