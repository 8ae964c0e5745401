package dev.twine;

import org.jspecify.annotations.Nullable;

/**
 * Everything the library tells the outside: a service that watches Deferreds.
 *
 * <p>Implementations are found once, through {@link java.util.ServiceLoader}, when the first
 * Deferred is used, and are called in the order in which they were found. There is no way to add or
 * replace one later. Without any, watching costs nothing. An implementation must not use Deferreds
 * while it is being made, nor in its static initialiser.
 *
 * <p>Execution: on the thread where the thing happens, in the middle of it; no lock is held. A
 * probe must return soon and must be thread-safe; what it throws is logged and dropped.
 *
 * @since 0.1
 */
public interface Probe {

  /**
   * A callback is about to be entered, one of the library's own included.
   *
   * @param deferred whose callback
   * @param input what it receives: the current value, or a {@link Failure}
   */
  default void entering(Deferred<?> deferred, @Nullable Object input) {}

  /**
   * A Deferred has been fired, and none of its callbacks has run yet.
   *
   * @param deferred which one
   */
  default void fired(Deferred<?> deferred) {}

  /**
   * A chain is about to wait for another Deferred that a callback returned.
   *
   * @param deferred whose chain
   * @param on what it waits for
   */
  default void waiting(Deferred<?> deferred, Deferred<?> on) {}

  /**
   * The result of a Deferred was wanted, but another one had taken it already; null was given.
   *
   * <p>A result moves to the first that takes it; {@link Deferred#fork()} gives every taker one.
   *
   * @param deferred whose result was wanted
   */
  default void takenAgain(Deferred<?> deferred) {}

  /**
   * A failure was handled by nobody; called once for each such Deferred, on a thread of its own.
   *
   * @param report what is known of it
   */
  default void unhandled(UnhandledFailure report) {}

  /**
   * An exception that has no place in any chain was thrown, and the work went on.
   *
   * @param thrown the exception
   * @param where what threw it
   */
  default void reported(Throwable thrown, String where) {}

  /**
   * Something has begun that has to come to an end: a delayed call is to be made, a loop goes on, a
   * permit is out, a thread of a pool is busy.
   *
   * <p>Called where it begins, so that a stack trace taken here says who wanted it.
   *
   * @param thing what has begun; it is known by its identity, and {@code toString} says more
   * @param kind what it is, for people: {@code "delayed call"}, {@code "looping call"}, {@code
   *     "permit"}, {@code "work on a thread"}
   */
  default void began(Object thing, String kind) {}

  /**
   * Something that had begun has come to its end, or was taken back.
   *
   * @param thing what {@link #began} was told
   */
  default void ended(Object thing) {}
}
