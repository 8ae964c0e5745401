package dev.twine.conformance;

import dev.twine.Deferred;
import dev.twine.sync.DeferredLock;
import dev.twine.sync.DeferredQueue;
import dev.twine.sync.DeferredSemaphore;
import dev.twine.sync.NotHeldException;
import dev.twine.sync.PermitSource;
import dev.twine.sync.QueueOverflowException;
import dev.twine.sync.QueueUnderflowException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Locks, semaphores and queues. */
final class SyncOperations implements OperationFamily {

  @Override
  public Set<String> names() {
    return Set.of("lock", "sem", "queue", "acquire", "release", "run", "put", "get", "limits");
  }

  @Override
  public Map<String, Class<? extends Throwable>> kinds() {
    return Map.of(
        "NotHeld",
        NotHeldException.class,
        "QueueOverflow",
        QueueOverflowException.class,
        "QueueUnderflow",
        QueueUnderflowException.class);
  }

  @Override
  public void perform(Op op, Replay replay) {
    String name = op.text("p");
    switch (op.name()) {
      case "lock" -> replay.bind(name, lock());
      case "sem" -> replay.bind(name, semaphore(op.number("tokens")));
      case "queue" -> replay.bind(name, queue(limit(op, "size"), limit(op, "backlog"), replay));
      // The permit is shown by the name of what has given it.
      case "acquire" ->
          replay.bind(op.text("as"), replay.thing(name, PermitSource.class).acquire(name));
      case "release" -> release(replay.thing(name, PermitSource.class));
      case "run" -> replay.bind(op.text("as"), run(op, replay));
      case "put" -> queue(op, replay).put(Replay.notNull(op.value("v")));
      case "get" -> replay.bind(op.text("as"), queue(op, replay).get());
      case "limits" -> {
        queue(op, replay).setSize(limit(op, "size"));
        queue(op, replay).setBacklog(limit(op, "backlog"));
      }
      default -> throw new IllegalArgumentException(op.name());
    }
  }

  private static Thing lock() {
    DeferredLock lock = new DeferredLock();
    return new Thing(
        lock, () -> Map.of("locked", lock.isLocked(), "waiting", lock.waiters().size()));
  }

  private static Thing semaphore(int tokens) {
    DeferredSemaphore semaphore = new DeferredSemaphore(tokens);
    return new Thing(
        semaphore,
        () ->
            Map.of(
                "tokens",
                semaphore.tokens(),
                "limit",
                semaphore.limit(),
                "waiting",
                semaphore.waiters().size()));
  }

  private static Thing queue(int size, int backlog, Replay replay) {
    DeferredQueue<Object> queue = new DeferredQueue<>(size, backlog);
    return new Thing(
        queue,
        () -> {
          Map<String, @Nullable Object> state = new HashMap<>();
          state.put("pending", replay.encode(queue.pending()));
          state.put("waiting", queue.waiters().size());
          return state;
        });
  }

  private static int limit(Op op, String name) {
    return op.value(name) == null ? DeferredQueue.UNLIMITED : op.number(name);
  }

  @SuppressWarnings("unchecked") // all queues of a scenario carry any value
  private static DeferredQueue<Object> queue(Op op, Replay replay) {
    return (DeferredQueue<Object>) replay.thing(op.text("p"), DeferredQueue.class);
  }

  private static void release(PermitSource source) {
    if (source instanceof DeferredLock lock) {
      lock.release();
    } else if (source instanceof DeferredSemaphore semaphore) {
      semaphore.release();
    }
  }

  private static Deferred<@Nullable Object> run(Op op, Replay replay) {
    PermitSource source = replay.thing(op.text("p"), PermitSource.class);
    Body body = op.body("fn");
    return body.givesDeferred()
        ? source.run(body.deferring(replay, "fn", op.text("id")))
        : source.run(body.callable(replay, "fn", op.text("id")));
  }
}
