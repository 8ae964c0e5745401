package dev.twine.stress;

/**
 * A runner that stops although the pause has just been taken back. {@code Chain.run} gives its run
 * right up with a compare-and-set on the very state in which it saw the pause, and goes on if that
 * fails; here it gives it up in whatever state there is by then. An {@code unpause()} in between
 * has found the chain still running and left the rest to the runner, who leaves it to {@code
 * unpause()}.
 */
final class LostWakeUpCanary extends Canary {

  LostWakeUpCanary() {
    super(
        UnpauseAndRun.class,
        "Chain.java",
        "ours = !d.cas(held, held.keptAtPause().ready(Idle.held(result, excused), next));",
        """
        Object now = held;
        while (!d.cas(
            now, Held.of(now).keptAtPause().ready(Idle.held(result, excused), next).simple())) {
          now = d.stateAcquire();
        }
        ours = false;
        """);
  }
}
