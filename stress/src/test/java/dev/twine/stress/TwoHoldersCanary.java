package dev.twine.stress;

/**
 * A count without its monitor. {@code Tokens.acquireAmongOthers} counts the permits that are out
 * and adds one while nobody else can; here everybody has a monitor of his own. Two who come for the
 * last permit count the same number, and both are let in.
 */
final class TwoHoldersCanary extends Canary {

  TwoHoldersCanary() {
    super(
        TwoAcquiresOnePermit.class,
        "sync/Tokens.java",
        "acquireAmongOthers(Token token) { synchronized (this) {",
        "acquireAmongOthers(Token token) { synchronized (token) {");
  }
}
