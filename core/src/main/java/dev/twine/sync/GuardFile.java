package dev.twine.sync;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A guard that is a lock of the operating system on a file of its own.
 *
 * <p>The file is never removed: a process that had it open, and another one that made it anew,
 * would both have the right. It is opened here and nowhere else, and by one lock object of this JVM
 * at a time: closing any channel of a file drops all the locks that the process has on it.
 */
final class GuardFile implements Guard {

  /** More than any owner takes; a longer file is somebody else's, and says nothing. */
  private static final int MAX_BYTES = 1_024;

  private static final Set<OpenOption> OPTIONS =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);

  private final FileChannel channel;

  private GuardFile(FileChannel channel) {
    this.channel = channel;
  }

  static @Nullable Guard tryEnter(Path file) throws IOException {
    GuardFile guard = new GuardFile(open(file));
    boolean entered = false;
    try {
      entered = guard.tryLock();
      return entered ? guard : null;
    } finally {
      if (!entered) {
        guard.close();
      }
    }
  }

  private static FileChannel open(Path file) throws IOException {
    try {
      return FileChannel.open(file, OPTIONS);
    } catch (FileSystemException named) {
      throw named;
    } catch (IOException nameless) { // thrown for a symbolic link
      FileSystemException thrown =
          new FileSystemException(file.toString(), null, nameless.getMessage());
      thrown.initCause(nameless);
      throw thrown;
    }
  }

  private boolean tryLock() throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException inThisProcess) {
      return false;
    }
  }

  @Override
  public @Nullable LockOwner owner() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MAX_BYTES);
    while (channel.read(bytes, bytes.position()) > 0) {}
    return LockOwner.parse(UTF_8.decode(bytes.flip()).toString());
  }

  @Override
  public void note(LockOwner owner) throws IOException {
    channel.truncate(0);
    ByteBuffer bytes = UTF_8.encode(owner.line());
    while (bytes.hasRemaining()) {
      channel.write(bytes, bytes.position());
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failed) {
      // the file is closed, and the lock gone, all the same
    }
  }
}
