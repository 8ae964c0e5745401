package dev.twine.threads;

/**
 * A part of the shutdown of a {@link Reactor}, in which it calls the triggers that were added for
 * it.
 *
 * @see Reactor#addSystemEventTrigger(ShutdownPhase, dev.twine.Action)
 * @since 0.1
 */
public enum ShutdownPhase {
  /** Everything still works: connections can be closed, work can be brought to its end. */
  BEFORE,
  /** What the others need is taken down; after these triggers the thread pool is. */
  DURING,
  /** Nothing works any more but the reactor itself. */
  AFTER
}
