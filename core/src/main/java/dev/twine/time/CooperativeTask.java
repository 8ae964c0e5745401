package dev.twine.time;

import dev.twine.AlreadyCalledException;
import dev.twine.Deferred;
import dev.twine.Failure;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work that a {@link Cooperator} does step by step: an iterator, whose every element is a step.
 *
 * {@snippet class=TimeSnippets region=cooperative_task lang=java}
 *
 * <p>The elements themselves are ignored, but for a {@link Deferred}: it pauses the task until it
 * has fired. Its result is taken by the task; its failure ends the task.
 *
 * <p>A task ends once, and in one of these ways: its iterator has no more elements, a step throws
 * or gives a Deferred that fails, it is {@linkplain #stop stopped}, its cooperator is {@linkplain
 * Cooperator#stop stopped}, or the cooperator can't go on. {@link #whenDone} tells when and how.
 *
 * <p><b>Threads.</b> Any thread may call any method, also from inside a step. Steps never overlap,
 * not even those of different tasks of a cooperator. A step has begun when it is the task's turn:
 * {@link #pause} and {@link #stop} don't wait for it and don't interrupt it, but when they have
 * returned no other step of the task begins. A step that was going on when the task ended counts
 * for nothing: what it gives is left alone, and what it throws is reported as an unhandled failure.
 * If the Deferred that a task waits for fails after the end of the task, the failure stays with it.
 *
 * <p>Execution: steps are made on the scheduler's thread, one at a time.
 *
 * <p>Memory consistency effects: actions in a thread prior to handing the iterator to the
 * cooperator, or to {@link #resume}, <i>happen-before</i> the next step; actions in a step, and
 * what led to the result of a Deferred that it gave, <i>happen-before</i> the next step, and
 * <i>happen-before</i> the callbacks of the Deferreds that {@link #whenDone} has given.
 *
 * <p>This is Twisted's {@code task.CooperativeTask}.
 *
 * @param <I> the iterator
 * @see Cooperator#cooperate
 * @since 0.1
 */
public final class CooperativeTask<I extends Iterator<?>> {

  private final Ticks ticks;

  /** Used only by whoever makes the step. */
  private final I iterator;

  /**
   * Guarded by the lock of the ticks, as is what follows: the pauses that were not resumed. The
   * task is in line exactly while there are none and it has not ended.
   */
  private int pauses;

  private @Nullable Ending ending;
  private List<Deferred<I>> waiting = new ArrayList<>();

  CooperativeTask(Ticks ticks, I iterator) {
    this.ticks = ticks;
    this.iterator = iterator;
  }

  /**
   * Waits for the end of the task.
   *
   * <p>Every call gives a Deferred of its own. Those given before the end fire in the order of the
   * calls, those given afterwards at once. If nobody ever calls this method, the failure of a task
   * is not reported anywhere. (Nor is it in Twisted.)
   *
   * <p>Execution: the Deferreds fire where the task ends: on the scheduler's thread after the last
   * step, or on the thread that stops the task, fires the Deferred that it waits for, or is refused
   * by the scheduler. Another thread can find that the task has ended a moment before they fire.
   *
   * <p>Cancellation: cancelling the Deferred leaves the task alone; only that Deferred is not told
   * its end any more.
   *
   * @return a result that fires with the iterator when that has no more elements; it fails with a
   *     {@link TaskStoppedException} if the task is stopped, with a {@link
   *     SchedulerStoppedException} if the cooperator is, and otherwise with what a step has thrown,
   *     a Deferred has failed with, or kept the cooperator from going on
   */
  public Deferred<I> whenDone() {
    Deferred<I> done = new Deferred<>(this::forget);
    Ending end;
    synchronized (ticks.lock) {
      end = ending;
      if (end == null) {
        waiting.add(done);
        return done;
      }
    }
    fire(done, end);
    return done;
  }

  /**
   * Makes no more steps, until {@link #resume} has been called as often as this method.
   *
   * <p>A step that is going on is not waited for; it may still end the task.
   *
   * @throws TaskFinishedException if the task is done, has failed or was stopped
   * @throws SchedulerStoppedException if the task has ended because its cooperator was stopped
   */
  public void pause() {
    Runnable then;
    synchronized (ticks.lock) {
      refuseIfEnded();
      then = addPause();
    }
    then.run();
  }

  /**
   * Takes back one {@link #pause}. With the last one the task gets in line again, behind the other
   * tasks.
   *
   * <p>Waiting for a Deferred is a pause like any other. Who takes it back makes the task go on
   * without the Deferred, which then fails with the exception of this method when it fires. If the
   * task has ended while it was paused, nothing more happens; if its cooperator was stopped, it
   * ends here.
   *
   * @throws NotPausedException if the task is not paused
   */
  public void resume() {
    Runnable then;
    synchronized (ticks.lock) {
      if (pauses == 0) {
        throw new NotPausedException();
      }
      pauses--;
      then = pauses == 0 && ending == null ? ticks.enter(this) : Ticks.NOTHING;
    }
    then.run();
  }

  /**
   * Ends the task: no step begins any more, and the Deferreds of {@link #whenDone} fail with a
   * {@link TaskStoppedException} before this method returns.
   *
   * <p>A paused task can be stopped, too. A Deferred that the task waits for is not cancelled.
   *
   * @throws TaskFinishedException if the task is done, has failed or was stopped before
   * @throws SchedulerStoppedException if the task has ended because its cooperator was stopped
   */
  public void stop() {
    Runnable then;
    synchronized (ticks.lock) {
      refuseIfEnded();
      then = finish(Ending.stopped());
    }
    then.run();
  }

  /** Makes one step; called by the cooperator, which holds no lock. */
  void step() {
    try {
      if (!iterator.hasNext()) {
        end(Ending.done());
      } else if (iterator.next() instanceof Deferred<?> deferred) {
        waitFor(deferred);
      }
    } catch (Throwable thrown) { // whatever it is, it ends this task and no other
      if (!end(Ending.failed(new Failure(thrown)))) {
        Deferred<I> unused = Deferred.fail(thrown); // reported, as nobody handles it
      }
    }
  }

  /** Ends a task that is not in line; the lock is held. Gives what to do without it. */
  Runnable finishOutside(Ending how) {
    ending = how;
    List<Deferred<I>> told = waiting;
    waiting = new ArrayList<>();
    return () -> told.forEach(done -> fire(done, how));
  }

  /** Somebody who was to be told has cancelled. */
  private void forget(Deferred<I> cancelled) {
    synchronized (ticks.lock) {
      waiting.remove(cancelled);
    }
  }

  private void waitFor(Deferred<?> deferred) {
    Runnable then;
    synchronized (ticks.lock) {
      if (ending != null) {
        return;
      }
      then = addPause();
    }
    then.run();
    Deferred<@Nullable Void> unused =
        deferred.addCallbacks(
            result -> {
              resume();
              return null;
            },
            failure -> end(Ending.failed(failure)) ? null : failure.raise());
  }

  private boolean end(Ending how) {
    Runnable then;
    synchronized (ticks.lock) {
      if (ending != null) {
        return false;
      }
      then = finish(how);
    }
    then.run();
    return true;
  }

  private void refuseIfEnded() {
    if (ending != null) {
      throw ending.refusal().get();
    }
  }

  private Runnable addPause() {
    return pauses++ == 0 ? ticks.leave(this) : Ticks.NOTHING;
  }

  private Runnable finish(Ending how) {
    Runnable leave = pauses == 0 ? ticks.leave(this) : Ticks.NOTHING;
    Runnable fire = finishOutside(how);
    return () -> {
      leave.run();
      fire.run();
    };
  }

  private void fire(Deferred<I> done, Ending how) {
    try {
      Failure failure = how.failure();
      if (failure == null) {
        done.callback(iterator);
      } else {
        done.errback(failure);
      }
    } catch (AlreadyCalledException byItsReceiver) {
      // Whoever fired it himself knows; the others have to be told.
    }
  }
}
