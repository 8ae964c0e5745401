package dev.twine.sync;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesystemLockTest {

  private static final long SELF = 100;
  private static final long OTHER = 200;
  private static final int COUNTS = 1_000;

  private final FakeProcesses processes = new FakeProcesses(SELF);

  @TempDir Path folder;
  private Path path;
  private FilesystemLock lock;
  private FilesystemLock second;

  /** Guarded by the locks on the file. */
  private int counted;

  @BeforeEach
  void setUp() {
    path = folder.resolve("x");
    lock = lockOf(path);
    second = lockOf(path);
  }

  @AfterEach
  void releaseAll() throws IOException {
    lock.release();
    second.release();
  }

  @Nested
  class TakingAndGivingBack {

    @Test
    void theLinkHasThePidAsItsTarget() throws IOException {
      assertThat(lock.lock()).isTrue();

      assertThat(Files.readSymbolicLink(path)).hasToString("100");
      assertThat(lock.isLocked()).isTrue();
      assertThat(lock.wasClean()).isTrue();
    }

    @Test
    void unlockingRemovesTheLinkAndLeavesTheGuard() throws IOException {
      lock.lock();
      lock.unlock();

      assertThat(lock.isLocked()).isFalse();
      assertThat(folder).isDirectoryNotContaining(each -> each.equals(path));
      assertThat(folder.resolve("x.guard")).isRegularFile();
    }

    @Test
    void aLockIsNotReentrant() throws IOException {
      lock.lock();

      assertThat(lock.lock()).isFalse();
      assertThat(lock.isLocked()).isTrue();
      lock.unlock();
      assertThat(lock.lock()).isTrue();
    }

    @Test
    void whoDoesNotHoldTheLockCannotUnlockIt() throws IOException {
      assertNotHeld(lock::unlock);

      lock.lock();
      assertNotHeld(second::unlock);
      assertThat(Files.isSymbolicLink(path)).isTrue();

      lock.unlock();
      assertNotHeld(lock::unlock);
    }

    @Test
    void aRelativePathWillDo() throws IOException {
      FilesystemLock relative = lockOf(Path.of("").toAbsolutePath().relativize(path));

      assertThat(relative.lock()).isTrue();
      assertThat(lock.lock()).isFalse();

      relative.unlock();
      assertThat(lock.lock()).isTrue();
    }

    @Test
    void aNewLockNeverWasUnclean() {
      assertThat(lock.wasClean()).isTrue();
    }
  }

  @Nested
  class InOneJvm {

    @Test
    void twoLocksOnOneFileExcludeEachOther() throws IOException {
      lock.lock();
      assertThat(second.lock()).isFalse();
      assertThat(second.isLocked()).isFalse();

      lock.unlock();
      assertThat(second.lock()).isTrue();
    }

    @Test
    void theyDoSoThoughTheFolderIsSpeltInAnotherWay() throws IOException {
      Files.createDirectory(folder.resolve("inside"));
      Path alias = Files.createSymbolicLink(folder.resolve("alias"), folder);
      FilesystemLock throughLink = lockOf(alias.resolve("x"));
      FilesystemLock throughDots = lockOf(folder.resolve("inside/../x"));
      lock.lock();
      // Were it not for the table of this JVM, the link would now be taken over.
      processes.start(SELF, 2);

      assertThat(throughLink.lock()).isFalse();
      assertThat(lockOf(folder.resolve(".").resolve("x")).lock()).isFalse();
      assertThat(throughDots.lock()).isFalse();

      lock.unlock();
      assertThat(throughLink.lock()).isTrue();
      assertThat(lock.lock()).isFalse();
      throughLink.unlock();
    }

    @Test
    void locksOnDifferentFilesHaveNothingToDoWithEachOther() throws IOException {
      FilesystemLock other = lockOf(folder.resolve("y"));

      assertThat(lock.lock()).isTrue();
      assertThat(other.lock()).isTrue();
      other.unlock();
    }

    /** Two threads count with a plain field, each with a lock object of its own. */
    @Test
    @Tag("race")
    void whatOneHolderDidTheNextOneSees() throws Exception {
      FutureTask<Void> other = new FutureTask<>(() -> count(second), null);
      Thread thread = new Thread(other);
      thread.start();
      count(lock);
      other.get(60, SECONDS);

      assertThat(counted).isEqualTo(2 * COUNTS);
    }

    private void count(FilesystemLock mine) {
      try {
        for (int counts = 0; counts < COUNTS; counts++) {
          while (!mine.lock()) {
            Thread.yield();
          }
          counted++;
          mine.unlock();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Test
    void aSecondLockStaysOutThoughTheLinkWasRemovedByHand() throws IOException {
      lock.lock();
      Files.delete(path);

      assertThat(second.lock()).isFalse();
    }
  }

  @Nested
  class Owners {

    @Test
    void aDeadOwnerLosesTheLock() throws IOException {
      leaveLink(OTHER);

      assertThat(lock.lock()).isTrue();
      assertThat(lock.wasClean()).isFalse();
      assertThat(Files.readSymbolicLink(path)).hasToString("100");
    }

    @Test
    void theNextTakeIsCleanAgain() throws IOException {
      leaveLink(OTHER);
      lock.lock();
      lock.unlock();
      assertThat(lock.wasClean()).isFalse();

      lock.lock();

      assertThat(lock.wasClean()).isTrue();
    }

    @Test
    void aLivingOwnerWithoutANoteKeepsTheLock() throws IOException {
      processes.start(OTHER, 5);
      leaveLink(OTHER);

      assertThat(lock.lock()).isFalse();
      assertThat(Files.readSymbolicLink(path)).hasToString("200");
    }

    @Test
    void aLivingOwnerWithANoteKeepsTheLock() throws IOException {
      processes.start(OTHER, 5);
      moveIn(ownedBy(OTHER, 5));

      assertThat(lock.lock()).isFalse();
    }

    @Test
    void aPidThatIsUsedAgainIsNotTheOwner() throws IOException {
      processes.start(OTHER, 6);
      moveIn(ownedBy(OTHER, 5));

      assertThat(lock.lock()).isTrue();
      assertThat(lock.wasClean()).isFalse();
    }

    @Test
    void thisProcessIsNotAnOwnerWithItsPidThatWasStartedBefore() throws IOException {
      processes.start(SELF, 2);
      moveIn(ownedBy(SELF, 1));

      assertThat(lock.lock()).isTrue();
      assertThat(lock.wasClean()).isFalse();
    }

    @Test
    void whatThisProcessHasLeftBehindIsHeld() throws IOException {
      moveIn(ownedBy(SELF, 1));

      assertThat(lock.lock()).isFalse();
    }

    @Test
    void anOwnerThatCannotBeExaminedIsAlive() throws IOException {
      processes.hide(OTHER);
      leaveLink(OTHER);
      assertThat(lock.lock()).isFalse();

      Files.delete(path);
      moveIn(ownedBy(OTHER, 5));
      assertThat(lock.lock()).isFalse();
    }

    @Test
    void anOwnerOfAnotherHostIsAlive() throws IOException {
      moveIn(ownedBy(OTHER, 5));
      processes.host = "elsewhere";
      assertThat(lock.lock()).isFalse();

      processes.host = "here";
      assertThat(lock.lock()).isTrue();
    }

    @Test
    void anOwnerWhoseStartCannotBeComparedIsAlive() throws IOException {
      processes.start(OTHER, ProcessStart.at(5));
      moveIn(ownedBy(OTHER, 5));

      assertThat(lock.lock()).isFalse();
    }

    @Test
    void aNoteAboutAnotherLinkCountsForNothing() throws IOException {
      processes.start(OTHER, 6);
      moveIn(ownedBy(OTHER, 5));
      String note = Files.readString(folder.resolve("x.guard"));
      LockOwner owner = LockOwner.parse(note);
      LockOwner.Link earlier = new LockOwner.Link(OTHER, owner.link().made() - 1);
      Files.writeString(
          folder.resolve("x.guard"), new LockOwner(earlier, owner.host(), owner.start()).line());
      assertThat(lock.lock()).isFalse();

      Files.writeString(folder.resolve("x.guard"), note.substring(0, 5));
      assertThat(lock.lock()).isFalse();

      Files.writeString(folder.resolve("x.guard"), note);
      assertThat(lock.lock()).isTrue();
    }

    @Test
    void whoCannotSeeItsOwnStartIsJudgedByItsPid() throws IOException {
      processes.hide(SELF);
      assertThat(lock.lock()).isTrue();

      assertThat(folder.resolve("x.guard")).isEmptyFile();
    }
  }

  @Nested
  class Meanwhile {

    @Test
    void aLinkThatWasReplacedByALivingOwnerIsNotRemoved() throws IOException {
      leaveLink(OTHER);
      processes.start(300, 1);
      processes.meanwhile = () -> replaceLink(300);

      assertThat(lock.lock()).isFalse();
      assertThat(Files.readSymbolicLink(path)).hasToString("300");
    }

    @Test
    void aLinkThatHasVanishedWasNobodysLegacy() throws IOException {
      leaveLink(OTHER);
      processes.meanwhile = () -> removeLink();

      assertThat(lock.lock()).isTrue();
      assertThat(lock.wasClean()).isTrue();
    }

    @Test
    void aLinkThatKeepsChangingIsLeftAlone() throws IOException {
      leaveLink(OTHER);
      AtomicInteger changes = new AtomicInteger();
      processes.meanwhile = () -> replaceLink(300 + changes.incrementAndGet());

      assertThat(lock.lock()).isFalse();
      assertThat(changes).hasValueGreaterThan(10);
    }

    @Test
    void aLinkThatIsRemovedByHandIsNotHeldAnyMore() throws IOException {
      lock.lock();
      Files.delete(path);

      assertNotHeld(lock::unlock);
      assertThat(lock.isLocked()).isFalse();
      assertThat(lock.lock()).isTrue();
    }

    @Test
    void aLinkThatWasMadeAnewByAnotherOneIsLeftAlone() throws IOException {
      lock.lock();
      replaceLink(OTHER);

      assertNotHeld(lock::unlock);

      assertThat(Files.readSymbolicLink(path)).hasToString("200");
      assertThat(lock.isLocked()).isFalse();
    }

    @Test
    void aFileInThePlaceOfTheLinkIsLeftAlone() throws IOException {
      lock.lock();
      Files.delete(path);
      Files.writeString(path, "precious");

      assertNotHeld(lock::unlock);
      assertThat(path).hasContent("precious");
    }

    @Test
    void aFolderThatIsGoneHasTakenTheLockWithIt() throws IOException {
      FilesystemLock inside = lockOf(Files.createDirectory(folder.resolve("inside")).resolve("x"));
      inside.lock();
      Files.move(folder.resolve("inside"), folder.resolve("gone"));

      assertNotHeld(inside::unlock);
      assertThat(inside.isLocked()).isFalse();
    }
  }

  @Nested
  class TheGuard {

    @Test
    void whileAnotherOneHasTheGuardTheLockIsHeld() throws IOException {
      try (FileChannel channel = openGuard();
          FileLock busy = channel.lock()) {
        assertThat(lock.lock()).isFalse();
        assertThat(busy.isValid()).isTrue();
      }
      assertThat(lock.lock()).isTrue();
    }

    @Test
    void unlockingWaitsForTheGuard() throws IOException {
      AtomicInteger refusals = new AtomicInteger();
      FilesystemLock patient =
          lockWith(file -> refusals.getAndDecrement() > 0 ? null : GuardFile.tryEnter(file));
      patient.lock();
      refusals.set(3);

      patient.unlock();

      assertThat(refusals).hasNegativeValue();
      assertThat(Files.exists(path)).isFalse();
    }

    @Test
    void unlockingGivesUpAtLastAndLeavesTheLockHeld() throws IOException {
      AtomicInteger refusals = new AtomicInteger();
      FilesystemLock hasty =
          new FilesystemLock(
              path,
              processes,
              file -> refusals.getAndDecrement() > 0 ? null : GuardFile.tryEnter(file),
              Duration.ZERO);
      hasty.lock();
      refusals.set(1);

      assertRefused(hasty::unlock, "does not leave the guard");
      assertThat(hasty.isLocked()).isTrue();
      assertThat(lock.lock()).isFalse();

      hasty.unlock();
      assertThat(lock.lock()).isTrue();
    }

    @Test
    void aGuardThatMayNotBeWrittenMeansHeldIfThereIsALink() throws IOException {
      FilesystemLock stranger =
          lockWith(
              file -> {
                throw new AccessDeniedException(file.toString());
              });
      assertThatThrownBy(stranger::lock)
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining("x.guard");

      leaveLink(OTHER);
      assertThat(stranger.lock()).isFalse();
      assertThat(stranger.isLocked()).isFalse();
    }

    @Test
    void aLinkWhoseOwnerCannotBeNotedIsRemoved() throws IOException {
      IOException full = new IOException("no space left");
      FilesystemLock unlucky = lockWith(file -> new FullGuard(full));

      assertThatThrownBy(unlucky::lock).isSameAs(full);
      assertThat(unlucky.isLocked()).isFalse();
      assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isFalse();
      assertThat(lock.lock()).isTrue();
    }

    @Test
    void anInterruptedThreadGetsNoLockAndLeavesNothing() throws IOException {
      Thread.currentThread().interrupt();
      try {
        assertThatThrownBy(lock::lock).isInstanceOf(ClosedByInterruptException.class);
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isFalse();
      assertThat(lock.isLocked()).isFalse();
      assertThat(lock.lock()).isTrue();
    }

    @Test
    void anInterruptedThreadCanUnlock() throws IOException {
      lock.lock();
      Thread.currentThread().interrupt();
      try {
        lock.unlock();
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(lock.isLocked()).isFalse();
    }

    private FileChannel openGuard() throws IOException {
      return FileChannel.open(
          folder.resolve("x.guard"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private FilesystemLock lockWith(Guard.Gate gate) {
      return new FilesystemLock(path, processes, gate, Duration.ofSeconds(10));
    }
  }

  @Nested
  class BadPlaces {

    @Test
    void aRegularFileIsNoLock() throws IOException {
      Files.writeString(path, "precious");

      assertRefused(lock::lock, "not a symbolic link");
      assertThat(path).hasContent("precious");
      assertFreeAfterRemoval();
    }

    @Test
    void aFolderIsNoLock() throws IOException {
      Files.createDirectory(path);

      assertRefused(lock::lock, "not a symbolic link");
      assertThat(folder.resolve("x.guard")).doesNotExist();
      assertFreeAfterRemoval();
    }

    @Test
    void aLinkToSomethingElseIsNoLock() throws IOException {
      for (String target :
          new String[] {"readme.txt", "-1", "0", "12 34", "99999999999999999999"}) {
        Files.createSymbolicLink(path, Path.of(target));

        assertRefused(lock::lock, target);
        Files.delete(path);
      }
      assertThat(lock.lock()).isTrue();
    }

    @Test
    void aFolderThatDoesNotExistIsNamed() throws IOException {
      FilesystemLock lost = lockOf(folder.resolve("none").resolve("x"));
      assertThatThrownBy(lost::lock)
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageContaining(folder.resolve("none").resolve("x").toString())
          .hasMessageContaining("does not exist");

      Files.createDirectory(folder.resolve("none"));
      assertThat(lost.lock()).isTrue();
      lost.unlock();
    }

    @Test
    void aPathUnderARegularFileIsRefused() throws IOException {
      Files.writeString(path, "a file");
      FilesystemLock under = lockOf(path.resolve("y"));

      assertThatThrownBy(under::lock)
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(path.resolve("y").toString())
          .hasMessageContaining("not a folder");
      assertThat(under.isLocked()).isFalse();
    }

    @Test
    void aRootIsRefused() {
      assertThatThrownBy(() -> lockOf(folder.getRoot()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(folder.getRoot().toString());
    }

    @Test
    void aFileSystemWithoutLinksIsRefused() throws IOException {
      URI archive = URI.create("jar:" + folder.resolve("archive.zip").toUri());
      try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
        FilesystemLock zipped = lockOf(zip.getPath("/x"));

        assertThatThrownBy(zipped::lock)
            .isInstanceOf(FileSystemException.class)
            .hasMessageContaining("/x")
            .hasMessageContaining("no symbolic links");
        assertThat(zipped.isLocked()).isFalse();
      }
    }

    private void assertFreeAfterRemoval() throws IOException {
      Files.delete(path);
      assertThat(lock.lock()).isTrue();
    }
  }

  private record FullGuard(IOException thrown) implements Guard {

    @Override
    public @Nullable LockOwner owner() {
      return null;
    }

    @Override
    public void note(LockOwner owner) throws IOException {
      throw thrown;
    }

    @Override
    public void close() {}
  }

  private FilesystemLock lockOf(Path where) {
    return new FilesystemLock(where, processes, GuardFile::tryEnter, Duration.ofSeconds(10));
  }

  /** A folder with a lock that another process has taken, and not given back. */
  private Path ownedBy(long pid, long ticks) throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    FakeProcesses its = new FakeProcesses(pid);
    its.start(pid, ticks);
    FilesystemLock left =
        new FilesystemLock(
            elsewhere.resolve("x"), its, GuardFile::tryEnter, Duration.ofSeconds(10));
    assertThat(left.lock()).isTrue();
    return elsewhere;
  }

  private void moveIn(Path owned) throws IOException {
    Files.move(owned.resolve("x"), path);
    Files.move(
        owned.resolve("x.guard"), folder.resolve("x.guard"), StandardCopyOption.REPLACE_EXISTING);
    Files.delete(owned);
  }

  private void leaveLink(long pid) throws IOException {
    Files.createSymbolicLink(path, Path.of(Long.toString(pid)));
  }

  private void replaceLink(long pid) {
    removeLink();
    try {
      leaveLink(pid);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void removeLink() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertRefused(ThrowingCallable call, String reason) {
    assertThatThrownBy(call)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(path.toString())
        .hasMessageContaining(reason);
  }

  private static void assertNotHeld(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(NotHeldException.class).hasMessageContaining("held");
  }
}
