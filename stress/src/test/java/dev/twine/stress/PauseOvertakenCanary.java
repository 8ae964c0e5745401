package dev.twine.stress;

/**
 * A run that does not look up. {@code Chain.runUsual} looks between two callbacks whether somebody
 * has paused the chain; here it never does, and the pause is only found when the run is over. A
 * {@code pause()} that has returned is then overtaken by every callback that is left, and not by
 * one.
 */
final class PauseOvertakenCanary extends Canary {

  PauseOvertakenCanary() {
    super(
        PauseAndRun.class,
        "Chain.java",
        "while (next != null && !(d.stateAcquire() instanceof Held held && held.pauses > 0)) {",
        "while (next != null) {");
  }
}
