package dev.twine;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A result that isn't available yet: a placeholder that callbacks and errbacks are attached to, in
 * order.
 *
 * <p>Whoever starts some work makes a Deferred and returns it; when the work is done it is
 * <i>fired</i>, once, with {@link #callback} or {@link #errback}. Whoever wants the result adds
 * callbacks. Each gets what the one before it gave: a value goes to the next callback, an exception
 * to the next errback, and a Deferred that a callback returns is waited for. Callbacks run on the
 * thread that fires, or on the thread that adds them if the result is there; there is no hidden
 * change of threads.
 *
 * {@snippet class=Snippets region=deferred_basic lang=java}
 *
 * <p>There is one object for the whole chain: each {@code add…} appends to it and returns it. After
 * a step that changes the type go on with what it returned; a callback that is added later through
 * an old reference fails, in the chain, with a {@link ClassCastException} that says so. For a
 * second branch there is {@link #fork}.
 *
 * <h2>The warranty</h2>
 *
 * <ol>
 *   <li>A Deferred fires at most once; a second {@code callback} or {@code errback} throws {@link
 *       AlreadyCalledException}, which with {@linkplain #setDebugging debugging} on names the place
 *       of the first. After a cancel without a canceller exactly one late firing is swallowed.
 *   <li>Callbacks run in the order in which they were added, one at a time, each with the result of
 *       the one before, each exactly once.
 *   <li>What a callback did <i>happens-before</i> the next callback, on whatever thread that runs.
 *   <li>A callback that is added from inside one of the Deferred's own callbacks goes to the end of
 *       the queue; it never nests. While a Deferred that <i>took</i> this one's result runs, this
 *       one doesn't. Firing <i>another</i> Deferred from a callback runs that one's chain at once.
 *   <li>Deferreds that wait for each other, in chains of any length, need no stack, neither when
 *       they fire nor for a {@link #cancel} through them; nor do {@link #chainDeferred}, {@link
 *       #fork} and the members of lists. A function that calls itself does; {@link #loop} is the
 *       form that doesn't.
 *   <li>A result moves: a Deferred whose result was taken by another one is left with null.
 *   <li>{@link #cancel} never waits. It reaches the first unfired Deferred that the chain waits on,
 *       and calls its canceller, one call at a time. From inside the chain's own callbacks it does
 *       nothing. From another thread while the chain runs it is kept for the first Deferred that
 *       this run comes to wait on, and dropped when the run ends without waiting; so a timeout is
 *       never lost.
 *   <li>No lock of this library is held while a callback, a canceller or anybody's {@code toString}
 *       runs.
 *   <li>A pending chain holds nothing but its own nodes, a finished Deferred nothing but its result
 *       (and, with debugging on, its sites).
 * </ol>
 *
 * <p>A failure that nobody has handled when its Deferred becomes unreachable is reported once, to
 * the {@link System.Logger} named {@code dev.twine} and to every {@link Probe}: at level DEBUG if
 * {@code cancel()} was called on that Deferred, at level ERROR otherwise. The report needs the
 * Deferred to become unreachable: an exception that refers to its own Deferred hides itself.
 *
 * <p>Execution: any thread may call any method at any time. Callbacks may throw anything; it
 * becomes a {@link Failure} and is never wrapped. An {@link InterruptedException} also sets the
 * thread's flag again, and a {@link VirtualMachineError} also goes to the thread's uncaught
 * handler.
 *
 * <p>Memory consistency effects: actions in a thread prior to firing a Deferred, or to adding a
 * callback, <i>happen-before</i> the callbacks that run afterwards.
 *
 * <p>Twisted's {@code twisted.internet.defer.Deferred}.
 *
 * @param <T> the current result of the chain; null is a result like any other
 * @since 0.1
 */
public final class Deferred<T extends @Nullable Object> extends Chain {

  private static final System.Logger LOG = System.getLogger("dev.twine");

  // ---- made

  /** Makes a Deferred that has not been fired. */
  public Deferred() {
    super((@Nullable Object) null);
  }

  /**
   * Makes a Deferred that has not been fired, and can be cancelled.
   *
   * <p>The canceller stops the work. It may fire the Deferred itself; if it doesn't, {@link
   * #cancel} fails it with a {@link CancellationException}. It is a promise that the work is
   * stopped: a later firing is an error like any second one.
   *
   * @param canceller called at most once at a time, with this Deferred; dropped once it has fired
   */
  public Deferred(Effect<? super Deferred<T>> canceller) {
    super(Objects.requireNonNull(canceller, "canceller"));
  }

  /** Fired with a result of any kind. */
  private Deferred(@Nullable Object result) {
    super((@Nullable Object) null);
    beFired(result);
  }

  /** Running from a node on. */
  private Deferred(Node first) {
    super(first);
  }

  /** The target of a gathering, which is its canceller. */
  Deferred(Gathering<T> gathering) {
    super(gathering);
  }

  /**
   * Makes a Deferred that has fired with a value.
   *
   * @param value the value
   * @param <T> the value
   * @return a fired Deferred
   * @throws IllegalArgumentException if the value is a Deferred
   */
  public static <T extends @Nullable Object> Deferred<T> succeed(T value) {
    return new Deferred<>((Object) checked(value));
  }

  /**
   * Makes a Deferred that has failed.
   *
   * @param thrown the exception
   * @param <T> the value that did not come
   * @return a fired Deferred
   */
  public static <T extends @Nullable Object> Deferred<T> fail(Throwable thrown) {
    return fail(new Failure(thrown));
  }

  /**
   * Makes a Deferred that has failed.
   *
   * @param failure what went wrong, kept as it is
   * @param <T> the value that did not come
   * @return a fired Deferred
   */
  public static <T extends @Nullable Object> Deferred<T> fail(Failure failure) {
    return new Deferred<>((Object) Objects.requireNonNull(failure, "failure"));
  }

  /**
   * Calls a function and makes a fired Deferred of what it returns or throws.
   *
   * @param body the function; a Deferred that it returns is refused: that is for {@link
   *     #maybeDeferred(Callable) maybeDeferred}
   * @param <T> the value
   * @return a fired Deferred
   */
  public static <T extends @Nullable Object> Deferred<T> execute(Callable<T> body) {
    Objects.requireNonNull(body, "body");
    try {
      T value = body.call();
      return value instanceof Failure failure ? fail(failure) : succeed(value);
    } catch (Throwable thrown) {
      return fail(Captured.failure(thrown));
    }
  }

  /**
   * Calls a function without result and makes a fired Deferred of how it ended.
   *
   * @param body the function
   * @return a Deferred that has fired with null or failed
   */
  public static Deferred<@Nullable Void> execute(Action body) {
    return execute(asCallable(body));
  }

  /**
   * Calls a function that may return a Deferred.
   *
   * <p>With it a function that answers at once, one that throws, and one that answers later look
   * the same to the caller.
   *
   * @param body the function; null stands for a Deferred that has fired with null
   * @param <T> the value
   * @return the very Deferred that the function returned, or one that failed with what it threw
   */
  @SuppressWarnings("unchecked") // Deferred<? extends T> is read only
  public static <T extends @Nullable Object> Deferred<T> maybeDeferred(DeferredCallable<T> body) {
    Objects.requireNonNull(body, "body");
    try {
      Deferred<T> deferred = (Deferred<T>) body.call();
      return deferred == null ? new Deferred<>((@Nullable Object) null) : deferred;
    } catch (Throwable thrown) {
      return fail(Captured.failure(thrown));
    }
  }

  /**
   * Calls a function and makes a Deferred of what it returns or throws.
   *
   * @param body the function; a Deferred or a {@link Failure} that it returns counts as such
   * @param <T> the value
   * @return a fired Deferred, or the very Deferred that the function returned
   */
  @SuppressWarnings("unchecked") // whoever returns a Deferred as a value has asked for it
  public static <T extends @Nullable Object> Deferred<T> maybeDeferred(Callable<T> body) {
    Objects.requireNonNull(body, "body");
    try {
      T value = body.call();
      return value instanceof Deferred<?> deferred
          ? (Deferred<T>) deferred
          : new Deferred<>((Object) value);
    } catch (Throwable thrown) {
      return fail(Captured.failure(thrown));
    }
  }

  /**
   * Calls a function without result and makes a fired Deferred of how it ended.
   *
   * @param body the function
   * @return a Deferred that has fired with null or failed
   */
  public static Deferred<@Nullable Void> maybeDeferred(Action body) {
    return execute(body);
  }

  private static Callable<@Nullable Void> asCallable(Action body) {
    Objects.requireNonNull(body, "body");
    return () -> {
      try {
        body.run();
      } catch (Throwable thrown) {
        throw Failure.<RuntimeException>sneak(thrown);
      }
      return null;
    };
  }

  /**
   * Starts work that is stopped through something that exists only after the start: a handle, a
   * request, a registration.
   *
   * <p>Cancellation: {@link #cancel} runs what the start gave back. If the start has not returned
   * yet it runs as soon as it has.
   *
   * @param start receives the Deferred to fire, and gives back what stops the work
   * @param <T> the value
   * @return the Deferred; failed if the start throws
   */
  public static <T extends @Nullable Object> Deferred<T> create(
      Callback<? super Deferred<T>, ? extends Action> start) {
    Objects.requireNonNull(start, "start");
    StartedWork<T> work = new StartedWork<>();
    Deferred<T> deferred = new Deferred<>(work);
    try {
      work.started(
          Objects.requireNonNull(start.call(deferred), "what the start of the work gave back"));
    } catch (Throwable thrown) {
      Failure failure = Captured.failure(thrown);
      if (!deferred.tryFire(failure)) {
        Probes.reported(thrown, "the start of work whose Deferred had fired");
      }
    }
    return deferred;
  }

  /**
   * Makes a Deferred of a {@link CompletionStage}.
   *
   * <p>An exception comes out as it was thrown: every {@link
   * java.util.concurrent.CompletionException} around it is taken off.
   *
   * <p>Execution: fires on the thread that completes the stage.
   *
   * <p>Cancellation: cancels {@code stage.toCompletableFuture()}, and the Deferred ends as the
   * stage does, or with a {@link CancellationException} at once if that future is only a copy. A
   * stage that was derived from another one, as with {@code thenApply}, passes no cancel upwards:
   * give the stage that does the work.
   *
   * @param stage the stage
   * @param <T> the value
   * @return a Deferred that fires as the stage completes
   */
  public static <T extends @Nullable Object> Deferred<T> from(CompletionStage<? extends T> stage) {
    return Futures.from(Objects.requireNonNull(stage, "stage"));
  }

  /**
   * Takes the result into a {@link CompletableFuture}; this Deferred is left with null.
   *
   * <p>Cancellation: cancelling the future cancels this Deferred, whose firing then goes nowhere.
   *
   * @return a future that completes as this chain goes on
   */
  @CheckReturnValue
  public CompletableFuture<T> toCompletableFuture() {
    return Futures.toCompletableFuture(this);
  }

  // ---- fired, watched, waited for

  /**
   * Fires this Deferred with a value and runs its callbacks before it returns.
   *
   * @param value the value; a {@link Failure} makes it an {@link #errback(Failure) errback}
   * @throws AlreadyCalledException if it has been fired before
   * @throws IllegalArgumentException if the value is a Deferred, which can only be returned from a
   *     callback or given to {@link #chainDeferred}
   */
  public void callback(T value) {
    fire(value instanceof Deferred ? checked(value) : value);
  }

  /**
   * Fires this Deferred with an exception and runs its errbacks before it returns.
   *
   * @param thrown the exception; the errbacks see this very object
   * @throws AlreadyCalledException if it has been fired before
   */
  public void errback(Throwable thrown) {
    fire(new Failure(Objects.requireNonNull(thrown, "thrown")));
  }

  /**
   * Fires this Deferred with a failure and runs its errbacks before it returns.
   *
   * @param failure what went wrong
   * @throws AlreadyCalledException if it has been fired before
   */
  public void errback(Failure failure) {
    fire(Objects.requireNonNull(failure, "failure"));
  }

  /**
   * Asks for the work to be stopped.
   *
   * <p>An unfired Deferred with a canceller calls it, and fails with a {@link
   * CancellationException} if that has not fired it; one without fails at once, and the one firing
   * that may still come is swallowed. If the chain waits for another Deferred, that one is
   * cancelled, down to the first unfired one, and what comes back from there goes on along this
   * chain: an errback on the way may turn it into a value. A Deferred that has its result is left
   * alone, and a cancel that loses the race with a firing does nothing.
   *
   * <p>Execution: the canceller and the errbacks run on the calling thread. See line 7 of the
   * warranty for a chain that runs at that moment. What a canceller throws comes out here, the
   * Deferred stays unfired, and the next cancel calls it again.
   *
   * @throws IllegalStateException if the chain waits for itself, over other Deferreds
   */
  public void cancel() {
    Cancellation.cancel(this, null);
  }

  /**
   * Holds the chain: no callback runs until {@link #unpause} has been called as often.
   *
   * <p>Execution: returns at once. If the chain runs on another thread, or if this is called from
   * one of its callbacks, at most one more callback is started.
   *
   * <p>Whoever pauses must unpause; the one who fires does not.
   */
  public void pause() {
    pauseOnce();
  }

  /**
   * Takes one {@link #pause} back; with the last one, runs what was held.
   *
   * <p>Execution: the held callbacks run on this thread before it returns, unless the chain is
   * still running elsewhere.
   *
   * @throws IllegalStateException if it is not paused
   */
  public void unpause() {
    unpauseOnce();
  }

  /**
   * Tells whether this Deferred has been fired.
   *
   * @return false until the first firing, and true ever after
   */
  public boolean isCalled() {
    return !isUnfired(stateAcquire());
  }

  /**
   * Cancels as {@link #cancel} does, and tells whether there was anything to cancel: for who passes
   * a cancel on, as a coroutine does to what it awaits.
   *
   * @return true if the cancel has come to a Deferred that had not been fired; false if there was
   *     none, although a run of callbacks on another thread may have kept it
   */
  public boolean tryCancel() {
    return Cancellation.cancel(this, null);
  }

  /**
   * Tells inside of one of this Deferred's callbacks whether a {@link #cancel} has come from
   * another turn while they ran, and has not found anything to cancel yet.
   *
   * @return true if it goes to the first Deferred that the run comes to wait on
   */
  public boolean hasKeptCancel() {
    return keepsCancel();
  }

  /**
   * Looks without touching: adds nothing to the chain, takes no result and handles no failure.
   *
   * @return what was true at some moment of this call
   */
  @SuppressWarnings("unchecked") // the snapshot has this chain's result
  public DeferredState<T> state() {
    return (DeferredState<T>) snapshot();
  }

  /**
   * Gives the result if it is there, without waiting, and leaves it where it is.
   *
   * <p>A failure counts as handled, until callbacks that are added later have left a failure again.
   * It is what {@code await} does in a coroutine with a Deferred that has fired. {@link #state()}
   * only looks.
   *
   * <p>If another Deferred has taken the result, there is null in its place, and a warning is
   * logged.
   *
   * @return the value or the failure; null if there is none yet, or if a pause holds it back
   */
  public @Nullable Outcome<T> outcomeOrNull() {
    Object s = stateAcquire();
    if (s != null && s != Idle.TAKEN && Idle.isValue(s)) {
      return outcome(Idle.value(s));
    }
    Object idle = idleResult();
    if (Idle.isTaken(idle)) {
      Probes.takenAgain(this);
    }
    return idle == null ? null : outcome(open(idle));
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // this chain's result
  private Outcome<T> outcome(@Nullable Object result) {
    return result instanceof Failure failure
        ? new Outcome.Failed<>(failure)
        : new Outcome.Success<>((T) result);
  }

  /**
   * Waits, blocking the calling thread, until the callbacks added so far have run, and gives the
   * result.
   *
   * <p>For plain threads, such as {@code main}. The result stays where it is. A failure counts as
   * handled, and its very exception is thrown, also a checked one: undeclared, so that a {@code
   * catch} for it does not compile; handle it with {@code addErrback(IOException.class, ...)}
   * before, or catch {@link Exception}. An interrupt ends the waiting and touches nothing else.
   *
   * @return the value; through an old reference, of another type, the caller's cast fails
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalStateException if it is called from inside this chain's own callbacks, directly
   *     or through others that wait for it: it would wait for ever; or if there is no result yet on
   *     the turn of an {@linkplain Turn#runLoop event loop}, which would stand still
   */
  public T get() throws InterruptedException {
    Object result;
    try {
      result = getResult(null);
    } catch (TimeoutException impossible) {
      throw new AssertionError(impossible);
    }
    return valueOf(result);
  }

  /**
   * Waits, blocking the calling thread, for a limited time; see {@link #get()}. A chain that failed
   * with a {@link TimeoutException} throws that one, which the message tells from the limit's own.
   *
   * @param timeout how long; the Deferred is not cancelled when it has passed
   * @return the value
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws TimeoutException if there is no result within the time
   * @throws IllegalStateException if it is called from inside this chain's own callbacks, or if
   *     there is no result yet on the turn of an event loop
   * @throws IllegalArgumentException if the timeout is negative
   */
  public T get(Duration timeout) throws InterruptedException, TimeoutException {
    if (Objects.requireNonNull(timeout, "timeout").isNegative()) {
      throw new IllegalArgumentException("a timeout can't be negative: " + timeout);
    }
    return valueOf(getResult(timeout));
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // this chain's result
  private T valueOf(@Nullable Object result) {
    return result instanceof Failure failure ? failure.raise() : (T) result;
  }

  // ---- the chain, changing the type

  /**
   * Adds what runs on a value.
   *
   * <p>What it returns is the next result; what it throws goes to the next errback. For a function
   * that returns a Deferred there is {@link #chainCallback}: the same, with the type that the
   * compiler needs. For one without a result there is {@link #onSuccess}.
   *
   * @param callback gets the current value
   * @param <R> the next result
   * @return this Deferred, of its next type
   */
  @CheckReturnValue
  public <R extends @Nullable Object> Deferred<R> addCallback(
      Callback<? super T, ? extends R> callback) {
    add(untyped(callback), null);
    return retyped();
  }

  /**
   * Adds what runs on a value and returns a Deferred; the chain waits for that and goes on with its
   * result, which it takes.
   *
   * <p>Cancellation: while the chain waits, cancelling it cancels what it waits for.
   *
   * @param callback gets the current value; null in place of a Deferred is the result null
   * @param <R> the next result
   * @return this Deferred, of its next type
   */
  @CheckReturnValue
  public <R extends @Nullable Object> Deferred<R> chainCallback(
      Callback<? super T, ? extends Deferred<? extends R>> callback) {
    add(untyped(callback), null);
    return retyped();
  }

  /**
   * Adds one function for a value and one for a failure; neither sees what the other one does.
   *
   * @param callback gets the current value
   * @param errback gets the current failure
   * @param <R> the next result
   * @return this Deferred, of its next type
   */
  @CheckReturnValue
  public <R extends @Nullable Object> Deferred<R> addCallbacks(
      Callback<? super T, ? extends R> callback, Callback<? super Failure, ? extends R> errback) {
    add(untyped(callback), untyped(errback));
    return retyped();
  }

  /**
   * Adds one function for a value and one for a failure, each of which returns a Deferred to wait
   * for.
   *
   * @param callback gets the current value
   * @param errback gets the current failure
   * @param <R> the next result
   * @return this Deferred, of its next type
   */
  @CheckReturnValue
  public <R extends @Nullable Object> Deferred<R> chainCallbacks(
      Callback<? super T, ? extends Deferred<? extends R>> callback,
      Callback<? super Failure, ? extends Deferred<? extends R>> errback) {
    add(untyped(callback), untyped(errback));
    return retyped();
  }

  /**
   * Adds what runs in any case.
   *
   * @param callback gets the current value or failure
   * @param <R> the next result
   * @return this Deferred, of its next type
   */
  @CheckReturnValue
  public <R extends @Nullable Object> Deferred<R> addBoth(
      Callback<? super Outcome<T>, ? extends R> callback) {
    return both(callback);
  }

  /**
   * Adds what runs in any case and returns a Deferred to wait for.
   *
   * @param callback gets the current value or failure
   * @param <R> the next result
   * @return this Deferred, of its next type
   */
  @CheckReturnValue
  public <R extends @Nullable Object> Deferred<R> chainBoth(
      Callback<? super Outcome<T>, ? extends Deferred<? extends R>> callback) {
    return both(callback);
  }

  @SuppressWarnings("unchecked") // the outcome of this chain
  private <R extends @Nullable Object> Deferred<R> both(Callback<? super Outcome<T>, ?> callback) {
    Objects.requireNonNull(callback, "callback");
    Step step =
        new Step.Both((Callback<Outcome<@Nullable Object>, Object>) (Callback<?, ?>) callback);
    add(step, step);
    return retyped();
  }

  /**
   * Drops the value: whoever gets the result of this chain sees only that, and when, it succeeded.
   *
   * @return this Deferred, with null in place of a value
   */
  @CheckReturnValue
  public Deferred<@Nullable Void> asVoid() {
    add(ignored -> null, null);
    return retyped();
  }

  /**
   * Adds all callbacks and errbacks of a prepared chain, as if they were added one after the other
   * with nothing in between.
   *
   * <p>Execution: as for each of them; if this Deferred has its result they run before this
   * returns, up to one that returns a Deferred to be waited for, or pauses this one.
   *
   * @param chain the prepared chain
   * @param <R> the result that it ends with
   * @return this Deferred, now of the chain's last result
   */
  @CheckReturnValue
  public <R extends @Nullable Object> Deferred<R> addAll(CallbackChain<? super T, R> chain) {
    addPrepared(Objects.requireNonNull(chain, "chain").steps);
    return retyped();
  }

  // ---- the chain, keeping the type

  /**
   * Adds what runs on a failure; what it returns is a value again, and the failure is handled. For
   * a function without a result there is {@link #consumeErrors(Effect)}, which handles the failure
   * too, and {@link #onFailure(Effect)}, which doesn't.
   *
   * @param errback gets the current failure
   * @return this Deferred
   */
  public Deferred<T> addErrback(Callback<? super Failure, ? extends T> errback) {
    add(null, untyped(errback));
    return this;
  }

  /**
   * Adds what runs on a failure of one type, subclasses included; others go on.
   *
   * <p>Several in a row are nested {@code try} blocks, not the {@code catch} clauses of one: what
   * the first one throws is seen by the second.
   *
   * @param type the exceptions to handle
   * @param errback gets the exception
   * @param <X> the exceptions to handle
   * @return this Deferred
   */
  public <X extends Throwable> Deferred<T> addErrback(
      Class<X> type, Callback<? super X, ? extends T> errback) {
    add(null, typed(type, errback));
    return this;
  }

  /**
   * Adds what runs on a failure and returns a Deferred to wait for.
   *
   * @param errback gets the current failure
   * @return this Deferred
   */
  public Deferred<T> chainErrback(
      Callback<? super Failure, ? extends Deferred<? extends T>> errback) {
    add(null, untyped(errback));
    return this;
  }

  /**
   * Adds what runs on a failure of one type and returns a Deferred to wait for; others go on.
   *
   * <p>Several in a row are nested {@code try} blocks, not the {@code catch} clauses of one. With
   *
   * {@snippet class=Snippets region=typed_errbacks lang=java}
   *
   * a retry that is throttled once more is tried again by the second errback too: the attempts
   * multiply. Put the cases into one errback instead, which looks at {@link Failure#check}.
   *
   * @param type the exceptions to handle
   * @param errback gets the exception
   * @param <X> the exceptions to handle
   * @return this Deferred
   */
  public <X extends Throwable> Deferred<T> chainErrback(
      Class<X> type, Callback<? super X, ? extends Deferred<? extends T>> errback) {
    add(null, typed(type, errback));
    return this;
  }

  /**
   * Ends a failure with a side effect, such as logging; the result is null from there on.
   *
   * <p>What people write in Twisted as {@code addErrback(log.err)}.
   *
   * @param effect gets the failure
   * @return this Deferred, which now may have null where the failure was
   */
  @SuppressWarnings("unchecked") // a T, or null
  public Deferred<@Nullable T> consumeErrors(Effect<? super Failure> effect) {
    Objects.requireNonNull(effect, "effect");
    add(null, new Step.Consumed((Effect<Failure>) effect));
    return retyped();
  }

  /**
   * Ends a failure of one type with a side effect; others go on.
   *
   * @param type the exceptions to handle
   * @param effect gets the exception
   * @param <X> the exceptions to handle
   * @return this Deferred, which now may have null where the failure was
   */
  public <X extends Throwable> Deferred<@Nullable T> consumeErrors(
      Class<X> type, Effect<? super X> effect) {
    Objects.requireNonNull(effect, "effect");
    Callback<X, @Nullable Object> consumed =
        thrown -> {
          effect.call(thrown);
          return null;
        };
    add(null, typed(type, consumed));
    return retyped();
  }

  /**
   * Looks at a value and leaves it alone. If the effect throws, that becomes the failure.
   *
   * <p>A Deferred that the effect makes is not waited for: that is {@link #chainCallback}.
   *
   * @param effect gets the current value
   * @return this Deferred
   */
  public Deferred<T> onSuccess(Effect<? super T> effect) {
    add(seen(effect), null);
    return this;
  }

  /**
   * Looks at a failure and leaves it alone, unhandled as it is; if the effect throws, that is added
   * to it as suppressed.
   *
   * @param effect gets the current failure
   * @return this Deferred
   */
  public Deferred<T> onFailure(Effect<? super Failure> effect) {
    add(null, seen(effect));
    return this;
  }

  /**
   * Looks at a failure of one type and leaves it alone, unhandled as it is.
   *
   * @param type the exceptions to look at; subclasses count
   * @param effect gets the exception
   * @param <X> the exceptions to look at
   * @return this Deferred
   */
  public <X extends Throwable> Deferred<T> onFailure(Class<X> type, Effect<? super X> effect) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(effect, "effect");
    return onFailure(
        failure -> {
          if (type.isInstance(failure.value())) {
            effect.call(type.cast(failure.value()));
          }
        });
  }

  /**
   * Looks at a value or failure and leaves it alone.
   *
   * @param effect gets the current outcome; what it throws is treated as by {@link #onSuccess} and
   *     {@link #onFailure(Effect)}
   * @return this Deferred
   */
  @SuppressWarnings("unchecked") // the outcome of this chain
  public Deferred<T> onEither(Effect<? super Outcome<T>> effect) {
    Objects.requireNonNull(effect, "effect");
    Effect<Outcome<@Nullable Object>> untyped =
        (Effect<Outcome<@Nullable Object>>) (Effect<?>) effect;
    Step step = new Step.Seen(result -> untyped.call(Step.outcome(result)));
    add(step, step);
    return this;
  }

  /**
   * Does something in any case, and leaves the result alone: Java's {@code finally}.
   *
   * @param action what to do; what it throws is treated as by {@link #onSuccess} and {@link
   *     #onFailure(Effect)}
   * @return this Deferred
   */
  public Deferred<T> onEither(Action action) {
    Objects.requireNonNull(action, "action");
    Step step = new Step.Seen(result -> action.run());
    add(step, step);
    return this;
  }

  /**
   * Cancels this Deferred if the chain has not come to this place within some time; then a {@link
   * CancellationException} that arrives here becomes a {@link TimeoutException}.
   *
   * <p>Callbacks added before stand inside the limit, those added after it outside: once the chain
   * has passed this place the time is stopped. What the limit cancels is what {@link #cancel}
   * would: if the chain waits for another Deferred, that one. Unlike a cancel it ends the waiting
   * even if a canceller throws; that exception is added to the other as suppressed.
   *
   * {@snippet class=Snippets region=timeout lang=java}
   *
   * <p>Execution: the cancel runs on the scheduler's thread.
   *
   * <p>Twisted's {@code Deferred.addTimeout}.
   *
   * @param timeout how long; zero acts at the scheduler's next opportunity, not at once
   * @param scheduler whose time is meant
   * @return this Deferred
   * @throws IllegalArgumentException if the timeout is negative
   */
  public Deferred<T> addTimeout(Duration timeout, Scheduler scheduler) {
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(scheduler, "scheduler");
    Timeout.add(this, timeout, scheduler, null);
    return this;
  }

  /**
   * As {@link #addTimeout(Duration, Scheduler)}, with another translation.
   *
   * @param timeout how long
   * @param scheduler whose time is meant
   * @param onTimeoutCancel called here, with the outcome that arrives and the timeout, if the time
   *     has passed; what it returns or throws is the next result
   * @return this Deferred
   * @throws IllegalArgumentException if the timeout is negative
   */
  @SuppressWarnings("unchecked") // the outcome of this chain
  public Deferred<T> addTimeout(
      Duration timeout,
      Scheduler scheduler,
      Callback2<? super Outcome<T>, ? super Duration, ? extends T> onTimeoutCancel) {
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(scheduler, "scheduler");
    Objects.requireNonNull(onTimeoutCancel, "onTimeoutCancel");
    Timeout.add(
        this,
        timeout,
        scheduler,
        (Callback2<Outcome<@Nullable Object>, Duration, Object>)
            (Callback2<?, ?, ?>) onTimeoutCancel);
    return this;
  }

  /**
   * Moves the rest of the chain to an executor: what is added after this runs there, whoever fires.
   *
   * <p>Cancellation: while the rest waits for the executor, the chain waits; a cancel then fails it
   * on the cancelling thread.
   *
   * @param executor where to go on; if it refuses, its exception is the next result
   * @return this Deferred
   */
  public Deferred<T> continueOn(Executor executor) {
    Objects.requireNonNull(executor, "executor");
    Callback<@Nullable Object, @Nullable Object> hop = result -> Hop.start(executor, result);
    add(hop, hop);
    return this;
  }

  /**
   * Fires another Deferred with the result at this place; this one is left with null.
   *
   * <p>Nothing flows back: cancelling the other one doesn't touch this one. If the other one has
   * been fired before, this chain goes on with an {@link AlreadyCalledException}.
   *
   * @param other the one to fire
   */
  public void chainDeferred(Deferred<? super T> other) {
    Link link = new Link.Handing(Objects.requireNonNull(other, "other"));
    add(link, link);
  }

  /**
   * Makes another Deferred that fires with the outcome at this place, and leaves this chain as it
   * is: for a second consumer of one result.
   *
   * <p>The duty to handle a failure moves to the fork: if this chain ends in the same failure, it
   * is the forks that report it.
   *
   * <p>Cancellation: cancelling a fork fails the fork only. Its place in this chain, a few dozen
   * bytes, stays until this Deferred fires.
   *
   * @return the other Deferred
   */
  @CheckReturnValue
  public Deferred<T> fork() {
    Deferred<T> fork = new Deferred<>();
    Link link = new Link.Fork(fork);
    add(link, link);
    return fork;
  }

  // ---- types only

  /**
   * Sees a Deferred of a subtype as one of a supertype. Costs nothing at run time.
   *
   * @param deferred the Deferred
   * @param <T> the supertype
   * @return the same object
   */
  @SuppressWarnings("unchecked") // a result is only read
  public static <T extends @Nullable Object> Deferred<T> widen(Deferred<? extends T> deferred) {
    return (Deferred<T>) deferred;
  }

  /**
   * Sees a chain whose last callback returned a Deferred as what it is: a chain that has waited for
   * that one. Costs nothing at run time.
   *
   * @param deferred the Deferred
   * @param <T> the result
   * @return the same object
   */
  @SuppressWarnings("unchecked") // a Deferred is never the value of a Deferred
  public static <T extends @Nullable Object> Deferred<T> flatten(
      Deferred<? extends Deferred<? extends T>> deferred) {
    return (Deferred<T>) deferred;
  }

  // ---- many

  /**
   * Waits for several Deferreds to succeed.
   *
   * <p>The members keep their results. A failure stays on its member too, and is reported from
   * there if nobody handles it; {@link DeferredList#gather} with {@link
   * DeferredList.Option#CONSUME_ERRORS} takes it away.
   *
   * {@snippet class=Snippets region=gather lang=java}
   *
   * <p>Cancellation: as for a {@link DeferredList}.
   *
   * @param deferreds the members
   * @param <T> the values
   * @return a Deferred that fires with the values in the order of the members, or fails with a
   *     {@link FirstErrorException} as soon as one fails
   */
  public static <T extends @Nullable Object> Deferred<List<T>> gatherResults(
      Collection<? extends Deferred<? extends T>> deferreds) {
    return DeferredList.gather(deferreds);
  }

  /**
   * Waits for several Deferreds to succeed; see {@link #gatherResults(Collection)}.
   *
   * @param deferreds the members
   * @param <T> the values
   * @return a Deferred that fires with the values in the order of the members
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> Deferred<List<T>> gatherResults(
      Deferred<? extends T>... deferreds) {
    return DeferredList.gather(Arrays.asList(deferreds));
  }

  /**
   * Waits for two Deferreds of different types; see {@link #gatherResults(Collection)}.
   *
   * @param a the first
   * @param b the second
   * @param combine makes the result out of both values
   * @param <A> the value of the first
   * @param <B> the value of the second
   * @param <R> the result
   * @return a Deferred that fires with what {@code combine} returns
   */
  @SuppressWarnings("unchecked") // the values of a and b, in this order
  public static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      Deferred<R> gatherResults(
          Deferred<? extends A> a,
          Deferred<? extends B> b,
          Callback2<? super A, ? super B, ? extends R> combine) {
    Objects.requireNonNull(combine, "combine");
    return DeferredList.<Object>gather(Arrays.asList(a, b))
        .addCallback(values -> combine.call((A) values.get(0), (B) values.get(1)));
  }

  /**
   * Waits for three Deferreds of different types; see {@link #gatherResults(Collection)}.
   *
   * @param a the first
   * @param b the second
   * @param c the third
   * @param combine makes the result out of the values
   * @param <A> the value of the first
   * @param <B> the value of the second
   * @param <C> the value of the third
   * @param <R> the result
   * @return a Deferred that fires with what {@code combine} returns
   */
  @SuppressWarnings("unchecked") // the values of a, b and c, in this order
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          R extends @Nullable Object>
      Deferred<R> gatherResults(
          Deferred<? extends A> a,
          Deferred<? extends B> b,
          Deferred<? extends C> c,
          Callback3<? super A, ? super B, ? super C, ? extends R> combine) {
    Objects.requireNonNull(combine, "combine");
    return DeferredList.<Object>gather(Arrays.asList(a, b, c))
        .addCallback(
            values -> combine.call((A) values.get(0), (B) values.get(1), (C) values.get(2)));
  }

  /**
   * Waits for the first Deferred that succeeds, and cancels the others before it fires.
   *
   * <p>The members' results are taken: they are left with null.
   *
   * <p>Cancellation: cancels every member; if none of them answers with a value it fails. What a
   * member's canceller throws goes to {@link Probe#reported}.
   *
   * @param deferreds the members, at least one
   * @param <T> the values
   * @return a Deferred that fires with the first value and its place, or fails with a {@link
   *     FailureGroupException} if every member fails
   * @throws IllegalArgumentException if there is no member: such a race would never end
   */
  public static <T extends @Nullable Object> Deferred<Winner<T>> race(
      Collection<? extends Deferred<? extends T>> deferreds) {
    if (deferreds.isEmpty()) {
      throw new IllegalArgumentException("a race of no Deferreds would never end");
    }
    return new Contest<T>(deferreds).gather();
  }

  /**
   * Waits for the first Deferred that succeeds; see {@link #race(Collection)}.
   *
   * @param deferreds the members, at least one
   * @param <T> the values
   * @return a Deferred that fires with the first value and its place
   * @throws IllegalArgumentException if there is no member
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <T extends @Nullable Object> Deferred<Winner<T>> race(
      Deferred<? extends T>... deferreds) {
    return race(Arrays.asList(deferreds));
  }

  /**
   * Calls a function that returns a Deferred for each of some items, with at most so many under way
   * at a time, and collects the results.
   *
   * <p>An item is under way from the call of the function until the Deferred that came of it has
   * its result. The next item is asked for only when there is a place for it, so items may be made
   * as they are wanted. The values stay with the Deferreds that the function returned; their
   * failures are taken away.
   *
   * {@snippet class=Snippets region=map_concurrent lang=java}
   *
   * <p>As soon as one of them fails, or the function throws, the result fails with a {@link
   * FirstErrorException}; what the iterator throws fails it as it is. Before that everything under
   * way is cancelled. No more items are asked for, and what still comes of the others is dropped,
   * failures included.
   *
   * <p>Execution: the first calls are made before this returns, each further one on the thread that
   * gives an earlier Deferred its result, in the middle of that one's chain. If another thread is
   * in the iterator or in the function at that moment, nobody waits: that one goes on with it. So
   * neither of the two is ever called by two threads at a time, nor from inside the other, and
   * items whose Deferreds have fired need no stack.
   *
   * <p>Cancellation: cancels everything under way, in the order of the items, and starts nothing
   * more; whatever the members answer, the result fails with a {@link CancellationException}. If
   * another thread is in the function at that moment, what that returns is cancelled as well. What
   * a member's canceller throws goes to {@link Probe#reported}.
   *
   * <p>Memory consistency effects: each call of the iterator and of the function
   * <i>happens-before</i> the next one; all of them, and what the members' chains did before they
   * had their results, <i>happen-before</i> the callbacks of a result that was not cancelled.
   *
   * @param items what to call the function with
   * @param limit how many may be under way at a time, at least 1
   * @param fn the function; null in place of a Deferred is the result null
   * @param <A> the items
   * @param <R> the results
   * @return a Deferred that fires with the results in the order of the items
   * @throws IllegalArgumentException if the limit is less than 1; then nothing was started
   */
  public static <A extends @Nullable Object, R extends @Nullable Object>
      Deferred<List<R>> mapConcurrent(
          Iterable<? extends A> items,
          int limit,
          Callback<? super A, ? extends Deferred<? extends R>> fn) {
    Objects.requireNonNull(items, "items");
    return new Mapping.Values<A, R>(items::iterator, limit, fn).start();
  }

  /**
   * Calls a function for each of the items that are left in an iterator; see {@link
   * #mapConcurrent(Iterable, int, Callback)}.
   *
   * @param items what to call the function with
   * @param limit how many may be under way at a time, at least 1
   * @param fn the function
   * @param <A> the items
   * @param <R> the results
   * @return a Deferred that fires with the results in the order of the items
   * @throws IllegalArgumentException if the limit is less than 1; then nothing was started
   */
  public static <A extends @Nullable Object, R extends @Nullable Object>
      Deferred<List<R>> mapConcurrent(
          Iterator<? extends A> items,
          int limit,
          Callback<? super A, ? extends Deferred<? extends R>> fn) {
    Objects.requireNonNull(items, "items");
    return new Mapping.Values<A, R>(() -> items, limit, fn).start();
  }

  /**
   * Calls a function that returns a Deferred for each of some items, and gives each result away as
   * soon as it comes; otherwise as {@link #mapConcurrent(Iterable, int, Callback)}.
   *
   * <p>Nothing is collected: for results that are wanted in the order in which they come, and for
   * items without end.
   *
   * {@snippet class=Snippets region=map_concurrent_each lang=java}
   *
   * <p>Execution: {@code each} is called where the function is, also for one result at a time: it
   * may fill a plain collection. The place of an item is free when it has returned. What it throws
   * fails the result as it is. Nothing is given to it after a failure or a cancel.
   *
   * <p>Memory consistency effects: each call of {@code each} <i>happens-before</i> the next one,
   * and all of them <i>happen-before</i> the callbacks of a result that was not cancelled.
   *
   * @param items what to call the function with
   * @param limit how many may be under way at a time, at least 1
   * @param fn the function
   * @param each what is called with each result
   * @param <A> the items
   * @param <R> the results
   * @return a Deferred that fires with null when {@code each} has had all results
   * @throws IllegalArgumentException if the limit is less than 1; then nothing was started
   */
  public static <A extends @Nullable Object, R extends @Nullable Object>
      Deferred<@Nullable Void> mapConcurrent(
          Iterable<? extends A> items,
          int limit,
          Callback<? super A, ? extends Deferred<? extends R>> fn,
          Effect<? super R> each) {
    Objects.requireNonNull(items, "items");
    return new Mapping.Each<A, R>(items::iterator, limit, fn, each).start();
  }

  /**
   * Calls a function for each of the items that are left in an iterator, and gives each result away
   * as soon as it comes; see {@link #mapConcurrent(Iterable, int, Callback, Effect)}.
   *
   * @param items what to call the function with
   * @param limit how many may be under way at a time, at least 1
   * @param fn the function
   * @param each what is called with each result
   * @param <A> the items
   * @param <R> the results
   * @return a Deferred that fires with null when {@code each} has had all results
   * @throws IllegalArgumentException if the limit is less than 1; then nothing was started
   */
  public static <A extends @Nullable Object, R extends @Nullable Object>
      Deferred<@Nullable Void> mapConcurrent(
          Iterator<? extends A> items,
          int limit,
          Callback<? super A, ? extends Deferred<? extends R>> fn,
          Effect<? super R> each) {
    Objects.requireNonNull(items, "items");
    return new Mapping.Each<A, R>(() -> items, limit, fn, each).start();
  }

  /**
   * Repeats work while its result is true, in constant stack and memory.
   *
   * {@snippet class=Snippets region=loop lang=java}
   *
   * <p>Execution: the first round runs before this returns, each further one where the round before
   * it was fired.
   *
   * <p>Cancellation: cancels the round that is waited for; what that ends with decides.
   *
   * @param step one round; anything but true, null included, ends the loop
   * @return a Deferred that fires with null after the last round, or fails as soon as a round does
   */
  public static Deferred<@Nullable Void> loop(DeferredCallable<Boolean> step) {
    Link repeat = new Link.Repeat(Objects.requireNonNull(step, "step"));
    Deferred<@Nullable Void> loop = new Deferred<>(new Node(repeat, null, null));
    loop.start(true);
    return loop;
  }

  // ---- ready-made callbacks

  /**
   * Gives a callback that returns what it gets.
   *
   * @param <T> the value
   * @return the callback
   */
  public static <T extends @Nullable Object> Callback<T, T> passthru() {
    return value -> value;
  }

  /**
   * Gives an errback that logs the failure at level ERROR and passes it on, unhandled as it is.
   *
   * @param <R> the result that does not come
   * @return the errback
   */
  @SuppressWarnings({"unchecked", "NullAway"}) // a Failure that is returned counts as failing
  public static <R extends @Nullable Object> Callback<Failure, R> logError() {
    return failure -> {
      failure.log(LOG, "a Deferred failed");
      return (R) failure;
    };
  }

  /**
   * Fails a Deferred with a {@link TimeoutException}; {@link #addTimeout(Duration, Scheduler)
   * addTimeout} is what most programs want.
   *
   * @param deferred the one to fail
   * @throws AlreadyCalledException if it has been fired before
   */
  public static void timeout(Deferred<?> deferred) {
    deferred.errback(new TimedOut("the time for this Deferred has passed"));
  }

  // ---- debugging

  /**
   * Turns debugging on or off for the whole JVM: with it, Deferreds remember where they were made
   * and fired, and a callback that returns a Deferred waiting for its own fails at once.
   *
   * <p>Off at first, unless the system property {@code dev.twine.debugging} is {@code true}.
   *
   * @param on whether Deferreds remember from now on
   */
  public static void setDebugging(boolean on) {
    Debugging.set(on);
  }

  /**
   * Tells whether debugging is on.
   *
   * @return what {@link #setDebugging} has set
   */
  public static boolean getDebugging() {
    return Debugging.isOn();
  }

  /** Says what state the chain is in, without any code of a user's: of a value only its class. */
  @Override
  public String toString() {
    return "Deferred@" + Integer.toHexString(System.identityHashCode(this)) + describe(state());
  }

  private static String describe(DeferredState<?> state) {
    String paused = state.pauses() == 0 ? "" : ", paused " + state.pauses();
    if (state instanceof DeferredState.Unfired<?>) {
      return "[unfired" + paused + "]";
    }
    if (state instanceof DeferredState.Running<?>) {
      return "[running" + paused + "]";
    }
    if (state instanceof DeferredState.Waiting<?> waiting) {
      return "[waiting on Deferred@"
          + Integer.toHexString(System.identityHashCode(waiting.on()))
          + paused
          + "]";
    }
    if (state instanceof DeferredState.Failed<?> failed) {
      return "[failed: " + failed.failure().value().getClass().getName() + paused + "]";
    }
    DeferredState.Value<?> value = (DeferredState.Value<?>) state;
    Object result = value.result();
    String text = result == null ? "null" : result.getClass().getName();
    return "[value: " + (value.taken() ? "taken" : text) + paused + "]";
  }

  // ---- types

  private static <V extends @Nullable Object> V checked(V value) {
    if (value instanceof Deferred) {
      throw new IllegalArgumentException(
          "a Deferred can't be the value of a Deferred: return it from a callback, or fire with"
              + " its result through chainDeferred");
    }
    return value;
  }

  @SuppressWarnings("unchecked") // one object for the whole chain: the type is the caller's view
  private <R extends @Nullable Object> Deferred<R> retyped() {
    return (Deferred<R>) this;
  }

  @SuppressWarnings("unchecked") // results are untyped inside
  private static Callback<@Nullable Object, @Nullable Object> untyped(Callback<?, ?> callback) {
    return (Callback<@Nullable Object, @Nullable Object>)
        Objects.requireNonNull(callback, "callback");
  }

  @SuppressWarnings("unchecked") // checked at run time by the step
  private static Step typed(Class<? extends Throwable> type, Callback<?, ?> errback) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(errback, "errback");
    return new Step.Typed(type, (Callback<Throwable, Object>) errback);
  }

  @SuppressWarnings("unchecked") // results are untyped inside
  private static Step seen(Effect<?> effect) {
    return new Step.Seen((Effect<@Nullable Object>) Objects.requireNonNull(effect, "effect"));
  }
}
