package dev.twine.sync;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A lock between processes that is taken or not, without waiting for it. */
final class FilesystemLock {

  /*
   * Three places say who has the lock, and each is asked only by who has passed the one before:
   *
   *   CLAIMS     in this JVM        one lock object for each link, from its attempt to its end
   *   the guard  on this machine    one process, while it makes, judges or removes the link
   *   the link   everywhere         there or not; that it is there means that the lock is held
   *
   * A link of a dead owner is removed, and made anew, under one and the same guard: so nobody can
   * remove what another process has just made. Only links are taken over, never guards: the
   * operating system gives up the guard of a process that dies.
   *
   * That the guard is busy is as good as that the lock is held. Whoever is inside leaves the lock
   * held, unless he is just giving it back.
   *
   * The states of one object, each arrow a compare-and-set of `state`:
   *
   *   FREE --lock--> BUSY --the link is made--> Taken --unlock--> BUSY --> FREE
   *                  BUSY --held by another, or failed--> FREE
   *                                                                 BUSY --failed--> Taken
   */
  private static final ConcurrentMap<Path, FilesystemLock> CLAIMS = new ConcurrentHashMap<>();

  /** How often a link that vanishes is looked at again, before another one counts as faster. */
  private static final int TURNS = 100;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long PAUSE_NANOS = 100_000;

  private sealed interface State {}

  private enum Without implements State {
    FREE,
    BUSY
  }

  private record Taken(LockLink link, LockOwner.Link made, boolean clean) implements State {}

  private final AtomicReference<State> state = new AtomicReference<>(Without.FREE);

  private final Path path;
  private final ProcessTable processes;
  private final Guard.Gate gate;
  private final Duration patience;

  /** Written while this is busy. */
  private volatile boolean clean = true;

  FilesystemLock(Path path) {
    this(path, new RunningProcesses(), GuardFile::tryEnter, PATIENCE);
  }

  FilesystemLock(Path path, ProcessTable processes, Guard.Gate gate, Duration patience) {
    if (path.getFileName() == null) {
      throw new IllegalArgumentException("A lock can't be the root of a file system: " + path);
    }
    this.path = path;
    this.processes = processes;
    this.gate = gate;
    this.patience = patience;
  }

  Path path() {
    return path;
  }

  boolean isLocked() {
    return state.get() instanceof Taken;
  }

  boolean wasClean() {
    return clean;
  }

  boolean lock() throws IOException {
    if (!state.compareAndSet(Without.FREE, Without.BUSY)) {
      return false;
    }
    Taken taken = null;
    try {
      taken = attempt();
    } catch (UnsupportedOperationException lacking) {
      throw lacking(lacking);
    } finally {
      if (taken != null) {
        clean = taken.clean;
      }
      state.set(taken == null ? Without.FREE : taken);
    }
    return taken != null;
  }

  private FileSystemException lacking(UnsupportedOperationException cause) {
    FileSystemException thrown =
        new FileSystemException(
            path.toString(), null, "the file system has no symbolic links, or no file locks");
    thrown.initCause(cause);
    return thrown;
  }

  private @Nullable Taken attempt() throws IOException {
    LockLink link = LockLink.at(path);
    if (CLAIMS.putIfAbsent(link.path(), this) != null) {
      return null;
    }
    Taken taken = null;
    try (Guard guard = tryEnter(link, link.read())) {
      taken = guard == null ? null : take(link, guard);
      return taken;
    } finally {
      if (taken == null) {
        CLAIMS.remove(link.path(), this);
      }
    }
  }

  /**
   * Takes the guard; null if another process has it, or may not be asked who it is.
   *
   * @param there looked at before, so that no guard is made beside what is no lock
   */
  private @Nullable Guard tryEnter(LockLink link, LockOwner.@Nullable Link there)
      throws IOException {
    try {
      return gate.tryEnter(link.guard());
    } catch (AccessDeniedException forbidden) {
      if (there == null) {
        throw forbidden;
      }
      return null;
    }
  }

  private @Nullable Taken take(LockLink link, Guard guard) throws IOException {
    boolean untouched = true;
    for (int turn = 0; turn < TURNS; turn++) {
      if (link.create(processes.self())) {
        return new Taken(link, noted(link, guard), untouched);
      }
      LockOwner.Link there = link.read();
      if (there != null && !isDead(there, guard.owner())) {
        return null;
      }
      if (there != null && link.remove(there)) {
        untouched = false;
      }
    }
    return null;
  }

  /** Notes who has made the link. A link whose note is missing would be judged by its pid alone. */
  private LockOwner.Link noted(LockLink link, Guard guard) throws IOException {
    LockOwner.Link made = link.read();
    if (made == null) {
      throw new NoSuchFileException(
          path.toString(), null, "the link of the lock was removed as soon as it was made");
    }
    boolean noted = false;
    try {
      ProcessStart start = ownStart();
      if (start != null) {
        guard.note(new LockOwner(made, processes.host(), start));
      }
      noted = true;
      return made;
    } finally {
      if (!noted) {
        link.remove(made);
      }
    }
  }

  private @Nullable ProcessStart ownStart() {
    try {
      return processes.startOf(processes.self());
    } catch (IOException hidden) {
      return null;
    }
  }

  /** Whether the owner of a link is no more, for certain. */
  private boolean isDead(LockOwner.Link link, @Nullable LockOwner noted) {
    LockOwner owner = noted != null && noted.link().equals(link) ? noted : null;
    if (owner != null && !owner.host().equals(processes.host())) {
      return false;
    }
    try {
      ProcessStart start = processes.startOf(link.pid());
      return start == null || (owner != null && start.surelyDiffersFrom(owner.start()));
    } catch (IOException hidden) {
      return false;
    }
  }

  void unlock() throws IOException {
    if (!release()) {
      throw new NotHeldException(
          path + " is not held by this lock; who does not hold it can't unlock it");
    }
  }

  /** Gives the lock back; false if it is not this one's, or not any more. */
  boolean release() throws IOException {
    State now = state.get();
    if (!(now instanceof Taken held) || !state.compareAndSet(now, Without.BUSY)) {
      return false;
    }
    State next = held;
    try {
      boolean removed = remove(held);
      CLAIMS.remove(held.link.path(), this);
      next = Without.FREE;
      return removed;
    } finally {
      state.set(next);
    }
  }

  private boolean remove(Taken held) throws IOException {
    Guard guard;
    try {
      guard = enter(held.link);
    } catch (NoSuchFileException folderIsGone) {
      return false;
    }
    try {
      return held.link.remove(held.made);
    } finally {
      guard.close();
    }
  }

  private Guard enter(LockLink link) throws IOException {
    long begun = System.nanoTime();
    for (; ; ) {
      Guard guard = gate.tryEnter(link.guard());
      if (guard != null) {
        return guard;
      }
      if (System.nanoTime() - begun > patience.toNanos()) {
        throw new FileSystemException(
            path.toString(), link.guard().toString(), "another process does not leave the guard");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
