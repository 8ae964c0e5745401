package dev.twine.stress;

/**
 * A result that comes before anybody waits for it. {@code Hop.run} looks whether the chain is
 * waiting before it fires; here it doesn't. The chain then goes on at the thread that it was to
 * leave.
 */
final class HastyHopCanary extends Canary {

  HastyHopCanary() {
    super(HopAndWait.class, "Hop.java", "if (inPlace || isAwaited()) {", "if (true) {");
  }
}
