package dev.twine.threads;

import dev.twine.Deferred;
import dev.twine.DeferredCallable;
import dev.twine.DeferredList;
import dev.twine.Probes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What a reactor has to do before it may stop: phase after phase, the triggers of each in the order
 * in which they were added, and then all the Deferreds that they gave have to fire.
 */
final class Shutdown {

  /** Guarded by this; a phase that has been gone through has no queue any more. */
  private final Map<ShutdownPhase, Queue<SystemEventTrigger>> triggers =
      new EnumMap<>(ShutdownPhase.class);

  private final Reactor reactor;

  Shutdown(Reactor reactor) {
    this.reactor = reactor;
    for (ShutdownPhase phase : ShutdownPhase.values()) {
      triggers.put(phase, new ArrayDeque<>());
    }
  }

  synchronized SystemEventTrigger add(ShutdownPhase phase, DeferredCallable<?> call) {
    Queue<SystemEventTrigger> queue = triggers.get(phase);
    if (queue == null) {
      throw new IllegalStateException(
          "The triggers "
              + name(phase)
              + " the shutdown have been called; it is too late to add one");
    }
    SystemEventTrigger trigger = new SystemEventTrigger(this, phase, call);
    queue.add(trigger);
    return trigger;
  }

  synchronized boolean remove(SystemEventTrigger trigger) {
    Queue<SystemEventTrigger> queue = triggers.get(trigger.phase);
    return queue != null && queue.remove(trigger);
  }

  /** There is nobody to call them. */
  synchronized void abandon() {
    triggers.clear();
  }

  private synchronized @Nullable SystemEventTrigger next(ShutdownPhase phase) {
    Queue<SystemEventTrigger> queue = triggers.get(phase);
    SystemEventTrigger next = queue == null ? null : queue.poll();
    if (next == null) {
      triggers.remove(phase);
    }
    return next;
  }

  /** Goes through all of it, and then ends the reactor. Called in the reactor. */
  void begin() {
    after(
        run(ShutdownPhase.BEFORE),
        () ->
            after(
                run(ShutdownPhase.DURING),
                () ->
                    after(reactor.endPool(), () -> after(run(ShutdownPhase.AFTER), reactor::end))));
  }

  /** Each part is a call of its own: whatever thread fires a Deferred, what comes next is here. */
  private void after(Deferred<?> part, Runnable next) {
    part.onEither(() -> reactor.goOn(next));
  }

  /** Goes through a phase; the Deferred never fails. */
  private Deferred<?> run(ShutdownPhase phase) {
    List<Deferred<@Nullable Object>> waited = new ArrayList<>();
    for (SystemEventTrigger next = next(phase); next != null; next = next(phase)) {
      waited.add(
          Deferred.<@Nullable Object>widen(Deferred.maybeDeferred(next.call))
              .consumeErrors(
                  failure ->
                      Probes.reported(
                          failure.value(), "a trigger " + name(phase) + " the shutdown")));
    }
    return DeferredList.of(waited);
  }

  private static String name(ShutdownPhase phase) {
    return phase.name().toLowerCase(Locale.ROOT);
  }
}
