package dev.twine.coroutine;

import dev.twine.Outcome;
import org.jspecify.annotations.Nullable;

/** Results that are there. */
final class Ready {

  private Ready() {}

  /** The value, or the very exception. */
  static <T extends @Nullable Object> T get(Outcome<T> outcome) {
    return outcome instanceof Outcome.Failed<T> failed ? failed.failure().raise() : outcome.get();
  }
}
