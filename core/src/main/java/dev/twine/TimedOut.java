package dev.twine;

import java.io.Serial;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's exception for what took too long, without a stack trace: each timeout makes its own.
 */
final class TimedOut extends TimeoutException {

  @Serial private static final long serialVersionUID = 1L;

  TimedOut(String message) {
    super(message);
  }

  /** The translation of a cancellation that a timeout has caused; keeps what was suppressed. */
  static TimedOut after(Duration timeout, String waiting, Throwable cancellation) {
    TimedOut timedOut = new TimedOut("no result within " + seconds(timeout) + " from " + waiting);
    for (Throwable suppressed : cancellation.getSuppressed()) {
      timedOut.addSuppressed(suppressed);
    }
    return timedOut;
  }

  static String seconds(@Nullable Duration timeout) {
    return timeout == null
        ? "any time"
        : timeout.toNanosPart() == 0
            ? timeout.toSeconds() + " s"
            : timeout.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
