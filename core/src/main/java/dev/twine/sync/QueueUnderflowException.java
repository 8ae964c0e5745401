package dev.twine.sync;

import java.io.Serial;

/**
 * {@link DeferredQueue#get} found no value, and as many callers waiting as may. Twisted's {@code
 * defer.QueueUnderflow}.
 *
 * @since 0.1
 */
public final class QueueUnderflowException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  QueueUnderflowException(int backlog) {
    super(
        "the queue is empty, and "
            + backlog
            + " callers or more wait for a value, which is its backlog");
  }
}
