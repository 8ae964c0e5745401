package dev.twine.stress;

/**
 * A run that does not look up. {@code Chain.runUsual} looks between two callbacks whether somebody
 * has paused the chain; here it never does, so all callbacks that are left start after {@code
 * pause()} has returned, and not just one.
 */
final class LincheckPauseOvertakenCanary extends LincheckCanary {

  LincheckPauseOvertakenCanary() {
    super(
        LincheckRace.HOLDING,
        LincheckRun.Mode.MODEL,
        "Chain.java",
        "while (next != null && !(d.stateAcquire() instanceof Held held && held.pauses > 0)) {",
        "while (next != null) {");
  }
}
