package dev.twine.sync;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The symbolic link that is the lock. Its target is the pid of the owner and nothing else, as
 * Twisted's processes read and write it.
 *
 * @param path where it is, in a folder that is spelt in the one way that all its spellings share
 */
record LockLink(Path path) {

  static LockLink at(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    Path folder = realFolder(absolute);
    return new LockLink(folder.resolve(absolute.getFileName()));
  }

  private static Path realFolder(Path path) throws IOException {
    Path folder;
    try {
      folder = requireNonNull(path.getParent(), "parent").toRealPath();
    } catch (NoSuchFileException absent) {
      throw new NoSuchFileException(path.toString(), null, "the folder of the lock does not exist");
    }
    if (!Files.isDirectory(folder)) {
      throw new FileSystemException(path.toString(), null, folder + " is not a folder");
    }
    return folder;
  }

  /** The file that guards the link. */
  Path guard() {
    return path.resolveSibling(path.getFileName() + ".guard");
  }

  /** Makes the link; false if there is something already. */
  boolean create(long pid) throws IOException {
    try {
      Files.createSymbolicLink(path, path.getFileSystem().getPath(Long.toString(pid)));
      return true;
    } catch (FileAlreadyExistsException held) {
      return false;
    }
  }

  /** What is there now, or null if there is nothing. */
  LockOwner.@Nullable Link read() throws IOException {
    try {
      String target = Files.readSymbolicLink(path).toString();
      BasicFileAttributes seen =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new LockOwner.Link(pid(target), seen.lastModifiedTime().toMillis());
    } catch (NoSuchFileException absent) {
      return null;
    } catch (NotLinkException other) {
      throw new NotALockException(path, "there is something that is no lock: not a symbolic link");
    }
  }

  private long pid(String target) throws NotALockException {
    if (!target.matches("[1-9][0-9]{0,17}")) {
      throw new NotALockException(
          path, "there is a symbolic link that is no lock: its target is not a pid but " + target);
    }
    return Long.parseLong(target);
  }

  /** Removes the link if it is the given one; false if it is another one, or not there. */
  boolean remove(LockOwner.Link link) throws IOException {
    try {
      return link.equals(read()) && Files.deleteIfExists(path);
    } catch (NotALockException other) {
      return false;
    }
  }
}
