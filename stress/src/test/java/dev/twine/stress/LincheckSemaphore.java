package dev.twine.stress;

/**
 * With two permits out a semaphore keeps lists, and comes back from them. See {@link
 * LincheckPermits}.
 */
public class LincheckSemaphore extends LincheckPermits {

  private static final int LIMIT = 2;

  public LincheckSemaphore() {
    super(LIMIT);
  }

  /** The same, in a single thread. */
  public static final class Plain extends LincheckPermits.Plain {

    public Plain() {
      super(LIMIT);
    }
  }
}
