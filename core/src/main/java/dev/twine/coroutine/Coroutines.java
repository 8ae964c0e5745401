package dev.twine.coroutine;

import static java.util.Objects.requireNonNull;

import dev.twine.Action;
import dev.twine.Callback;
import dev.twine.Callback2;
import dev.twine.Callback3;
import dev.twine.Deferred;
import dev.twine.Effect;
import dev.twine.Engine;
import dev.twine.Outcome;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Coroutines: bodies that {@linkplain #await(Deferred) wait} for a Deferred in the middle of a
 * line, and are suspended meanwhile instead of blocking whoever called them.
 *
 * {@snippet class=CoroutineSnippets region=basic lang=java}
 *
 * <p>The methods are made for static imports. {@code if}, loops, {@code try}, {@code finally} and
 * {@code try (...)} work as everywhere; so a lock is held like this:
 *
 * {@snippet class=CoroutineSnippets region=lock lang=java}
 *
 * <p><b>Execution.</b> A body runs at once, inside the method that starts it, up to the first await
 * of a Deferred that has no result. The thread that fires that Deferred resumes the body inside
 * {@code callback} or {@code errback}, and has control back when the body is suspended again or has
 * ended. So there is one piece of work at a time, in an order that is always the same. The body has
 * a thread of its own, a virtual one where Java has them (21 and newer); whoever resumes it waits
 * meanwhile. What asks for the {@linkplain dev.twine.Turn turn}, as {@code
 * Reactor.isInReactorThread()}, {@code cancel()} and {@code get()} do, sees the resumer. {@code
 * Thread.currentThread()} is the body's thread, so that thread locals belong to one coroutine; and
 * a lock that belongs to the resumer's thread is not the body's.
 *
 * <p>The Deferred of a coroutine fires on the turn of whoever has resumed it last, when the body
 * has returned or thrown: with what it returned, or with the very exception. That one's thread
 * fires it, and if many coroutines resume each other the body's, which has a stack of its own.
 *
 * <p><b>Two styles.</b> Of a Deferred that has fired before it is awaited, {@link #fromCoroutine}
 * leaves the result where it is, so that it can be awaited again; {@link #inlineCallbacks} takes
 * it, and the Deferred is left with null. An await that has suspended takes the result in both. A
 * failure that was awaited counts as handled. That is as in Twisted.
 *
 * <p><b>Cancellation.</b> Cancelling the Deferred of a coroutine that is suspended cancels what it
 * waits for, and nothing else; usually a {@link java.util.concurrent.CancellationException} is then
 * thrown by that {@code await}. The body may catch it, and go on, and wait for something else; it
 * can then be cancelled again. If the body runs just then on another thread, the Deferred that it
 * waits for next is cancelled; a body that cancels its own Deferred does nothing by that. A
 * coroutine whose Deferred is paused is cancelled all the same, once.
 *
 * <p>A time limit for one wait is {@code await(deferred.addTimeout(...), TimeoutException.class)}.
 * One on the coroutine's own Deferred is a cancel inside, and a TimeoutException outside.
 *
 * <p><b>Blocking.</b> While a body blocks, so does whoever has resumed it: it should {@code await}
 * instead. A resumer that has waited for 5 seconds for a body which is blocked logs that, with both
 * stacks (the system property {@code dev.twine.coroutine.watchdog} has other milliseconds; 0 turns
 * it off). What needs the resumer's thread itself, or a lock of its, is done by {@link
 * #runOnCaller}. Where no order is needed, {@link #concurrent} blocks nobody.
 *
 * <p><b>Interrupts.</b> An interrupt ends no {@code await}, nor the wait of a resumer for its body;
 * the flag stays set for whoever was interrupted.
 *
 * <p><b>Exceptions.</b> An exception has the stack of the place where it was made. When {@code
 * await} throws it, it also says where the body stood, as a suppressed one: once for each coroutine
 * that it passes, eight times at most.
 *
 * <p><b>Context.</b> A body begins with empty thread locals, also inheritable ones, and with what
 * the {@linkplain ContextElement context elements} of the program take over from who starts it.
 *
 * <p><b>Engines.</b> What bodies run on is told, and chosen, by {@link Engine}.
 *
 * <p><b>Abandoned coroutines.</b> A coroutine that waits for a Deferred which nobody can fire any
 * more is collected as garbage with it, and no {@code finally} of it is run. (Before Java 21 it
 * keeps a parked daemon thread for ever.)
 *
 * <p>Memory consistency effects: what one piece of a body did <i>happens-before</i> the next piece,
 * on whatever threads they are resumed; actions in a thread prior to firing a Deferred
 * <i>happen-before</i> an await of it comes back, and what a body did <i>happens-before</i> the
 * callbacks of its Deferred.
 *
 * @since 0.1
 */
public final class Coroutines {

  private Coroutines() {}

  // ---- starting

  /**
   * Starts a coroutine.
   *
   * <p>Execution: the body runs inside this method up to its first wait.
   *
   * <p>This is Twisted's {@code defer.Deferred.fromCoroutine}.
   *
   * @param body what to do; it may {@code await}. It must not return a Deferred: that fails with an
   *     IllegalStateException that says to await it
   * @param <T> what it returns
   * @return a Deferred for that; whatever the body throws fails it
   */
  public static <T extends @Nullable Object> Deferred<T> fromCoroutine(Callable<T> body) {
    return SteppedCoroutine.start(Body.of(requireNonNull(body, "body")), false);
  }

  /**
   * Starts a coroutine that returns nothing.
   *
   * @param body what to do; it may {@code await}
   * @return a Deferred that fires with null
   * @see #fromCoroutine(Callable)
   */
  public static Deferred<@Nullable Void> fromCoroutine(Action body) {
    return SteppedCoroutine.start(Body.of(requireNonNull(body, "body")), false);
  }

  /**
   * Makes a function out of a body: each call starts a coroutine that takes the results of what it
   * awaits.
   *
   * {@snippet class=CoroutineSnippets region=inline lang=java}
   *
   * <p>This is Twisted's {@code defer.inlineCallbacks}; the other overloads are for bodies with
   * arguments.
   *
   * @param body what to do; it may {@code await}
   * @param <T> what it returns
   * @return the function, which returns a Deferred
   */
  public static <T extends @Nullable Object> Supplier<Deferred<T>> inlineCallbacks(
      Callable<T> body) {
    requireNonNull(body, "body");
    return () -> SteppedCoroutine.start(Body.of(body), true);
  }

  /**
   * Makes a function out of a body that returns nothing.
   *
   * @param body what to do; it may {@code await}
   * @return the function, which returns a Deferred that fires with null
   */
  public static Supplier<Deferred<@Nullable Void>> inlineCallbacks(Action body) {
    requireNonNull(body, "body");
    return () -> SteppedCoroutine.start(Body.of(body), true);
  }

  /**
   * Makes a function out of a body with one argument.
   *
   * @param body what to do; it may {@code await}. One that has no result ends with {@code return
   *     null}
   * @param <A> the argument
   * @param <T> what it returns
   * @return the function, which returns a Deferred
   */
  public static <A extends @Nullable Object, T extends @Nullable Object>
      Function<A, Deferred<T>> inlineCallbacks(Callback<? super A, ? extends T> body) {
    requireNonNull(body, "body");
    return a -> SteppedCoroutine.start(() -> body.call(a), true);
  }

  /**
   * Makes a function out of a body with two arguments.
   *
   * @param body what to do; it may {@code await}
   * @param <A> the first argument
   * @param <B> the second argument
   * @param <T> what it returns
   * @return the function, which returns a Deferred
   */
  public static <A extends @Nullable Object, B extends @Nullable Object, T extends @Nullable Object>
      BiFunction<A, B, Deferred<T>> inlineCallbacks(
          Callback2<? super A, ? super B, ? extends T> body) {
    requireNonNull(body, "body");
    return (a, b) -> SteppedCoroutine.start(() -> body.call(a, b), true);
  }

  /**
   * Makes a function out of a body with three arguments.
   *
   * @param body what to do; it may {@code await}
   * @param <A> the first argument
   * @param <B> the second argument
   * @param <C> the third argument
   * @param <T> what it returns
   * @return the function, which returns a Deferred
   */
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          T extends @Nullable Object>
      Function3<A, B, C, Deferred<T>> inlineCallbacks(
          Callback3<? super A, ? super B, ? super C, ? extends T> body) {
    requireNonNull(body, "body");
    return (a, b, c) -> SteppedCoroutine.start(() -> body.call(a, b, c), true);
  }

  /**
   * Makes a function out of a body with four arguments.
   *
   * @param body what to do; it may {@code await}
   * @param <A> the first argument
   * @param <B> the second argument
   * @param <C> the third argument
   * @param <D> the fourth argument
   * @param <T> what it returns
   * @return the function, which returns a Deferred
   */
  public static <
          A extends @Nullable Object,
          B extends @Nullable Object,
          C extends @Nullable Object,
          D extends @Nullable Object,
          T extends @Nullable Object>
      Function4<A, B, C, D, Deferred<T>> inlineCallbacks(
          Callback4<? super A, ? super B, ? super C, ? super D, ? extends T> body) {
    requireNonNull(body, "body");
    return (a, b, c, d) -> SteppedCoroutine.start(() -> body.call(a, b, c, d), true);
  }

  /**
   * Gives a Deferred for a body, as {@link #fromCoroutine(Callable)} does.
   *
   * <p>This is Twisted's {@code defer.ensureDeferred}.
   *
   * @param body what to do; it may {@code await}
   * @param <T> what it returns
   * @return a Deferred for that
   */
  public static <T extends @Nullable Object> Deferred<T> ensureDeferred(Callable<T> body) {
    return fromCoroutine(body);
  }

  /**
   * Gives a Deferred as it is.
   *
   * @param deferred any Deferred
   * @param <T> its result
   * @return the same one
   */
  public static <T extends @Nullable Object> Deferred<T> ensureDeferred(Deferred<T> deferred) {
    return requireNonNull(deferred, "deferred");
  }

  /**
   * Gives a Deferred for what a stage completes with; see {@link Deferred#from}.
   *
   * @param stage any stage
   * @param <T> its result
   * @return a Deferred for that
   */
  public static <T extends @Nullable Object> Deferred<T> ensureDeferred(
      CompletionStage<? extends T> stage) {
    return Deferred.from(requireNonNull(stage, "stage"));
  }

  /**
   * Starts a coroutine that runs beside whoever starts it: for work of which nothing depends on the
   * order.
   *
   * <p>Execution: the body runs on a thread of its own, a virtual one where there are any; its
   * {@code await} blocks that thread, and who fires what is awaited wakes it up and goes on at
   * once. So nobody waits for the body, and nobody knows when it goes on. Its Deferred fires on the
   * body's thread. All else is as {@link #fromCoroutine} says, also cancellation.
   *
   * @param body what to do; it may {@code await}
   * @param <T> what it returns
   * @return a Deferred for that; whatever the body throws fails it
   */
  public static <T extends @Nullable Object> Deferred<T> concurrent(Callable<T> body) {
    return ConcurrentCoroutine.start(Body.of(requireNonNull(body, "body")));
  }

  /**
   * Starts a coroutine that runs beside whoever starts it, and returns nothing.
   *
   * @param body what to do; it may {@code await}
   * @return a Deferred that fires with null
   * @see #concurrent(Callable)
   */
  public static Deferred<@Nullable Void> concurrent(Action body) {
    return ConcurrentCoroutine.start(Body.of(requireNonNull(body, "body")));
  }

  /**
   * Tells what the bodies of coroutines run on.
   *
   * @return always the same
   */
  public static Engine engine() {
    return Engine.current();
  }

  // ---- inside a body

  /**
   * Waits for a Deferred, and gives its value.
   *
   * <p>Execution: if it has fired this comes back at once. Otherwise the coroutine is suspended:
   * this takes its place in the chain, behind the callbacks that were added before, and the body
   * goes on when its turn comes there, inside {@code callback} or {@code errback}. A Deferred that
   * is paused has no result yet. Outside a coroutine this gives what is there already, and leaves
   * it.
   *
   * <p>Cancellation: cancelling the coroutine's Deferred meanwhile cancels this one.
   *
   * <p>Whatever the Deferred failed with is thrown, the very object, also checked exceptions, which
   * are not declared; {@link #await(Deferred, Class)} is for those who catch one. What a list of
   * Deferreds fails with is its own {@link dev.twine.FirstErrorException}, whose cause is the
   * member's.
   *
   * @param deferred what to wait for
   * @param <T> its result
   * @return its value
   * @throws NullPointerException if there is nothing to wait for
   * @throws IllegalStateException if it has no result yet, and this is called outside a coroutine
   *     (on another thread than the body's), or inside a callback that the body has brought about;
   *     or if it is the Deferred of this very coroutine
   */
  public static <T extends @Nullable Object> T await(Deferred<T> deferred) {
    if (deferred == null) {
      throw Misuse.awaitedNull();
    }
    if (!Coroutine.someTake()) {
      Outcome<T> there = deferred.outcomeOrNull();
      if (there instanceof Outcome.Success<T> success) {
        return success.value(); // whoever this is: to know that would cost more than all the rest
      }
    }
    Coroutine coroutine = Coroutine.current();
    return coroutine == null ? outside(deferred) : coroutine.await(deferred);
  }

  private static <T extends @Nullable Object> T outside(Deferred<T> deferred) {
    Outcome<T> there = deferred.outcomeOrNull();
    if (there == null) {
      throw Misuse.outside();
    }
    return Ready.get(there);
  }

  /**
   * Waits for a Deferred, and says what it may fail with, so that the compiler lets one catch that.
   *
   * {@snippet class=CoroutineSnippets region=checked lang=java}
   *
   * <p>Other exceptions are thrown as well; see {@link #await(Deferred)}.
   *
   * @param deferred what to wait for
   * @param type the exception to declare
   * @param <T> its result
   * @param <X> the exception to declare
   * @return its value
   * @throws X if it failed with that
   */
  public static <T extends @Nullable Object, X extends Throwable> T await(
      Deferred<T> deferred, Class<X> type) throws X {
    requireNonNull(type, "type");
    return await(deferred);
  }

  /**
   * Waits for a Deferred, and says what two exceptions it may fail with.
   *
   * @param deferred what to wait for
   * @param type an exception to declare
   * @param other another exception to declare
   * @param <T> its result
   * @param <X> an exception to declare
   * @param <Y> another exception to declare
   * @return its value
   * @throws X if it failed with that
   * @throws Y if it failed with that
   * @see #await(Deferred, Class)
   */
  public static <T extends @Nullable Object, X extends Throwable, Y extends Throwable> T await(
      Deferred<T> deferred, Class<X> type, Class<Y> other) throws X, Y {
    requireNonNull(type, "type");
    requireNonNull(other, "other");
    return await(deferred);
  }

  /**
   * Waits for a stage; see {@link Deferred#from}, also for what a cancel does.
   *
   * <p>Execution: the body goes on on the thread that completes the stage. What is to go on in a
   * reactor waits for {@code Deferred.from(stage).continueOn(reactor)} instead.
   *
   * @param stage what to wait for
   * @param <T> its result
   * @return its value
   */
  public static <T extends @Nullable Object> T await(CompletionStage<T> stage) {
    if (stage == null) {
      throw Misuse.awaitedNull();
    }
    if (isPending(stage)) {
      Coroutine.requireMaySuspend();
    }
    return await(Deferred.<T>from(stage));
  }

  /** Whether a stage can tell, and does, that it has no result yet. */
  private static boolean isPending(CompletionStage<?> stage) {
    try {
      return stage instanceof Future<?> future && !future.isDone();
    } catch (UnsupportedOperationException minimal) {
      return false;
    }
  }

  /**
   * Waits for a stage, and says what it may fail with, so that the compiler lets one catch that.
   *
   * @param stage what to wait for
   * @param type the exception to declare
   * @param <T> its result
   * @param <X> the exception to declare
   * @return its value
   * @throws X if it failed with that
   * @see #await(Deferred, Class)
   */
  public static <T extends @Nullable Object, X extends Throwable> T await(
      CompletionStage<T> stage, Class<X> type) throws X {
    requireNonNull(type, "type");
    return await(stage);
  }

  /**
   * Waits for a future that is a stage.
   *
   * @param future what to wait for
   * @param <T> its result
   * @return its value
   * @see #await(CompletionStage)
   */
  public static <T extends @Nullable Object> T await(CompletableFuture<T> future) {
    return await((CompletionStage<T>) future);
  }

  /**
   * Waits for a future.
   *
   * <p>Execution: a future tells nobody when it is done, so a thread is made that waits for it; the
   * body goes on on that thread, unless the future is done already. What is to go on in a reactor
   * waits for {@code Threads.deferToThread(reactor, future::get)} instead.
   *
   * <p>Cancellation: the future is cancelled, its thread interrupted.
   *
   * @param future what to wait for
   * @param <T> its result
   * @return its value; if it failed, what it failed with is thrown, and not what wraps that
   */
  public static <T extends @Nullable Object> T await(Future<T> future) {
    if (future == null) {
      throw Misuse.awaitedNull();
    }
    if (!future.isDone()) {
      Coroutine.requireMaySuspend();
    }
    return await(FutureWait.<T>of(future));
  }

  /**
   * Gives a value back as it is: for code that doesn't know whether it has a Deferred (Twisted's
   * {@code yield} of a plain value).
   *
   * <p>A function is such a value, too: of what {@link #inlineCallbacks} has made, the result of a
   * call is to be awaited.
   *
   * @param value anything; if it turns out to be a Deferred, a stage or a future, that is waited
   *     for
   * @param <T> what it is
   * @return the value
   */
  @SuppressWarnings("unchecked") // who has a Deferred in a T expects anything
  public static <T extends @Nullable Object> T await(T value) {
    if (value instanceof Deferred<?> deferred) {
      return (T) await((Deferred<?>) deferred);
    } else if (value instanceof CompletionStage<?> stage) {
      return (T) await((CompletionStage<?>) stage);
    }
    return value instanceof Future<?> future ? (T) await((Future<?>) future) : value;
  }

  /**
   * Has something done on the thread of whoever has resumed the body, and waits for it: for what
   * asks for a certain thread, as toolkits for user interfaces do, or for a lock that belongs to
   * the resumer's thread.
   *
   * {@snippet class=CoroutineSnippets region=caller lang=java}
   *
   * <p>Execution: inside this method, on the thread that has started or resumed the coroutine,
   * which waits for it anyhow; if that is a body's thread itself, on the one that has resumed that,
   * and so on. The work must not {@code await}. Outside of coroutines, and inside of such work, the
   * calling thread is that one, and does it itself.
   *
   * @param work what to do
   * @param <T> what it returns
   * @return what it has returned; if it throws, the very exception is thrown, also a checked one
   * @throws IllegalStateException in a {@linkplain #concurrent concurrent} coroutine, as nobody
   *     waits for that
   */
  public static <T extends @Nullable Object> T runOnCaller(Callable<T> work) {
    return runOnCaller(new Errand<T>(Body.of(requireNonNull(work, "work"))));
  }

  /**
   * Has something done on the thread of whoever has resumed the body, and waits for it.
   *
   * @param work what to do
   * @see #runOnCaller(Callable)
   */
  public static void runOnCaller(Action work) {
    runOnCaller(new Errand<@Nullable Void>(Body.of(requireNonNull(work, "work"))));
  }

  private static <T extends @Nullable Object> T runOnCaller(Errand<T> errand) {
    Relay relay = Relay.current();
    if (relay != null) {
      relay.send(errand);
      return errand.result();
    }
    Coroutine coroutine = Coroutine.current();
    if (coroutine != null && coroutine.hasNoCaller() && !Errand.isRunning()) {
      throw Misuse.noCaller();
    }
    errand.run();
    return errand.result();
  }

  /**
   * Ends the coroutine with a value, from a method that its body has called.
   *
   * <p>In the body itself, use {@code return}. This throws something that only the coroutine
   * catches, after every {@code finally} on the way; a {@code catch (Throwable)} swallows it.
   *
   * <p>This is Twisted's {@code defer.returnValue}.
   *
   * @param value the result of the coroutine; no Deferred
   * @param <R> any type, so that the call can stand after {@code return}
   * @return never
   * @throws IllegalStateException if the value is a Deferred: await it first; or if this is called
   *     outside a coroutine, or inside a callback
   */
  @SuppressWarnings("TypeParameterUnusedInFormals") // after `return`
  public static <R extends @Nullable Object> R returnValue(@Nullable Object value) {
    Coroutine coroutine = Coroutine.current();
    if (coroutine == null || coroutine.isInsideCallback()) {
      throw Misuse.returnValueOutside();
    }
    if (value instanceof Deferred<?> deferred) {
      throw Misuse.returnedDeferred(deferred);
    }
    throw new ReturnValue(coroutine, value);
  }

  // ---- the legacy style

  /**
   * Makes a function out of a body in the legacy style: each call runs the body, which yields what
   * it waits for, wrapped by {@link #waitForDeferred}, and then asks that for its result.
   *
   * {@snippet class=CoroutineSnippets region=deferred_generator lang=java}
   *
   * <p>The result is the last value that the body yields; it is null if that is a {@link
   * WaitForDeferred}, or if there is none. Whatever the body throws fails the Deferred, the very
   * object. It fails as well if the body yields a Deferred that is not wrapped, which ends the
   * body, with an {@link IllegalArgumentException}; and if a body that ends has not called {@link
   * WaitForDeferred#getResult getResult()} of all that it has waited for, with an {@link
   * IllegalStateException} whose cause is the failure that would have been lost, if there is one.
   *
   * <p>Execution: as that of a coroutine; {@link #await} can't be used, except for what has fired.
   *
   * <p>Cancellation: cancelling the Deferred fails it, and doesn't reach the body: that goes on,
   * and its end is ignored.
   *
   * <p>This is Twisted's {@code defer.deferredGenerator}.
   *
   * @param body what to do; it may yield
   * @param <T> what it yields last
   * @return the function, which returns a Deferred
   * @deprecated This is the legacy style, as in Twisted: use {@link #inlineCallbacks}, and {@link
   *     #await} in it.
   */
  @Deprecated
  public static <T extends @Nullable Object> Supplier<Deferred<T>> deferredGenerator(
      Effect<? super Yielder<@Nullable Object>> body) {
    requireNonNull(body, "body");
    return () -> DeferredGenerator.start(body);
  }

  /**
   * Wraps a Deferred, for the body of a {@link #deferredGenerator} to yield.
   *
   * <p>This is Twisted's {@code defer.waitForDeferred}.
   *
   * @param deferred what to wait for
   * @param <T> its result
   * @return something to yield at once, and then to ask for the {@linkplain
   *     WaitForDeferred#getResult result}
   * @deprecated This is the legacy style, as in Twisted: use {@link #inlineCallbacks}, and {@link
   *     #await} in it.
   */
  @Deprecated
  public static <T extends @Nullable Object> WaitForDeferred<T> waitForDeferred(
      Deferred<T> deferred) {
    return new WaitForDeferred<>(deferred);
  }
}
