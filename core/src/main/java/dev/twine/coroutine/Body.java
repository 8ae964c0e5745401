package dev.twine.coroutine;

import dev.twine.Action;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What a coroutine does, whichever way the user has written it. */
@FunctionalInterface
interface Body {

  @Nullable Object run() throws Throwable;

  static Body of(Callable<?> body) {
    return body::call;
  }

  static Body of(Action body) {
    return () -> {
      body.run();
      return null;
    };
  }
}
