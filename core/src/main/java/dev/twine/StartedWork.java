package dev.twine;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The canceller of {@link Deferred#create}: what cancels the work is known only after the work was
 * started, and a cancel may come before.
 */
final class StartedWork<T extends @Nullable Object> implements Effect<Deferred<T>> {

  private static final Action CANCELLED_EARLY = () -> {};

  /** Null while the work is being started. */
  private final AtomicReference<@Nullable Action> cancel = new AtomicReference<>();

  /** The work was started; cancels it at once if that was asked for meanwhile. */
  void started(Action action) throws Throwable {
    if (!cancel.compareAndSet(null, action)) {
      action.run();
    }
  }

  @Override
  public void call(Deferred<T> deferred) throws Throwable {
    if (!cancel.compareAndSet(null, CANCELLED_EARLY)) {
      Action action = cancel.get();
      if (action != null) {
        action.run();
      }
    }
  }
}
