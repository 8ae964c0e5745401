package dev.twine.sync;

import java.io.Serial;

/**
 * The {@link DeferredQueue} has been closed: it takes no more values, and has none left.
 *
 * @since 0.1
 */
public final class QueueClosedException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  QueueClosedException() {
    super("the queue has been closed");
  }
}
