package dev.twine.stress;

/**
 * An interrupt that leaks. {@code Job.end} clears the flag of the thread if the work was cancelled;
 * here it doesn't. An interrupt that comes when the body has just returned then hits what the
 * thread does next.
 */
final class LeakingInterruptCanary extends Canary {

  LeakingInterruptCanary() {
    super(
        WorkBeginsAndCancel.class,
        "threads/Job.java",
        "Thread.interrupted(); // this interrupt was for the body; nobody else is to see it",
        "");
  }
}
