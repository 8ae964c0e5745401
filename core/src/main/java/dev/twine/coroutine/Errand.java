package dev.twine.coroutine;

import dev.twine.Failure;
import dev.twine.Turn;
import org.jspecify.annotations.Nullable;

/** Something that a body has done by whoever resumed it, on that one's thread. */
final class Errand<T extends @Nullable Object> implements Runnable {

  private final Body work;

  /** The value, or the Failure. */
  private @Nullable Object outcome;

  Errand(Body work) {
    this.work = work;
  }

  @Override
  public void run() {
    Turn.current(); // a resumer that is a body itself gets to know that it may not wait in here
    try {
      outcome = work.run();
    } catch (Throwable thrown) {
      outcome = new Failure(thrown);
    }
  }

  /** What came of it: the value, or the very exception. */
  @SuppressWarnings({"unchecked", "NullAway"}) // it is what the work has given
  T result() {
    return outcome instanceof Failure failure ? failure.raise() : (T) outcome;
  }
}
