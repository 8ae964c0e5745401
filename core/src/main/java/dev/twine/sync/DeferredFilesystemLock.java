package dev.twine.sync;

import static java.util.Objects.requireNonNull;

import dev.twine.AlreadyCalledException;
import dev.twine.Deferred;
import dev.twine.DelayedCall;
import dev.twine.Effect;
import dev.twine.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A lock that one process at a time holds, with a {@link Deferred} to wait for it.
 *
 * {@snippet class="sync.FileLockSnippets" region=file_lock lang=java}
 *
 * <p><b>The files.</b> The lock is a symbolic link whose target is the pid of its owner: where the
 * link is, the lock is held. Processes of Twisted and of this library exclude each other with it.
 * Beside the link, a file with {@code .guard} after the same name is opened and locked for the
 * moment in which the link is made, judged or removed; it also has the start and the host of the
 * last owner. It is never removed, and must not be removed, or opened by anything else, as long as
 * the lock is in use. Users who share a lock must all be allowed to write both.
 *
 * <p><b>Owners that have died.</b> A link that a dead process left behind is taken over, by one
 * contender only. An owner is dead if there is no process with its pid, or if the one that there is
 * was started at another time: pids are used again. An owner that can't be examined counts as
 * alive: one of another host or container, as told by the host's name, or one that the operating
 * system hides. So does an owner whose process is waiting to be reaped by its parent. Some limits:
 *
 * <ul>
 *   <li>What died on another host, or in a container that came back with another host name, has to
 *       be removed by hand: delete the link.
 *   <li>Hosts or containers that share the lock need different names, or one takes the living owner
 *       of the other for dead.
 *   <li>Of a Twisted process only the pid is known, even on another host; and when a Twisted
 *       process takes over the link of a dead owner it asks for no guard, so that there can be two
 *       holders.
 *   <li>On Windows, and where the operating system hides the processes of others, no process is
 *       ever known to be dead.
 * </ul>
 *
 * <p><b>In one JVM.</b> Two lock objects for one file exclude each other like two processes,
 * however the path to its folder is spelt, if this library is loaded once. A lock object is not
 * reentrant: while it holds the lock, {@link #lock} returns false and {@link #deferUntilLocked()}
 * waits. A lock belongs to no thread, and any thread may call any method. A lock object that
 * becomes garbage gives nothing back.
 *
 * <p>Memory consistency effects: actions in a thread prior to calling {@link #unlock}
 * <i>happen-before</i> those that follow when another lock object of the same JVM has got the lock.
 *
 * <p>Twisted's {@code defer.DeferredFilesystemLock} and {@code lockfile.FilesystemLock}. Unlike
 * there, a wait can follow one that has timed out, unlocking what another lock object of the same
 * process holds is refused, and an exception while waiting fails the Deferred instead of hitting
 * the scheduler.
 *
 * @since 0.1
 */
public final class DeferredFilesystemLock {

  private static final Duration USUAL_INTERVAL = Duration.ofSeconds(1);

  private final FilesystemLock lock;
  private final Scheduler scheduler;
  private volatile Duration retryInterval;

  /** The one wait that is under way, or null. */
  private final AtomicReference<@Nullable Wait> waiting = new AtomicReference<>();

  /**
   * Makes a lock object that tries again every second while it waits. No file is touched.
   *
   * @param path the link that is the lock; its folder must exist when it is locked
   * @param scheduler what counts the time while waiting
   * @throws IllegalArgumentException if the path has no name, as a root has none
   */
  public DeferredFilesystemLock(Path path, Scheduler scheduler) {
    this(path, scheduler, USUAL_INTERVAL);
  }

  /**
   * Makes a lock object. No file is touched.
   *
   * @param path the link that is the lock; its folder must exist when it is locked
   * @param scheduler what counts the time while waiting
   * @param retryInterval the time from one attempt to the next while waiting, more than zero
   * @throws IllegalArgumentException if the interval is not more than zero, or if the path has no
   *     name, as a root has none
   */
  public DeferredFilesystemLock(Path path, Scheduler scheduler, Duration retryInterval) {
    this(new FilesystemLock(requireNonNull(path, "path")), scheduler, retryInterval);
  }

  DeferredFilesystemLock(FilesystemLock lock, Scheduler scheduler, Duration retryInterval) {
    this.lock = lock;
    this.scheduler = requireNonNull(scheduler, "scheduler");
    this.retryInterval = positive(retryInterval, "retryInterval");
  }

  private Duration positive(Duration time, String name) {
    if (requireNonNull(time, name).isNegative() || time.isZero()) {
      throw new IllegalArgumentException(
          name + " must be more than zero but is " + time + ", for the lock " + path());
    }
    return time;
  }

  /**
   * Returns the path that this lock was made with.
   *
   * @return the path of the link
   */
  public Path path() {
    return lock.path();
  }

  /**
   * Tells whether this object holds the lock: it has got it, and has not given it back.
   *
   * <p>The file is not looked at; so this stays true when somebody removes the link by hand.
   *
   * @return true from when the lock was taken until {@link #unlock} is called
   */
  public boolean isLocked() {
    return lock.isLocked();
  }

  /**
   * Tells whether the lock was free when this object took it the last time.
   *
   * @return false if that was a take-over: a dead owner had left the lock behind, and perhaps also
   *     what it protects. True before the lock was taken at all
   */
  public boolean wasClean() {
    return lock.wasClean();
  }

  /**
   * Returns the time from one attempt to the next while waiting.
   *
   * @return the interval
   */
  public Duration retryInterval() {
    return retryInterval;
  }

  /**
   * Changes the time from one attempt to the next. A wait that is under way makes its next attempt
   * when it was due anyway, and those after it at the new interval.
   *
   * @param interval more than zero
   * @throws IllegalArgumentException if the interval is not more than zero
   */
  public void setRetryInterval(Duration interval) {
    this.retryInterval = positive(interval, "interval");
  }

  /**
   * Takes the lock if it can be had right now.
   *
   * <p>Execution: works with files on the calling thread, and never waits for another process. If
   * several contenders find the lock free, or its owner dead, one of them gets true.
   *
   * @return true if this object has taken the lock; false if it is held, be it by this very object,
   *     or if another contender is just taking it or giving it back
   * @throws IOException if the folder does not exist, is not one, or may not be written; if
   *     something that is no lock is in the place of the link; if the file system has no symbolic
   *     links; or if the thread is interrupted meanwhile. The lock was not taken then
   */
  public boolean lock() throws IOException {
    return lock.lock();
  }

  /**
   * Gives the lock back.
   *
   * <p>A link that is not the one that this object has made is left alone: if somebody has removed
   * the link by hand, or another owner has made it anew, this object does not hold the lock any
   * more and says so. It can be locked again afterwards. (In Twisted the pid alone decides.)
   *
   * <p>Execution: works with files on the calling thread. It waits while another process examines
   * the link, normally some microseconds, and at most ten seconds.
   *
   * @throws NotHeldException if this object does not hold the lock, or not any more
   * @throws IOException if the link can't be removed; this object still holds the lock then
   */
  public void unlock() throws IOException {
    lock.unlock();
  }

  /**
   * Waits until the lock has been taken.
   *
   * <p>Like {@link #deferUntilLocked(Duration)}, for as long as it takes.
   *
   * @return a result that fires with null when this object has the lock
   */
  public Deferred<@Nullable Void> deferUntilLocked() {
    return begin(new Wait(null));
  }

  /**
   * Waits, for a limited time, until the lock has been taken.
   *
   * <p>Execution: the first attempt is made before this method returns, on the calling thread; the
   * others, at the {@linkplain #setRetryInterval retry interval}, on the scheduler's thread. The
   * result fires on the thread of the attempt that gets the lock. When the time has passed one more
   * attempt is made, and if it gets the lock the result succeeds; otherwise it fails with a {@link
   * TimeoutException}. An exception from an attempt, as of {@link #lock}, ends the wait, and so
   * does a scheduler that refuses the next one; the result fails with it.
   *
   * <p>Cancellation: takes the calls back from the scheduler and makes one more attempt, and if it
   * gets the lock the result <i>succeeds</i>. Otherwise the result fails with a {@link
   * CancellationException}. (So does Twisted.) If another thread is in the middle of an attempt
   * then, what it gets is given back.
   *
   * <p>While a wait is under way a second one fails at once with an {@link
   * AlreadyTryingToLockException}; after the end, however it came, the next one can begin, also
   * inside the callbacks of the result.
   *
   * @param timeout how long, counted from the first attempt, more than zero
   * @return a result that fires with null when this object has the lock
   * @throws IllegalArgumentException if the timeout is not more than zero
   */
  public Deferred<@Nullable Void> deferUntilLocked(Duration timeout) {
    return begin(new Wait(positive(timeout, "timeout")));
  }

  private Deferred<@Nullable Void> begin(Wait wait) {
    if (!waiting.compareAndSet(null, wait)) {
      return Deferred.fail(new AlreadyTryingToLockException(path()));
    }
    wait.attempt();
    return wait.locked;
  }

  /**
   * One wait, from its first attempt to its end.
   *
   * <p>An attempt, the time limit and a cancel may come at once, on different threads. Who turns
   * {@code over} ends the wait and fires its result. An attempt that has got the lock and finds the
   * wait over, or its result fired by the cancel itself, gives the lock back.
   */
  private final class Wait implements Effect<Deferred<@Nullable Void>> {

    final Deferred<@Nullable Void> locked = new Deferred<@Nullable Void>(this);

    private final AtomicBoolean over = new AtomicBoolean();
    private final @Nullable Duration timeout;

    /** Both are written by the attempt that has failed, before its timer is set. */
    private volatile @Nullable Timer limit;

    private volatile @Nullable Timer retry;

    Wait(@Nullable Duration timeout) {
      this.timeout = timeout;
    }

    private void attempt() {
      if (over.get()) {
        return;
      }
      boolean got;
      try {
        got = lock.lock();
        if (!got) {
          goOn();
        }
      } catch (IOException | RuntimeException | Error thrown) {
        giveUp(thrown);
        return;
      }
      if (got) {
        keep();
      }
    }

    private void giveUp(Throwable thrown) {
      if (over.compareAndSet(false, true)) {
        leave();
        fail(thrown);
      }
    }

    private void goOn() {
      if (timeout != null && limit == null) {
        Timer first = new Timer();
        limit = first;
        first.set(timeout, () -> end(tookTooLong(timeout)));
      }
      Timer next = new Timer();
      retry = next;
      next.set(retryInterval, this::attempt);
    }

    private TimeoutException tookTooLong(Duration time) {
      return new TimeoutException("The lock " + path() + " could not be had within " + time);
    }

    private void keep() {
      if (over.compareAndSet(false, true)) {
        leave();
        succeed();
      } else {
        giveBack();
      }
    }

    @Override
    public void call(Deferred<@Nullable Void> cancelled) {
      end(new CancellationException("The wait for the lock " + path() + " was cancelled"));
    }

    /** Ends the wait with an exception, unless the lock can be had now. */
    private void end(Throwable reason) {
      if (!over.compareAndSet(false, true)) {
        return;
      }
      boolean got = false;
      try {
        got = lock.lock();
      } catch (IOException | RuntimeException | Error thrown) {
        reason.addSuppressed(thrown);
      }
      leave();
      if (got) {
        succeed();
      } else {
        fail(reason);
      }
    }

    private void leave() {
      takeBack(limit);
      takeBack(retry);
      waiting.set(null);
    }

    private void takeBack(@Nullable Timer timer) {
      if (timer != null) {
        timer.takeBack();
      }
    }

    private void succeed() {
      try {
        locked.callback(null);
      } catch (AlreadyCalledException cancelled) {
        giveBack();
      }
    }

    private void fail(Throwable reason) {
      try {
        locked.errback(reason);
      } catch (AlreadyCalledException cancelled) {
        // there is nothing to give back
      }
    }

    private void giveBack() {
      try {
        lock.release();
      } catch (IOException kept) {
        throw new UncheckedIOException(kept);
      }
    }

    /** A call that can be taken back even while the scheduler is just taking it. */
    private final class Timer {

      private volatile @Nullable DelayedCall call;

      void set(Duration delay, Runnable body) {
        call = scheduler.callLater(delay, body);
        if (over.get()) {
          takeBack();
        }
      }

      void takeBack() {
        DelayedCall set = call;
        if (set != null) {
          set.cancel();
        }
      }
    }
  }
}
