package dev.twine.threads;

import dev.twine.VirtualThreads;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The threads of one reactor that run what blocks. */
final class Pool extends ThreadPoolExecutor {

  /** Twisted's limit. */
  static final int DEFAULT_SIZE = 10;

  private static final Object ENDED = new Object();

  private static final int IDLE_SECONDS = 60;

  private final boolean limited;

  /** Those that are alive; somebody may call {@code System.exit} on one, and never come back. */
  private final Set<Thread> alive = ConcurrentHashMap.newKeySet();

  /** What to do when the last thread has come to its end; {@link #ENDED} when it has. */
  private final AtomicReference<@Nullable Object> atEnd = new AtomicReference<>();

  private final Object resizing = new Object();

  private Pool(
      Reactor owner,
      int core,
      int maximum,
      int idleSeconds,
      BlockingQueue<Runnable> queue,
      ThreadFactory factory) {
    super(
        core,
        maximum,
        idleSeconds,
        TimeUnit.SECONDS,
        queue,
        factory,
        (work, pool) -> {
          throw owner.refusal();
        });
    this.limited = core > 0;
    setThreadFactory(work -> factory.newThread(() -> live(work)));
  }

  private void live(Runnable work) {
    Thread thread = Thread.currentThread();
    alive.add(thread);
    try {
      work.run();
    } finally {
      alive.remove(thread);
    }
  }

  Set<Thread> alive() {
    return alive;
  }

  /** So many daemon threads at most, started when there is work, ended when there is none. */
  static Pool ofPlatformThreads(Reactor owner, int maximum) {
    AtomicInteger number = new AtomicInteger();
    Pool pool =
        new Pool(
            owner,
            maximum,
            maximum,
            IDLE_SECONDS,
            new LinkedBlockingQueue<>(),
            work -> newDaemon(work, owner.name() + "-pool-" + number.incrementAndGet()));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** A virtual thread for each piece of work. */
  static Pool ofVirtualThreads(Reactor owner) {
    return new Pool(
        owner,
        0,
        Integer.MAX_VALUE,
        0,
        new SynchronousQueue<>(),
        VirtualThreads.factory(owner.name() + "-pool"));
  }

  static Thread newDaemon(Runnable work, String name) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    return thread;
  }

  static int requireSize(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("a thread pool needs 1 thread or more, not " + threads);
    }
    return threads;
  }

  void resize(int threads) {
    requireSize(threads);
    if (!limited) {
      throw new UnsupportedOperationException(
          "this reactor's pool makes a virtual thread for each piece of work and has no limit");
    }
    synchronized (resizing) {
      if (threads > getMaximumPoolSize()) {
        setMaximumPoolSize(threads);
        setCorePoolSize(threads);
      } else {
        setCorePoolSize(threads);
        setMaximumPoolSize(threads);
      }
    }
  }

  /** Takes no more work, does what was taken, and then calls back, on whatever thread. */
  void end(Runnable then) {
    shutdown();
    if (!atEnd.compareAndSet(null, then)) {
      then.run();
    }
  }

  @Override
  protected void terminated() {
    if (atEnd.getAndSet(ENDED) instanceof Runnable then) {
      then.run();
    }
  }
}
