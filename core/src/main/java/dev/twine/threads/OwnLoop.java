package dev.twine.threads;

import dev.twine.Turn;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A loop with a thread of its own.
 *
 * <p>Whoever posts something puts it into the queue first, and then looks whether the thread is
 * asleep; the thread says that it is, and then looks into the queue once more. So one of the two
 * sees the other. The end is agreed upon in the same way: what is in the queue when it is closed is
 * called, and who finds his own still there afterwards takes it out, and is refused.
 */
final class OwnLoop extends Loop {

  /** After so many of one kind the other has its turn. */
  private static final int BATCH = 256;

  private final ThreadFactory factory;
  private final Runnable atEnd;
  private final Queue<Task> posted = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread thread;
  private volatile boolean asleep;
  private volatile boolean closed;

  /** Used by the thread only: it has made its last call. */
  private boolean over;

  OwnLoop(Reactor owner, ThreadFactory factory, Runnable atEnd) {
    super(owner);
    this.factory = factory;
    this.atEnd = atEnd;
  }

  @Override
  void start() {
    Thread made = factory.newThread(() -> Turn.runLoop(owner, this::run));
    if (made == null) {
      throw new IllegalStateException("The thread factory of " + owner + " has made no thread");
    }
    thread = made;
    made.start();
  }

  @Override
  void post(Runnable work) {
    Task task = new Task(work);
    posted.add(task);
    if (!closed) {
      lookAgain();
    } else if (posted.remove(task)) {
      throw owner.refusal();
    }
  }

  @Override
  void lookAgain() {
    if (asleep) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  @Nullable Thread thread() {
    return thread;
  }

  private void run() {
    thread = Thread.currentThread(); // whatever the factory has done
    while (!over) {
      try {
        int made = callPosted() + callDue();
        if (made == 0) {
          sleep();
        }
      } catch (Throwable exhausted) { // no stack or memory even to report it: go on
        tell(exhausted);
      }
    }
    atEnd.run();
  }

  private static void tell(Throwable exhausted) {
    try {
      Uncaught.handle(exhausted);
    } catch (Throwable again) {
      // there is nobody left to tell
    }
  }

  private int callPosted() {
    int made = 0;
    for (Task next = next(); next != null; next = ++made < BATCH ? next() : null) {
      next.run();
    }
    return made;
  }

  private @Nullable Task next() {
    return over ? null : posted.poll();
  }

  private int callDue() {
    int made = 0;
    for (Runnable due = due(); due != null; due = ++made < BATCH ? due() : null) {
      call(due);
    }
    return made;
  }

  private @Nullable Runnable due() {
    return over ? null : calls.takeDue();
  }

  private void sleep() {
    asleep = true;
    if (posted.isEmpty() && !Thread.interrupted()) {
      long next = calls.nextTime();
      if (next == Long.MAX_VALUE) {
        LockSupport.park(owner);
      } else {
        LockSupport.parkNanos(owner, next - nanos()); // at once if that is past
      }
    }
    asleep = false;
    boolean unused = Thread.interrupted(); // nobody was running whom it could be for
  }

  @Override
  void end() {
    closed = true;
    for (Task next = posted.poll(); next != null; next = posted.poll()) {
      next.run();
    }
    over = true;
    calls.close();
  }

  @Override
  void abandon() {
    closed = true;
    posted.clear();
    calls.close();
  }

  /** An interrupt is for what is called, and not for what comes after it. */
  private static void call(Runnable work) {
    Uncaught.run(work);
    boolean unused = Thread.interrupted();
  }

  /** Known by its identity, whatever the {@code equals} of the user's object is. */
  private static final class Task {

    private final Runnable work;

    Task(Runnable work) {
      this.work = work;
    }

    void run() {
      call(work);
    }
  }
}
