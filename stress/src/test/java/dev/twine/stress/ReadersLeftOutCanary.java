package dev.twine.stress;

/**
 * A writer who leaves without a word. {@code DeferredReadWriteLock} lets the readers in who have
 * waited only because a writer did, when that one is cancelled; here they go on waiting for nobody,
 * until somebody else leaves.
 */
final class ReadersLeftOutCanary extends Canary {

  ReadersLeftOutCanary() {
    super(
        WriterCancelAndReaderComes.class,
        "sync/DeferredReadWriteLock.java",
        """
        void left() {
          List<Waiter<Permit>> next;
          synchronized (monitor) {
            next = letIn();
        """,
        """
        void left() {
          List<Waiter<Permit>> next;
          synchronized (monitor) {
            next = List.of();
        """);
  }
}
