package dev.twine;

import java.util.EnumMap;
import java.util.Map;

/** How often each of some things was seen. */
final class RaceCensus {

  /**
   * What can happen to a chain in a {@link RaceLife}: the arrows of the picture above its state.
   */
  enum Seen {
    PENDING_ADD("pending: add"),
    PENDING_IDLE("pending to idle: fire, no nodes"),
    PENDING_RUNNING("pending to running: fire, with nodes"),
    PENDING_RUNNING_SWALLOWING("pending to running: cancel, swallowing"),
    RUNNING_ADD("running: add, on another thread"),
    RUNNING_ADD_INSIDE("running: add, from its own callback"),
    RUNNING_MORE("running: more nodes at the end"),
    RUNNING_IDLE("running to idle: end of the run"),
    RUNNING_UNHANDLED("running to idle: end in a failure"),
    RUNNING_SUSPENDED("running to suspended: waits for another Deferred"),
    RUNNING_TOOK("running: takes the result of another Deferred at once"),
    RUNNING_NULL("running: gets null, as another one took the result"),
    SUSPENDED_ADD("suspended: add"),
    SUSPENDED_RUNNING("suspended to running: hand-over"),
    IDLE_ADD("idle to running: add, on the adder's thread"),
    UNHANDLED_ADD("idle to running: add to an unhandled failure"),
    TAKEN_ADD("idle to running: add after a hand-over"),
    CANCEL_KEPT("running: cancel is kept"),
    CANCEL_LATE("idle: cancel does nothing"),
    HELD_PENDING("held: pause while pending"),
    HELD_RUNNING("held: pause while running"),
    HELD_SUSPENDED("held: pause while suspended"),
    HELD_IDLE("held: pause while idle"),
    HELD_ADD("held: add"),
    HELD_FIRE("held: fire keeps the result"),
    HELD_STOP("held: the run stops between callbacks"),
    HELD_HAND_OVER("held: a hand-over keeps the result"),
    UNPAUSE_PENDING("unpause: back to pending"),
    UNPAUSE_RUNNING("unpause: back to running elsewhere"),
    UNPAUSE_SUSPENDED("unpause: back to suspended"),
    UNPAUSE_IDLE("unpause: back to idle, nothing to run"),
    UNPAUSE_RUNS("unpause: runs what was held"),
    SWALLOW_IDLE("late firing swallowed: idle"),
    SWALLOW_RUNNING("late firing swallowed: running"),
    SWALLOW_SUSPENDED("late firing swallowed: suspended"),
    SWALLOW_HELD("late firing swallowed: paused"),
    FIRE_REFUSED("fired: firing again is refused");

    final String text;

    Seen(String text) {
      this.text = text;
    }
  }

  private final Map<Seen, long[]> counts = new EnumMap<>(Seen.class);

  RaceCensus() {
    for (Seen seen : Seen.values()) {
      counts.put(seen, new long[1]);
    }
  }

  /** Only for one thread at a time. */
  void count(Seen seen) {
    counts.get(seen)[0]++;
  }

  /** How often that was seen. */
  long of(Seen seen) {
    return counts.get(seen)[0];
  }
}
