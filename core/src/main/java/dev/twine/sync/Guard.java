package dev.twine.sync;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The right to make, judge and remove one link, which one process at a time has, for a moment. */
interface Guard extends Closeable {

  /** Who made the last link that was noted, or null if nobody can be made out. */
  @Nullable LockOwner owner() throws IOException;

  /** Notes who has made the link. */
  void note(LockOwner owner) throws IOException;

  /** Gives the right up. */
  @Override
  void close();

  /** Where the right is had. */
  interface Gate {

    /** Takes the right, or returns null if another process has it. */
    @Nullable Guard tryEnter(Path file) throws IOException;
  }
}
