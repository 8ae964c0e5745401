package dev.twine.threads;

import static java.util.Objects.requireNonNull;

import dev.twine.Action;
import dev.twine.Callback;
import dev.twine.Deferred;
import dev.twine.DeferredCallable;
import dev.twine.DelayedCall;
import dev.twine.Engine;
import dev.twine.Failure;
import dev.twine.Scheduler;
import dev.twine.Turn;
import dev.twine.VirtualThreads;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The loop that runs a program: it makes calls on one thread, one after the other, those that any
 * thread gives it and those whose time has come.
 *
 * {@snippet class=ThreadSnippets region=reactor lang=java}
 *
 * <p>What is called in the reactor needs no lock against anything else that is. There may be
 * several reactors; each is an object, a {@link Scheduler} and an {@link Executor}, and is given to
 * whatever needs one. It is no networking: that is what {@code java.net.http}, Netty or Vert.x are
 * for, whose results come here through {@link Deferred#from} and {@link Deferred#continueOn}.
 *
 * <p><b>Life.</b> A reactor can be given work from the beginning; it begins with it when it is
 * {@linkplain #run run}, which it is once, and goes on until it is {@linkplain #stop stopped}. It
 * then shuts down: see {@link #stop}. Afterwards it refuses everything with a {@link
 * RejectedExecutionException}.
 *
 * <p><b>Its thread</b> is a virtual one where Java has them (21 and newer) and a platform thread
 * where not or if {@linkplain Builder#platformLoop asked for}; it is a daemon, so it is whoever
 * waits in {@code run} that keeps the program alive. Whatever blocks it stops everything: {@link
 * Deferred#get()} on a Deferred without result, and {@link Threads#blockingCallFromThread}, throw
 * an exception there, and {@link Threads#deferToThread(Reactor, java.util.concurrent.Callable)
 * deferToThread} is the way out. An exception from a call goes to the uncaught exception handler of
 * the thread, and the reactor goes on; an interrupt of the thread is forgotten when the call that
 * runs is over.
 *
 * <p><b>Order.</b> What is posted by one thread is called in the order in which it was posted.
 * Calls due at different times are made in the order of these times, at the same time in the order
 * of their creation. Between what is posted and what is due there is no order, but none keeps the
 * other waiting for ever.
 *
 * <p>Any thread may call any method, unless it says otherwise.
 *
 * <p>Memory consistency effects: actions in a thread prior to giving something to a reactor
 * <i>happen-before</i> it is called there, and each call <i>happens-before</i> the next.
 *
 * <p>This is Twisted's {@code reactor}, without its networking.
 *
 * @since 0.1
 */
public final class Reactor implements Scheduler, Executor {

  /**
   * In this order; the adapter to somebody else's loop begins with RUNNING.
   *
   * <pre>
   *   NEW --run--> RUNNING --stop--> STOPPING --all has come to its end--> STOPPED
   * </pre>
   */
  private enum Life {
    NEW("not running"),
    RUNNING("running"),
    STOPPING("stopping"),
    STOPPED("stopped");

    private final String text;

    Life(String text) {
      this.text = text;
    }
  }

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final AtomicReference<Life> life;
  private final String name;
  private final Loop loop;
  private final Shutdown shutdown = new Shutdown(this);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final boolean virtualPool;

  private final Object poolLock = new Object();

  /** Guarded by the lock; made when it is first asked for. */
  private @Nullable Pool pool;

  /** Guarded by the lock; 0 when there is to be none any more. */
  private int poolSize;

  /** Threads that wait for something here. */
  final BlockedCallers callers = new BlockedCallers(this);

  /** Creates a reactor with a thread and a pool as described above. */
  public Reactor() {
    this(builder());
  }

  private Reactor(Builder options) {
    this.life = new AtomicReference<>(Life.NEW);
    this.name = options.name == null ? newName() : options.name;
    this.loop = new OwnLoop(this, options.factory(name), ended::countDown);
    this.poolSize = options.threads;
    this.virtualPool = options.virtualPool;
  }

  private Reactor(Executor executor) {
    this.life = new AtomicReference<>(Life.RUNNING);
    this.name = newName();
    this.loop = new ForeignLoop(this, requireNonNull(executor, "executor"), ended::countDown);
    this.poolSize = Pool.DEFAULT_SIZE;
    this.virtualPool = false;
  }

  private static String newName() {
    return "reactor-" + NUMBER.incrementAndGet();
  }

  /**
   * Returns a reactor that makes its calls on somebody else's loop: on the thread of a user
   * interface, for example, so that results of other threads come back to it.
   *
   * {@snippet class=ThreadSnippets region=reactor_of lang=java}
   *
   * <p>It runs from the beginning, and is never {@linkplain #run run}. {@link #stop} ends its
   * duties, with all triggers, and leaves the executor alone; it comes too late when the executor
   * has been shut down. On its turn, as everywhere here, is who is called by this reactor; what
   * others call on the same thread, such as the listeners of a user interface, is not, and has to
   * take care itself not to block it. Each call is one task of the executor's; if it refuses one,
   * whoever wanted the call gets the exception, and for a delayed call it is {@linkplain
   * dev.twine.Probe#reported reported}. The waiting for delayed calls is done by a daemon thread
   * that all such reactors share, and which an executor that blocks would hold up.
   *
   * @param executor has one thread, and keeps the order of what it is given; one that calls in
   *     place is no loop, and makes calls on all sorts of threads
   * @return a running reactor
   */
  public static Reactor of(Executor executor) {
    return new Reactor(executor);
  }

  /**
   * Begins to describe a reactor that is not the usual one.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Finds the reactor that has made the call in which the caller is.
   *
   * @return the reactor whose turn this is, or null if it is none's
   */
  public static @Nullable Reactor current() {
    return Turn.loop() instanceof Reactor reactor ? reactor : null;
  }

  /**
   * Runs a program that is over when its main Deferred has fired: what {@code main} of a Java
   * program calls, to exit with what this returns.
   *
   * {@snippet class=ThreadSnippets region=react lang=java}
   *
   * <p>The function is called in a new reactor. When the Deferred that it gives has fired, the
   * reactor is stopped, and when that has shut down this method returns: 0 after a success,
   * whatever the value is; 1 after a failure, whose traceback is printed to {@link System#err}; the
   * status of an {@link ExitException} if it is that it failed with, and nothing is printed. If the
   * program stops the reactor itself, the Deferred is not waited for, and 0 is returned. (So does
   * Twisted, {@code task.react}.)
   *
   * <p><b>Signals.</b> When the Java virtual machine is told to end, by SIGINT (Control-C), SIGTERM
   * or {@code System.exit} on some thread, the main Deferred is cancelled in the reactor; the
   * machine ends when the Deferred has fired and the reactor has shut down, so whatever has to be
   * cleaned up can be, and takes the time it needs. The exit status is the machine's own: 128 and
   * the number of the signal, or what {@code System.exit} was given. The machine does not wait for
   * what can't come: not at all for a reactor in which {@code System.exit} was called, nor for the
   * end of its pool if it was called there; and no more than 10 seconds for a call in the reactor
   * that blocks, for the bodies that are running on the pool's threads when it is shut down, or for
   * a trigger while {@code System.exit} has been called in the pool. A trigger that waits for such
   * a body on a pool of one's own it would wait for. A second signal changes nothing; SIGKILL ends
   * everything.
   *
   * <p>Execution: this method waits, and the function is called on the reactor's thread. If the
   * waiting thread is interrupted the reactor is stopped, and 1 is returned if the main Deferred
   * has not fired.
   *
   * @param main the program; it is given the reactor, and null in place of a Deferred means that it
   *     is over
   * @return the exit status
   * @throws IllegalStateException if it is called on the turn of a reactor or on a thread of its
   *     pool, or the virtual machine is ending
   */
  public static int react(
      Callback<? super Reactor, ? extends @Nullable Deferred<? extends @Nullable Object>> main) {
    return react(new Reactor(), main);
  }

  /**
   * Runs a program in a given reactor; see {@link #react(Callback)}.
   *
   * @param reactor what to run the program in; not yet running
   * @param main the program
   * @return the exit status
   * @throws IllegalStateException if the reactor has been run, or as in {@link #react(Callback)}
   */
  public static int react(
      Reactor reactor,
      Callback<? super Reactor, ? extends @Nullable Deferred<? extends @Nullable Object>> main) {
    return new Program(reactor, requireNonNull(main, "main")).run();
  }

  // ---- life

  /**
   * Runs the reactor until it has been stopped and has shut down.
   *
   * <p>Signals are none of its business: SIGTERM ends the virtual machine at once, and no trigger
   * is called. {@link #react} sees to that.
   *
   * <p>Execution: the calling thread waits. If it is interrupted, the reactor is {@linkplain #stop
   * stopped}; this method returns when that is done, and the thread's flag is set again. To stop a
   * reactor that another thread is about to run, post it: {@code reactor.execute(reactor::stop)}.
   *
   * @throws IllegalStateException if it is running or was run, if it is called on the turn of a
   *     reactor or on a thread of its pool, or if there is no thread for it
   */
  public void run() {
    runFrom(null);
  }

  /** Runs it, with something that is called after what was posted before. */
  void runFrom(@Nullable Runnable first) {
    begin(first);
    boolean interrupted = false;
    while (true) {
      try {
        ended.await();
        break;
      } catch (InterruptedException stop) {
        interrupted = true;
        tryStop();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin(@Nullable Runnable first) {
    Object outer = Turn.loop();
    if (outer != null || poolThreads().contains(Thread.currentThread())) {
      throw new IllegalStateException(
          "run() waits until "
              + this
              + " ends, and must not be called on "
              + (outer == null ? "a thread of its pool" : "the turn of " + outer));
    }
    if (!life.compareAndSet(Life.NEW, Life.RUNNING)) {
      throw new IllegalStateException(
          this
              + (loop instanceof ForeignLoop
                  ? " can't be run: its executor runs it"
                  : " can't be run: a reactor runs once; make another one"));
    }
    try {
      if (first != null) {
        loop.post(first);
      }
      loop.start();
    } catch (RuntimeException | Error noThread) {
      abandon();
      throw noThread;
    }
  }

  /** There is nobody to make calls: refuses them, and tells who waits for one. */
  private void abandon() {
    life.set(Life.STOPPED);
    loop.abandon();
    callers.turnAway();
    shutdown.abandon();
    Pool made = lastPool();
    if (made != null) {
      made.shutdown();
    }
    ended.countDown();
  }

  /**
   * Stops the reactor, in good order.
   *
   * <p>What was posted before has its turn first. Then the triggers are called, phase after phase
   * (see {@link ShutdownPhase}), each phase in the order of their addition; a phase is over when
   * all Deferreds have fired that its triggers gave. Between the second and the third the thread
   * pool takes no more work, and what it was given is waited for, so that its results still fire.
   * All the while the reactor makes calls as usual; but threads that wait in {@link
   * Threads#blockingCallFromThread} when the pool is to end are told that there will be no answer.
   * In the end what is posted by then has its turn, delayed calls that are left are cancelled (of
   * what {@code deferLater} gave, nothing is fired any more), and {@link #run} returns. A body on a
   * thread that never ends holds that up: cancel its Deferred, in a trigger, to interrupt it.
   *
   * <p>Execution: this method returns at once; nothing is called inside of it.
   *
   * @throws IllegalStateException if the reactor is not running, or is being stopped
   * @throws RejectedExecutionException if an executor that was given to {@link #of} refuses: the
   *     reactor goes on then, and can be stopped later; or if it has been shut down, so that no
   *     trigger can be called any more: the reactor has stopped then
   */
  public void stop() {
    if (!tryStop()) {
      throw new IllegalStateException(
          this
              + (life.get() == Life.NEW
                  ? " can't be stopped: it is not running"
                  : " can't be stopped: it has been"));
    }
  }

  /** Stops it; false if it is not running. */
  boolean tryStop() {
    if (!life.compareAndSet(Life.RUNNING, Life.STOPPING)) {
      return false;
    }
    try {
      loop.post(shutdown::begin);
    } catch (RuntimeException | Error refused) {
      if (loop.isGone()) {
        abandon();
      } else {
        life.set(Life.RUNNING);
      }
      throw refused;
    }
    return true;
  }

  /** Goes on with the shutdown, as a call of its own. */
  void goOn(Runnable next) {
    try {
      loop.post(next);
    } catch (RuntimeException | Error refused) {
      abandon();
      throw refused;
    }
  }

  /** Ends the threads, and first those who wait for what would wait for them. */
  Deferred<@Nullable Void> endPool() {
    callers.turnAway();
    Deferred<@Nullable Void> over = new Deferred<>();
    Pool made = lastPool();
    if (made == null) {
      over.callback(null);
    } else {
      made.end(() -> over.callback(null));
    }
    return over;
  }

  /** The last call. */
  void end() {
    life.set(Life.STOPPED);
    loop.end();
  }

  /**
   * Adds something to call when the reactor shuts down.
   *
   * <p>Execution: it is called in the reactor, once, when the reactor is {@linkplain #stop
   * stopped}. An exception from it is {@linkplain dev.twine.Probe#reported reported}, and the
   * shutdown goes on.
   *
   * @param phase when to call it
   * @param trigger what to call
   * @return what takes it back
   * @throws IllegalStateException if the triggers of that phase have been called
   */
  public SystemEventTrigger addSystemEventTrigger(ShutdownPhase phase, Action trigger) {
    requireNonNull(trigger, "trigger");
    return shutdown.add(requireNonNull(phase, "phase"), () -> Deferred.maybeDeferred(trigger));
  }

  /**
   * Adds something to call when the reactor shuts down, and to wait for.
   *
   * <p>Execution: as above. The next phase begins when the Deferred has fired; that it failed is
   * reported, like an exception.
   *
   * @param phase when to call it
   * @param trigger what to call; null in place of a Deferred is nothing to wait for
   * @return what takes it back
   * @throws IllegalStateException if the triggers of that phase have been called
   */
  public SystemEventTrigger addSystemEventTrigger(
      ShutdownPhase phase, DeferredCallable<? extends @Nullable Object> trigger) {
    requireNonNull(trigger, "trigger");
    return shutdown.add(requireNonNull(phase, "phase"), trigger);
  }

  /**
   * Tells whether the reactor runs.
   *
   * @return true from {@link #run} until it has shut down
   */
  public boolean isRunning() {
    Life now = life.get();
    return now == Life.RUNNING || now == Life.STOPPING;
  }

  // ---- work

  @Override
  public Duration now() {
    return Duration.ofNanos(loop.nanos());
  }

  /**
   * {@inheritDoc}
   *
   * <p>The call is made in the reactor. If the reactor has not been run yet, it is made then, at
   * the earliest.
   *
   * @throws RejectedExecutionException if the reactor has stopped
   */
  @Override
  public DelayedCall callLater(Duration delay, Runnable call) {
    return loop.callLater(delay, call);
  }

  /**
   * Has something called in the reactor: what other threads use to come back to it.
   *
   * <p>Execution: never inside this method, also not on the reactor's own turn.
   *
   * @param task what to call
   * @throws RejectedExecutionException if the reactor has stopped
   */
  @Override
  public void execute(Runnable task) {
    loop.post(requireNonNull(task, "task"));
  }

  /**
   * Has something called in the reactor: Twisted's name for {@link #execute}.
   *
   * @param call what to call
   * @throws RejectedExecutionException if the reactor has stopped
   */
  public void callFromThread(Action call) {
    loop.post(runnable(call));
  }

  /**
   * Calls something as soon as the reactor runs, once.
   *
   * <p>Execution: inside this method on the reactor's own turn; otherwise in the reactor, in the
   * order in which such calls and what was posted came.
   *
   * @param call what to call; an exception from it reaches the caller only on the reactor's own
   *     turn
   * @throws RejectedExecutionException if the reactor has stopped
   */
  public void callWhenRunning(Action call) {
    Runnable work = runnable(call);
    if (isInReactorThread()) {
      work.run();
    } else {
      loop.post(work);
    }
  }

  /**
   * Has something called on a thread of the pool, with no result.
   *
   * <p>Execution: on another thread. An exception from it goes to that thread's uncaught exception
   * handler; {@link Threads#deferToThread(Reactor, Action)} brings it back.
   *
   * @param call what to call
   * @throws RejectedExecutionException if the reactor has stopped, or its pool has been shut down
   */
  public void callInThread(Action call) {
    new Errand(this, runnable(call)).start(threadPool());
  }

  /**
   * Tells whether the caller is on the reactor's turn: in a call that it makes, or in a coroutine
   * that such a call has resumed.
   *
   * @return false on every other thread
   */
  public boolean isInReactorThread() {
    return Turn.loop() == this;
  }

  // ---- the pool

  /**
   * Returns the threads for what blocks: 10 at most, unless {@linkplain #suggestThreadPoolSize
   * changed}. They are daemons, started when there is work and ended after a minute without; work
   * waits in an unlimited queue.
   *
   * @return the pool, which the reactor shuts down
   * @throws RejectedExecutionException if nothing has used the pool before the reactor has stopped
   */
  public ThreadPoolExecutor threadPool() {
    return pool();
  }

  private Pool pool() {
    synchronized (poolLock) {
      Pool made = pool;
      if (made == null) {
        if (poolSize == 0) {
          throw refusal();
        }
        made = virtualPool ? Pool.ofVirtualThreads(this) : Pool.ofPlatformThreads(this, poolSize);
        pool = made;
      }
      return made;
    }
  }

  /** From now on there is none, unless there is one. */
  private @Nullable Pool lastPool() {
    synchronized (poolLock) {
      poolSize = 0;
      return pool;
    }
  }

  /**
   * Sets the number of threads of the pool; those that are too many end when they have nothing to
   * do ({@code IReactorThreads.suggestThreadPoolSize}).
   *
   * @param threads 1 or more
   * @throws IllegalArgumentException if that is less than 1
   * @throws UnsupportedOperationException if the pool has virtual threads, which are not limited
   * @throws RejectedExecutionException if nothing has used the pool before the reactor has stopped
   */
  public void suggestThreadPoolSize(int threads) {
    Pool.requireSize(threads);
    pool().resize(threads);
  }

  // ---- inside

  String name() {
    return name;
  }

  @Nullable Thread thread() {
    return loop.thread();
  }

  List<DelayedCall> pendingCalls() {
    return loop.calls.pending();
  }

  /** The threads of the pool that are alive. */
  Set<Thread> poolThreads() {
    synchronized (poolLock) {
      return pool == null ? Set.of() : pool.alive();
    }
  }

  /** The pool takes no more work, and is waited for. */
  boolean isEndingPool() {
    synchronized (poolLock) {
      return poolSize == 0 && pool != null && !pool.isTerminated();
    }
  }

  /** Waits for the end; false if the time has passed. */
  boolean awaitEnd(long millis) throws InterruptedException {
    return ended.await(millis, TimeUnit.MILLISECONDS);
  }

  RejectedExecutionException refusal() {
    return new RejectedExecutionException(
        this
            + (life.get() == Life.STOPPED
                ? " takes no more work"
                : " has shut its thread pool down, and nobody works or waits on threads any more"));
  }

  private static Runnable runnable(Action call) {
    requireNonNull(call, "call");
    return () -> {
      try {
        call.run();
      } catch (Throwable thrown) {
        new Failure(thrown).raise();
      }
    };
  }

  @Override
  public String toString() {
    return "Reactor[" + name + ", " + life.get().text + "]";
  }

  /**
   * Describes a reactor.
   *
   * @since 0.1
   */
  public static final class Builder {

    private @Nullable String name;
    private @Nullable ThreadFactory loopFactory;
    private boolean platformLoop = Engine.current() == Engine.PLATFORM_THREADS;
    private int threads = Pool.DEFAULT_SIZE;
    private boolean virtualPool;

    private Builder() {}

    /**
     * Sets the name of the reactor, which its threads have, too.
     *
     * @param name the name; {@code reactor-1} and so on otherwise
     * @return this
     */
    public Builder name(String name) {
      this.name = requireNonNull(name, "name");
      return this;
    }

    /**
     * Has the loop run on a platform thread, also where Java has virtual ones: where something asks
     * for that very thread, or where the processors are kept busy by other virtual threads.
     *
     * @return this
     */
    public Builder platformLoop() {
      this.platformLoop = true;
      return this;
    }

    /**
     * Has the loop run on a thread of one's own making.
     *
     * @param factory makes the thread when the reactor is run
     * @return this
     */
    public Builder loopThread(ThreadFactory factory) {
      this.loopFactory = requireNonNull(factory, "factory");
      return this;
    }

    /**
     * Sets how many threads the pool has at most.
     *
     * @param threads 1 or more; 10 otherwise
     * @return this
     * @throws IllegalArgumentException if that is less than 1
     */
    public Builder poolSize(int threads) {
      this.threads = Pool.requireSize(threads);
      return this;
    }

    /**
     * Has the pool make a virtual thread for each piece of work, as many as there is work.
     *
     * @return this
     * @throws UnsupportedOperationException if the running Java has no virtual threads
     */
    public Builder virtualPool() {
      VirtualThreads.factory("any");
      this.virtualPool = true;
      return this;
    }

    /**
     * Creates the reactor.
     *
     * @return a reactor, not yet running
     */
    public Reactor build() {
      return new Reactor(this);
    }

    private ThreadFactory factory(String reactorName) {
      if (loopFactory != null) {
        return loopFactory;
      }
      if (platformLoop) {
        return work -> Pool.newDaemon(work, reactorName);
      }
      return Engine.current() == Engine.OWN_CARRIER
          ? VirtualThreads.carrierFactory(reactorName)
          : VirtualThreads.factory(reactorName);
    }
  }
}
