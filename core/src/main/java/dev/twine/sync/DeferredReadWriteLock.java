package dev.twine.sync;

import static java.util.Objects.requireNonNull;

import dev.twine.Deferred;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lock that either any number of readers hold, or one writer.
 *
 * {@snippet class=CoordinationSnippets region=read_write lang=java}
 *
 * <p><b>Order.</b> Writers are preferred: a reader who comes while a writer waits has to wait, too,
 * and as long as writers wait one of them is next. Among writers, and among readers, who comes
 * first is served first; readers who have waited are let in together. So steady writers can keep
 * readers waiting for ever, and steady readers can't do that to a writer.
 *
 * <p>The lock is not reentrant: a reader who asks again while a writer waits, waits for himself; so
 * does a reader who asks to write. It belongs to no thread; any thread may call any method.
 *
 * <p>Memory consistency effects: actions in a thread prior to giving a writer's permit back
 * <i>happen-before</i> the callbacks of whoever gets a permit next, and those prior to giving a
 * reader's permit back <i>happen-before</i> the callbacks of the next writer.
 *
 * @since 0.1
 */
public final class DeferredReadWriteLock {

  /** The readers, or the writers: those who have the lock, and those who wait. */
  private final class Side implements PermitSource, Token.Issuer {

    /** Guarded by the monitor. */
    private final Line<Token> holders = new Line<>();

    private final Queue queue = new Queue(holders);

    @Override
    public Deferred<Permit> acquire() {
      return acquireAs(null);
    }

    @Override
    public Deferred<Permit> acquire(String name) {
      return acquireAs(requireNonNull(name, "name"));
    }

    private Deferred<Permit> acquireAs(@Nullable String name) {
      Token token = new Token(this, name);
      synchronized (monitor) {
        if (!isOpenTo(this)) {
          return queue.join(token);
        }
        holders.add(token);
      }
      token.out();
      return Deferred.succeed(token);
    }

    @Override
    public boolean takeBack(Token token) {
      List<Waiter<Permit>> next;
      synchronized (monitor) {
        if (!holders.remove(token)) {
          return false;
        }
        next = letIn();
      }
      token.back();
      HandOver.serveAll(monitor, next);
      return true;
    }

    @Override
    public boolean takeOldestBack() {
      return false; // nobody but its holder can give a permit back
    }

    @Override
    public List<Claimant> holders() {
      synchronized (monitor) {
        return holders.each(token -> token.claimant);
      }
    }

    @Override
    public List<Claimant> waiters() {
      return queue.claimants();
    }
  }

  private final class Queue extends PermitQueue {

    Queue(Line<Token> holders) {
      super(monitor, holders);
    }

    /** Where a writer leaves, readers may have waited for him only. */
    @Override
    void left() {
      List<Waiter<Permit>> next;
      synchronized (monitor) {
        next = letIn();
      }
      HandOver.serveAll(monitor, next);
    }

    @Override
    Line<Token> inTheWay() {
      return writers.holders.isEmpty() ? readers.holders : writers.holders;
    }
  }

  /** Guards both sides. */
  private final Object monitor = new Object();

  private final Side readers = new Side();

  /** At most one has the lock. */
  private final Side writers = new Side();

  /** Creates a lock that nobody holds. */
  public DeferredReadWriteLock() {}

  /**
   * The side of the readers: any number of its permits are out at a time.
   *
   * @return the readers' side, always the same
   */
  public PermitSource readLock() {
    return readers;
  }

  /**
   * The side of the writers: one permit, while no reader has one.
   *
   * @return the writers' side, always the same
   */
  public PermitSource writeLock() {
    return writers;
  }

  /** For the holder of the monitor: whether somebody of that side need not wait. */
  private boolean isOpenTo(Side side) {
    return writers.holders.isEmpty()
        && writers.queue.isEmpty()
        && (side == readers || readers.holders.isEmpty());
  }

  /** For the holder of the monitor: gives the lock to all who can have it now. */
  private List<Waiter<Permit>> letIn() {
    List<Waiter<Permit>> served = new ArrayList<>(1);
    if (writers.holders.isEmpty() && readers.holders.isEmpty()) {
      addIfAny(served, writers.queue.admitFirst());
    }
    while (isOpenTo(readers) && !readers.queue.isEmpty()) {
      addIfAny(served, readers.queue.admitFirst());
    }
    return served;
  }

  private static <E> void addIfAny(List<E> list, @Nullable E element) {
    if (element != null) {
      list.add(element);
    }
  }
}
