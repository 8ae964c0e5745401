package dev.twine;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The probes of this JVM, and the log for what is reported. */
final class Probes {

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

  /** Reports an exception that can't go into any chain. */
  static void reported(Throwable thrown, String where) {
    log(System.Logger.Level.ERROR, "exception from " + where, thrown);
    each(probe -> probe.reported(thrown, where));
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
