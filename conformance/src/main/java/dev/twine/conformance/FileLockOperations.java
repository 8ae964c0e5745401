package dev.twine.conformance;

import dev.twine.Deferred;
import dev.twine.sync.AlreadyTryingToLockException;
import dev.twine.sync.DeferredFilesystemLock;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Locks among processes, here all in one folder that belongs to the scenario. */
final class FileLockOperations implements OperationFamily {

  @Override
  public Set<String> names() {
    return Set.of("fslock", "fsTry", "fsUnlock", "fsWait");
  }

  @Override
  public Map<String, Class<? extends Throwable>> kinds() {
    return Map.of("AlreadyTryingToLock", AlreadyTryingToLockException.class);
  }

  @Override
  public void perform(Op op, Replay replay) throws IOException {
    String name = op.text("p");
    switch (op.name()) {
      case "fslock" -> replay.bind(name, lock(op, replay));
      case "fsTry" ->
          replay.record("returned", replay.thing(name, DeferredFilesystemLock.class).lock());
      case "fsUnlock" -> replay.thing(name, DeferredFilesystemLock.class).unlock();
      case "fsWait" -> replay.bind(op.text("as"), waitFor(op, replay));
      default -> throw new IllegalArgumentException(op.name());
    }
  }

  private static Thing lock(Op op, Replay replay) throws IOException {
    DeferredFilesystemLock lock =
        new DeferredFilesystemLock(replay.folder().resolve(op.text("file")), replay.clock());
    return new Thing(lock, () -> Map.of("locked", lock.isLocked()));
  }

  private static Deferred<@Nullable Void> waitFor(Op op, Replay replay) {
    DeferredFilesystemLock lock = replay.thing(op.text("p"), DeferredFilesystemLock.class);
    return op.has("timeout")
        ? lock.deferUntilLocked(op.seconds("timeout"))
        : lock.deferUntilLocked();
  }
}
