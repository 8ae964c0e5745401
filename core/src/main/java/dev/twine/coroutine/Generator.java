package dev.twine.coroutine;

import static java.util.Objects.requireNonNull;

import dev.twine.Effect;
import dev.twine.Failure;
import java.io.Serial;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * An iterator that is written as a body which {@linkplain Yielder#yield yields} its values.
 *
 * {@snippet class=CoroutineSnippets region=generator lang=java}
 *
 * <p>A generator is lazy: the body does nothing before the first value is asked for, and is
 * suspended at each {@code yield} until the next one is. Whatever it throws, also a checked
 * exception, comes out of {@link #hasNext} or {@link #next}, the very object, and that is the end.
 *
 * <p>One that may be left before its end is {@linkplain #close closed}, so that each {@code
 * finally} of the body is run. Of
 *
 * {@snippet class=CoroutineSnippets region=generator_lines lang=java}
 *
 * <p>the file is always closed, if it is used like this:
 *
 * {@snippet class=CoroutineSnippets region=generator_close lang=java}
 *
 * <p>It is an iterator, and is used once. {@code Iterable<String> all = () -> linesOf(file);} makes
 * what a {@code for} loop takes; such a loop closes nothing if it is left early.
 *
 * <p>Execution: the body runs in pieces, each inside of {@code hasNext}, {@code next} or {@code
 * close}, which wait for it; on a thread of its own, as the body of a {@linkplain Coroutines
 * coroutine} does, and on the {@linkplain dev.twine.Turn turn} of whoever asks. Any thread may ask,
 * one at a time. A generator is no coroutine: its body can't {@code await} what has no result yet,
 * as whoever asks wants a value now.
 *
 * <p>A generator that is forgotten while it is suspended is collected as garbage, and no {@code
 * finally} of it is run. Before Java 21 its thread, a parked daemon, stays until the generator is
 * closed. It begins with the {@linkplain ContextElement context elements} of who asks first.
 *
 * <p>Memory consistency effects: actions in a thread prior to asking for a value
 * <i>happen-before</i> the piece of the body that makes it, and what the body did before a {@code
 * yield} <i>happens-before</i> the method that gives the value returns. Each piece
 * <i>happens-before</i> the next one.
 *
 * <p>This is Python's generator, on which Twisted's {@code defer.deferredGenerator} stands.
 *
 * @param <T> the values
 * @since 0.1
 */
public final class Generator<T extends @Nullable Object> implements Iterator<T>, AutoCloseable {

  /*
   *   NOT BEGUN --hasNext, next--> the body runs
   *   NOT BEGUN --close----------> ENDED
   *   the body runs --yield------> FILLED, or SUSPENDED if it is being closed
   *   the body runs --its end----> ENDED
   *   FILLED    --next-----------> SUSPENDED
   *   SUSPENDED --hasNext, next--> the body runs
   *   FILLED, SUSPENDED --close--> the body runs, being closed
   *
   * All of it with the claim, which is held by who has come in by hasNext, next or close, and by
   * the body on its behalf. Who comes while another one has it is refused: that is the body itself,
   * or a thread that doesn't wait for its turn.
   */

  private static final AtomicLong NUMBER = new AtomicLong();

  /** The generator whose body the thread runs. */
  private static final ThreadLocal<@Nullable Generator<?>> CURRENT = new ThreadLocal<>();

  private final Relay relay = new Relay("generator-" + NUMBER.incrementAndGet());
  private final Effect<? super Yielder<T>> body;

  private final AtomicBoolean claimed = new AtomicBoolean();

  /** Guarded by the claim, as all that follows. */
  private boolean begun;

  private boolean filled;

  private @Nullable T value;

  private boolean closing;

  private @Nullable Throwable thrown;

  /** Written with the claim, and read also without it: there is no way back. */
  private volatile boolean ended;

  private Generator(Effect<? super Yielder<T>> body) {
    this.body = body;
  }

  /**
   * Makes a generator.
   *
   * <p>Execution: nothing runs before the first value is asked for.
   *
   * @param body gets what takes its values
   * @param <T> the values
   * @return a generator that has not begun
   */
  public static <T extends @Nullable Object> Generator<T> of(Effect<? super Yielder<T>> body) {
    return new Generator<>(requireNonNull(body, "body"));
  }

  /** Whether the calling thread runs the body of a generator. */
  static boolean isInside() {
    return CURRENT.get() != null;
  }

  // ---- for who asks

  /**
   * Tells whether there is another value, which the body has to make for that.
   *
   * @return false if the body has ended
   * @throws IllegalStateException if the body runs just now: this was called inside of it, or while
   *     another thread asks
   */
  @Override
  public boolean hasNext() {
    if (ended) {
      return false;
    }
    claim();
    try {
      return fill();
    } finally {
      claimed.set(false);
    }
  }

  /**
   * Gives the next value.
   *
   * @return what the body has yielded
   * @throws NoSuchElementException if the body has ended
   * @throws IllegalStateException if the body runs just now: this was called inside of it, or while
   *     another thread asks
   */
  @Override
  public T next() {
    claim();
    try {
      if (!fill()) {
        throw new NoSuchElementException("the generator has ended");
      }
      return take();
    } finally {
      claimed.set(false);
    }
  }

  /**
   * Ends the generator: a body that is suspended goes on with an error from its {@code yield}, so
   * that each {@code finally} of it is run.
   *
   * <p>One that has not begun never will; one that has ended is left alone, so that closing twice
   * is closing once. What the body throws meanwhile comes out of this method, the very object, also
   * a checked exception.
   *
   * @throws IllegalStateException if the body yields again instead of ending: the generator is then
   *     suspended as before, without that value; or if the body runs just now: this was called
   *     inside of it, or while another thread asks
   */
  @Override
  public void close() {
    if (ended) {
      return;
    }
    claim();
    try {
      if (!begun) {
        ended = true;
      }
      if (!ended) {
        closeBody();
      }
    } finally {
      claimed.set(false);
    }
  }

  private void claim() {
    if (!claimed.compareAndSet(false, true)) {
      throw Misuse.generatorRuns();
    }
  }

  /** Has the body go on, unless there is a value; false at the end. */
  private boolean fill() {
    if (!filled && !ended) {
      goOn();
    }
    return filled;
  }

  @SuppressWarnings("NullAway") // filled: the value is a T, which may be null
  private T take() {
    T taken = value;
    empty();
    return taken;
  }

  private void empty() {
    value = null;
    filled = false;
  }

  private void closeBody() {
    empty();
    closing = true;
    try {
      goOn();
    } finally {
      closing = false;
    }
    if (filled) {
      empty();
      throw Misuse.yieldedWhileClosing();
    }
  }

  private void goOn() {
    if (begun) {
      relay.resume();
    } else {
      Runnable surroundings = ContextElements.capture();
      relay.start(
          () -> {
            surroundings.run();
            run();
          });
      begun = true;
    }
    Throwable out = thrown;
    if (out != null) {
      thrown = null;
      if (out instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      new Failure(out).raise();
    }
  }

  // ---- on the body's thread

  private void run() {
    CURRENT.set(this);
    Yielder<T> yielder = this::put;
    try {
      body.call(yielder);
    } catch (Closing closed) {
      // as it was meant
    } catch (Throwable failed) {
      thrown = failed;
    }
    ended = true;
  }

  private void put(T next) {
    if (!relay.isBody(Thread.currentThread())) {
      throw Misuse.yieldElsewhere();
    }
    if (relay.isInsideCallback()) {
      throw Misuse.yieldInsideCallback();
    }
    value = next;
    filled = true;
    relay.suspend();
    if (closing) {
      throw new Closing();
    }
  }

  /** Ends the body of a generator that is being closed. */
  private static final class Closing extends Error {

    @Serial private static final long serialVersionUID = 1L;

    Closing() {
      super("the generator is being closed; this is not to be caught", null, false, false);
    }
  }
}
