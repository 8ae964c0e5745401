package dev.twine.stress;

/**
 * A chain that forgets over a wait that it was cancelled. The right to swallow one late firing is
 * the class of what stands in the state word, and {@code Chain.resume} leaves that alone; here it
 * makes the state that of any running chain. The late firing that comes while the chain waits is
 * still swallowed, but one that comes after the wait is told that it came too late, and so is the
 * next.
 */
final class LostSwallowRightCanary extends Canary {

  LostSwallowRightCanary() {
    super(
        LateFiresOverASuspension.class,
        "Chain.java",
        "setAux(null); return !(stateAcquire() instanceof Held) || resumeHeld(result);",
        """
        setAux(null);
        cas(Node.Swallowing.BOTTOM, RUNNING);
        return !(stateAcquire() instanceof Held) || resumeHeld(result);
        """);
  }
}
