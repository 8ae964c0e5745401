package dev.twine.coroutine;

import dev.twine.Failure;
import dev.twine.Turn;
import org.jspecify.annotations.Nullable;

/** Something that a body has done by whoever resumed it, on that one's thread. */
final class Errand<T extends @Nullable Object> implements Runnable {

  private static final ThreadLocal<@Nullable Boolean> RUNNING = new ThreadLocal<>();

  private final Body work;

  /** The value, or the Failure. */
  private @Nullable Object outcome;

  Errand(Body work) {
    this.work = work;
  }

  @Override
  public void run() {
    Boolean outer = RUNNING.get();
    try {
      RUNNING.set(true);
      Turn.current(); // a concurrent body gets to know that it may not wait in here
      outcome = work.run();
    } catch (Throwable thrown) {
      outcome = new Failure(thrown);
    } finally {
      RUNNING.set(outer);
    }
  }

  /** Whether the calling thread does one. */
  static boolean isRunning() {
    return RUNNING.get() != null;
  }

  /** What came of it: the value, or the very exception. */
  @SuppressWarnings({"unchecked", "NullAway"}) // it is what the work has given
  T result() {
    return outcome instanceof Failure failure ? failure.raise() : (T) outcome;
  }
}
