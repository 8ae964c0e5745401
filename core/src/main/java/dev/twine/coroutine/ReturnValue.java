package dev.twine.coroutine;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Ends a coroutine from deep inside its body. */
final class ReturnValue extends Error {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Coroutine coroutine;
  private final transient @Nullable Object value;

  ReturnValue(Coroutine coroutine, @Nullable Object value) {
    super("returnValue() ends a coroutine and is not to be caught", null, false, false);
    this.coroutine = coroutine;
    this.value = value;
  }

  /** Whether it ends this coroutine. */
  boolean ends(Coroutine which) {
    return coroutine == which;
  }

  @Nullable Object value() {
    return value;
  }
}
