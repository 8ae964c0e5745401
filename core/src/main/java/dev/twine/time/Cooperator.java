package dev.twine.time;

import static java.util.Objects.requireNonNull;

import dev.twine.Deferred;
import dev.twine.Scheduler;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Does long work in small steps, so that other calls of the same scheduler get their turn.
 *
 * {@snippet class=TimeSnippets region=cooperator_basic lang=java}
 *
 * <p>A task is an iterator, and each of its elements is a step; {@link CooperativeTask} says more.
 *
 * <p><b>Ticks.</b> As long as there are tasks that are not paused, the scheduler is asked for one
 * tick after the other. In a tick the tasks take turns, each making one step, until the tick is
 * long enough: when a step ends 10 milliseconds of the scheduler's time after the beginning, or
 * later. Then other calls have their chance, and the next tick, which comes as soon as the
 * scheduler can, goes on with the next task. {@link #builder} gives another delay and another
 * measure: with a {@link ManualClock}, whose time stands still, a tick that only looks at the time
 * goes on until no task is left.
 *
 * <p>A task that ends or is paused while it is not behind the next one in line moves those behind
 * it one place forward, and one of them loses one turn. (So it is in Twisted.)
 *
 * <p><b>Threads.</b> Any thread may call any method. Steps never overlap, even if the scheduler has
 * several threads or a step moves a {@link ManualClock}. Nothing is locked while a step is made.
 *
 * <p>Execution: steps are made on the scheduler's thread, and never inside a method of this class.
 *
 * <p>Memory consistency effects: actions in a step <i>happen-before</i> the next step of any task
 * of this cooperator; see also {@link CooperativeTask}.
 *
 * <p>This is Twisted's {@code task.Cooperator}.
 *
 * @since 0.1
 */
public final class Cooperator {

  private final Ticks ticks;

  /**
   * Creates a cooperator that has been started, with ticks of 10 milliseconds that come as soon as
   * the scheduler can.
   *
   * @param scheduler what counts the time and makes the ticks
   */
  public Cooperator(Scheduler scheduler) {
    this(builder(scheduler));
  }

  private Cooperator(Builder options) {
    this.ticks = new Ticks(options.scheduler, options.delay, options.tickEnds);
    if (options.started) {
      ticks.start();
    }
  }

  /**
   * Creates a cooperator that is not as usual.
   *
   * {@snippet class=TimeSnippets region=cooperator_builder lang=java}
   *
   * @param scheduler what counts the time and makes the ticks
   * @return what takes the options
   */
  public static Builder builder(Scheduler scheduler) {
    return new Builder(requireNonNull(scheduler, "scheduler"));
  }

  /**
   * Adds a task, behind the others.
   *
   * <p>Its first step is made in a tick, never in this method. If the cooperator has not been
   * started yet, the task waits for that; if it was stopped, the task has failed on return.
   *
   * @param <I> the iterator
   * @param iterator the steps; from now on the cooperator's own
   * @return the task, to pause, stop and wait for it
   */
  public <I extends Iterator<?>> CooperativeTask<I> cooperate(I iterator) {
    CooperativeTask<I> task = new CooperativeTask<>(ticks, requireNonNull(iterator, "iterator"));
    ticks.add(task);
    return task;
  }

  /**
   * Adds a task of which only the end is of interest.
   *
   * <p>Cancellation: cancelling the result leaves the task alone.
   *
   * @param <I> the iterator
   * @param iterator the steps; from now on the cooperator's own
   * @return what {@link CooperativeTask#whenDone} of the task gives
   */
  public <I extends Iterator<?>> Deferred<I> coiterate(I iterator) {
    return cooperate(iterator).whenDone();
  }

  /**
   * Begins to make steps, or does so again after a {@link #stop}.
   *
   * <p>Starting a cooperator that is running does nothing.
   */
  public void start() {
    ticks.start();
  }

  /**
   * Ends all tasks: their Deferreds fail with a {@link SchedulerStoppedException} before this
   * method returns.
   *
   * <p>All tasks have ended when the first of these Deferreds fires. A task that is added
   * afterwards ends in the same way at once, one that is paused when it is resumed. A step that is
   * going on is not waited for. The cooperator can be {@linkplain #start started} again.
   */
  public void stop() {
    ticks.stop();
  }

  /**
   * Tells whether steps are made when there are tasks.
   *
   * @return true if the cooperator has been started and not stopped since
   */
  public boolean isRunning() {
    return ticks.isRunning();
  }

  /**
   * The options of a {@link Cooperator}. Used by one thread.
   *
   * @since 0.1
   */
  public static final class Builder {

    private static final long TICK = Duration.ofMillis(10).toNanos();

    private final Scheduler scheduler;
    private Duration delay = Duration.ZERO;
    private Supplier<? extends BooleanSupplier> tickEnds = this::afterSomeTime;
    private boolean started = true;

    private Builder(Scheduler scheduler) {
      this.scheduler = scheduler;
    }

    /**
     * Sets how long the next tick waits: from the end of a tick, or from the moment at which the
     * first task comes.
     *
     * @param delay the delay, zero or more; usually zero, as soon as the scheduler can
     * @return this builder
     * @throws IllegalArgumentException if {@code delay} is negative
     */
    public Builder delay(Duration delay) {
      this.delay = Duration.ofNanos(Nanos.ofSpan(delay, "delay"));
      return this;
    }

    /**
     * Sets what tells that a tick has been long enough.
     *
     * <p>Execution: the supplier is called at the beginning of every tick, and what it gives is
     * asked after each step of that tick, on the thread that makes the step. So {@code () -> () ->
     * true} is one step in each tick. An exception from either fails all tasks that take turns.
     *
     * @param tickEnds gives, for one tick, what becomes true when it has to end
     * @return this builder
     */
    public Builder tickEnds(Supplier<? extends BooleanSupplier> tickEnds) {
      this.tickEnds = requireNonNull(tickEnds, "tickEnds");
      return this;
    }

    /**
     * Lets the cooperator wait for {@link Cooperator#start} before it makes steps.
     *
     * @return this builder
     */
    public Builder notStarted() {
      started = false;
      return this;
    }

    /**
     * Creates the cooperator.
     *
     * @return a new cooperator with these options
     */
    public Cooperator build() {
      return new Cooperator(this);
    }

    private BooleanSupplier afterSomeTime() {
      long end = Nanos.plus(Nanos.of(scheduler.now()), TICK);
      return () -> Nanos.of(scheduler.now()) >= end;
    }
  }
}
