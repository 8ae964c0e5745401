package dev.twine.stress;

/**
 * A lock is a semaphore of one permit: taken and given back in its plain states. See {@link
 * LincheckPermits}.
 */
public class LincheckLock extends LincheckPermits {

  private static final int LIMIT = 1;

  public LincheckLock() {
    super(LIMIT);
  }

  /** The same, in a single thread. */
  public static final class Plain extends LincheckPermits.Plain {

    public Plain() {
      super(LIMIT);
    }
  }
}
