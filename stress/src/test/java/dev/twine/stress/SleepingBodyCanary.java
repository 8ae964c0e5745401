package dev.twine.stress;

/**
 * A body that nobody wakes. {@code ConcurrentCoroutine.deliver} unparks the body's thread when the
 * result is there; here it doesn't. A body that came before the result, and sleeps, sleeps on.
 */
final class SleepingBodyCanary extends Canary {

  SleepingBodyCanary() {
    super(
        ConcurrentAwaitAndFire.class,
        "coroutine/ConcurrentCoroutine.java",
        "LockSupport.unpark(thread);",
        "// it will see by itself");
  }
}
