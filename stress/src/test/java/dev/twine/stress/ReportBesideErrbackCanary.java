package dev.twine.stress;

/**
 * A claim that does not settle the mark. Who adds an errback to a failed Deferred takes the failure
 * out of it with {@code Chain.open}, which also takes the mark off the list of what is to be
 * reported; here it doesn't. The errback has handled the failure, and when the Deferred is
 * collected the failure is reported all the same.
 */
final class ReportBesideErrbackCanary extends Canary {

  ReportBesideErrbackCanary() {
    super(
        ReportAndLateErrback.class, "Chain.java", "Idle.settle(idle); } finally {", "} finally {");
  }
}
