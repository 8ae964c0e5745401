package dev.twine;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What kind of threads the loops of reactors and the bodies of coroutines run on: the best one that
 * this Java offers, chosen once.
 *
 * <p>What they do is the same on all of them, in the same order; they differ in what it costs. The
 * system property {@code dev.twine.engine} asks for one of them by its name in lower case, {@code
 * own-carrier}, {@code virtual-threads} or {@code platform-threads}; if this Java doesn't have it,
 * or there is none of that name, that is logged, and the best one is used.
 *
 * @since 0.1
 */
public enum Engine {
  /**
   * The loop of a reactor is a virtual thread with a {@linkplain VirtualThreads#carrierFactory
   * carrier of its own}, on which the coroutines run that are started there: so to hand control
   * over never takes a second processor. Used where {@linkplain VirtualThreads#carriersAvailable
   * there are carriers}: on a JDK such as 25, if the program was started with {@code --add-opens
   * java.base/java.lang=dev.twine} ({@code ALL-UNNAMED} on the class path). What is started
   * elsewhere than on such a thread runs on ordinary virtual threads.
   */
  OWN_CARRIER,

  /** Virtual threads, as everybody has them. Used on Java 21 and newer. */
  VIRTUAL_THREADS,

  /**
   * Platform threads, which are slower, and are never collected as garbage. Used before Java 21.
   */
  PLATFORM_THREADS;

  private static final String PROPERTY = "dev.twine.engine";
  private static final System.Logger LOG = System.getLogger("dev.twine");
  private static final Engine CURRENT = choose(System.getProperty(PROPERTY), best());

  /**
   * Tells which kind of threads is used.
   *
   * @return always the same one
   */
  public static Engine current() {
    return CURRENT;
  }

  private static Engine best() {
    if (VirtualThreads.carriersAvailable()) {
      return OWN_CARRIER;
    }
    return VirtualThreads.available() ? VIRTUAL_THREADS : PLATFORM_THREADS;
  }

  /** What is asked for, if this Java has it: each one that comes after the best. */
  static Engine choose(@Nullable String wanted, Engine best) {
    if (wanted == null) {
      return best;
    }
    for (Engine each : values()) {
      if (each.propertyName().equals(wanted)) {
        if (each.compareTo(best) >= 0) {
          return each;
        }
        LOG.log(System.Logger.Level.WARNING, "{0}={1}: {2}", PROPERTY, wanted, each.missing());
        return best;
      }
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "{0}={1}: there is no such engine, but own-carrier, virtual-threads, platform-threads",
        PROPERTY,
        wanted);
    return best;
  }

  private String propertyName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private String missing() {
    return this == OWN_CARRIER
        ? "needs a JDK such as 25, started with --add-opens java.base/java.lang=dev.twine (or"
            + " =ALL-UNNAMED on the class path)"
        : "needs Java 21 or newer";
  }
}
