package dev.twine;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Deferred} was fired a second time.
 *
 * <p>Thrown at the place of the second firing, which changes nothing. With {@linkplain
 * Deferred#setDebugging debugging} on, the cause is the place of the first firing and the message
 * names the place where the Deferred was made. Twisted's {@code AlreadyCalledError}.
 *
 * @since 0.1
 */
public final class AlreadyCalledException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  AlreadyCalledException(String message, @Nullable Throwable firedAt) {
    super(message, firedAt);
  }
}
