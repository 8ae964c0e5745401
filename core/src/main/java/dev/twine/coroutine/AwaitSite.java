package dev.twine.coroutine;

import java.io.Serial;

/**
 * Where the body of a coroutine stood when what it awaited failed. An exception has the stack of
 * the place where it was made; this is suppressed by it, and has the body's.
 */
final class AwaitSite extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** An exception may go through any number of coroutines, or be thrown again and again. */
  private static final int MAX_PER_EXCEPTION = 8;

  private AwaitSite(String message) {
    super(message);
  }

  /** Adds where the calling body stands, unless it is there, or there are enough. */
  static void add(Throwable thrown, Coroutine coroutine) {
    String message = "awaited in " + coroutine;
    synchronized (thrown) { // as addSuppressed does
      if (isWanted(message, thrown)) {
        thrown.addSuppressed(new AwaitSite(message));
      }
    }
  }

  private static boolean isWanted(String message, Throwable thrown) {
    int others = 0;
    for (Throwable suppressed : thrown.getSuppressed()) {
      if (suppressed instanceof AwaitSite) {
        others++;
        if (others == MAX_PER_EXCEPTION || message.equals(suppressed.getMessage())) {
          return false;
        }
      }
    }
    return true;
  }
}
