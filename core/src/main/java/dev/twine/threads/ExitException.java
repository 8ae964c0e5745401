package dev.twine.threads;

import java.io.Serial;

/**
 * Ends a program that {@link Reactor#react} runs, with an exit status of its choice. (Twisted's
 * {@code react} looks for {@code SystemExit}.)
 *
 * @since 0.1
 */
public final class ExitException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** What {@link #status} gives. */
  private final int status;

  /**
   * Creates an exception that stands for an exit status.
   *
   * @param status what {@link Reactor#react} is to return
   */
  public ExitException(int status) {
    super("exit with status " + status, null, false, true);
    this.status = status;
  }

  /**
   * Returns the exit status.
   *
   * @return what {@link Reactor#react} is to return
   */
  public int status() {
    return status;
  }
}
