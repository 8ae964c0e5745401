package dev.twine.sync;

import java.io.Serial;

/**
 * {@link DeferredQueue#put} found no room: the queue holds as many values as it may. Twisted's
 * {@code defer.QueueOverflow}.
 *
 * @since 0.1
 */
public final class QueueOverflowException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  QueueOverflowException(int size) {
    super(
        "the queue holds "
            + size
            + " values or more, which is its size; putDeferred() would wait for room");
  }
}
