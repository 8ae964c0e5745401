package dev.twine.sync;

import java.io.Serial;
import java.nio.file.Path;

/**
 * A {@link DeferredFilesystemLock} was asked to wait for its file while it was waiting already.
 *
 * <p>Never thrown: the Deferred of the second wait fails with it, and the first wait goes on.
 * Twisted's {@code AlreadyTryingToLockError}.
 *
 * @since 0.1
 */
public final class AlreadyTryingToLockException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  AlreadyTryingToLockException(Path path) {
    super(
        "This lock is already waiting for "
            + path
            + "; wait for the Deferred of that, cancel it, or use another lock object");
  }
}
