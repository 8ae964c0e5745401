package dev.twine.sync;

/**
 * The right to be where only so many may be at a time, until it is closed.
 *
 * {@snippet class=SyncSnippets region=permit lang=java}
 *
 * <p>Any thread may close it. This is an interface so that others can give permits too, for what
 * they guard on other machines, say.
 *
 * @since 0.1
 */
public interface Permit extends AutoCloseable {

  /**
   * Gives the permit back; does nothing if that has been done.
   *
   * <p>Execution: if somebody waits, he has it, and his callbacks run, before this returns.
   */
  @Override
  void close();
}
