package dev.twine;

/**
 * A body without argument and without result that may throw anything.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Action {

  /**
   * Does the work.
   *
   * @throws Throwable if the work failed; it is never wrapped
   */
  void run() throws Throwable;
}
