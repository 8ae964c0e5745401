package dev.twine.sync;

import java.io.Serial;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** There is something in the place of the lock's link that is no lock. */
final class NotALockException extends FileSystemException {

  @Serial private static final long serialVersionUID = 1L;

  NotALockException(Path path, String reason) {
    super(path.toString(), null, reason);
  }
}
