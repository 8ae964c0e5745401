package dev.twine;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is executing, logically.
 *
 * <p>A thread is its own turn, unless it executes on behalf of another one that waits for it, as
 * the body of a coroutine does for whoever resumed it. What must know whether it is <i>inside</i>
 * something, such as {@link Deferred#cancel()} and {@link Deferred#get()}, asks for the turn and
 * never for the thread.
 *
 * @since 0.1
 */
public final class Turn {

  /** Whom each following thread follows. */
  private static final ThreadLocal<@Nullable Supplier<Thread>> FOLLOWED = new ThreadLocal<>();

  /** True once any thread has followed another one; a thread sees its own write. */
  private static boolean followers;

  /** The loop of each thread that runs one now. */
  private static final Map<Thread, Object> LOOPS = new ConcurrentHashMap<>();

  private Turn() {}

  /**
   * Tells on whose turn the calling thread executes.
   *
   * @return the calling thread, or the one at the end of those it follows
   */
  public static Thread current() {
    return followers ? followed() : Thread.currentThread();
  }

  /**
   * Makes the calling thread follow another one: whatever the supplier gives, at each question, is
   * the turn of this thread. If it throws, or gives null, the thread is its own turn.
   *
   * <p>The supplier is asked on the calling thread only; also each time before a Deferred calls
   * callbacks or a canceller on it. Whoever resumes this thread makes it give the resumer's own
   * {@linkplain #current() turn}, and waits until this thread has handed control back.
   *
   * @param resumer gives the turn; null to follow nobody any more
   */
  public static void follow(@Nullable Supplier<Thread> resumer) {
    followers = true;
    FOLLOWED.set(resumer);
  }

  /**
   * Runs some work of an event loop on the calling thread: until it returns, this turn is the
   * loop's and must not wait for what others do, as the loop would stand still. So {@link
   * Deferred#get()} throws an exception there instead of waiting.
   *
   * @param loop the loop; its {@code toString} is what the exception calls it
   * @param work what to run
   */
  public static void runLoop(Object loop, Runnable work) {
    Objects.requireNonNull(loop, "loop");
    Thread thread = current();
    Object outer = LOOPS.put(thread, loop);
    try {
      work.run();
    } finally {
      if (outer == null) {
        LOOPS.remove(thread);
      } else {
        LOOPS.put(thread, outer);
      }
    }
  }

  /**
   * Tells which event loop's turn this is.
   *
   * @return the loop that {@link #runLoop} was given on this turn, the innermost one; null if there
   *     is none
   */
  public static @Nullable Object loop() {
    return LOOPS.isEmpty() ? null : LOOPS.get(current());
  }

  /** Before functions of users are called: whom this thread follows gets to know of it. */
  static void callsBack() {
    if (followers) {
      followed();
    }
  }

  private static Thread followed() {
    Supplier<Thread> resumer = FOLLOWED.get();
    try {
      return resumer == null ? Thread.currentThread() : Objects.requireNonNull(resumer.get());
    } catch (Throwable broken) {
      return Thread.currentThread(); // this is asked where nothing may be thrown
    }
  }
}
