package dev.twine.sync;

import java.io.Serial;

/**
 * Something was given back that nobody holds.
 *
 * @since 0.1
 */
public final class NotHeldException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  NotHeldException(String message) {
    super(message);
  }
}
