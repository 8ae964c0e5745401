package dev.twine.stress;

/**
 * A value that is gone with the one it was for. If a getter is cancelled just when {@code
 * DeferredQueue} has taken him from the queue, his Deferred refuses the value, and it goes to the
 * next one or back to its place; here it goes nowhere.
 */
final class LostValueCanary extends Canary {

  LostValueCanary() {
    super(
        PutAndCancelledGet.class,
        "sync/DeferredQueue.java",
        "giveToNext(new Item<>(value, ((Getter<T>) waiter).number));",
        "// it goes nowhere");
  }
}
