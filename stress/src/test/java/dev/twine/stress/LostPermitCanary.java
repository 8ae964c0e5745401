package dev.twine.stress;

/**
 * A permit that is gone with the one it was for. If a waiter is cancelled just when {@code Tokens}
 * has taken him from the queue, his Deferred refuses the permit, and it is given back at once; here
 * nobody does that. The next one waits, and the lock is never free again.
 */
final class LostPermitCanary extends Canary {

  LostPermitCanary() {
    super(
        LockCancelAndRelease.class,
        "sync/PermitQueue.java",
        "permit.close();",
        "// it goes nowhere");
  }
}
