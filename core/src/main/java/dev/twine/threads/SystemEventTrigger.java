package dev.twine.threads;

import dev.twine.DeferredCallable;

/**
 * Something that a {@link Reactor} calls when it shuts down.
 *
 * @since 0.1
 */
public final class SystemEventTrigger {

  private final Shutdown shutdown;
  final ShutdownPhase phase;
  final DeferredCallable<?> call;

  SystemEventTrigger(Shutdown shutdown, ShutdownPhase phase, DeferredCallable<?> call) {
    this.shutdown = shutdown;
    this.phase = phase;
    this.call = call;
  }

  /**
   * Takes it back ({@code IReactorCore.removeSystemEventTrigger}).
   *
   * @return true if it was this invocation that prevented the call
   */
  public boolean remove() {
    return shutdown.remove(this);
  }
}
