package dev.twine.stress;

/**
 * A queue that is looked at and joined in two steps. {@code DeferredQueue.get} begins to wait under
 * the monitor under which it has found no value; here every get has a monitor of its own. A value
 * that is put in between stays in the queue, and he waits beside it.
 */
final class LincheckWaiterBesideValueCanary extends LincheckCanary {

  LincheckWaiterBesideValueCanary() {
    super(
        LincheckRace.QUEUE,
        LincheckRun.Mode.MODEL,
        "sync/DeferredQueue.java",
        "Waiter<@Nullable Void> putter = null; synchronized (monitor) {",
        "Waiter<@Nullable Void> putter = null; synchronized (new Object()) {");
  }
}
