package dev.twine.stress;

/**
 * A body that is put to sleep after its result has come. {@code Coroutine.isSuspendedOn} notes that
 * the body waits only if nothing has been delivered since it gave control back; here it doesn't
 * look. Whoever has brought the result has left it to the resumer, and the resumer to whoever
 * brings it.
 */
final class LostResumeCanary extends Canary {

  LostResumeCanary() {
    super(
        AwaitAndFire.class,
        "coroutine/Coroutine.java",
        "if (next.isDelivered()) {",
        "if (false) {");
  }
}
