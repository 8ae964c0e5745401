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

  private AwaitSite(String coroutine) {
    super("awaited in " + coroutine);
  }

  /** Adds where the calling body stands, unless it is there, or there are enough. */
  static void add(Throwable thrown, Coroutine coroutine) {
    AwaitSite site = new AwaitSite(coroutine.toString());
    int others = 0;
    for (Throwable suppressed : thrown.getSuppressed()) {
      if (suppressed instanceof AwaitSite other) {
        others++;
        if (others == MAX_PER_EXCEPTION || other.isOfSame(site)) {
          return;
        }
      }
    }
    thrown.addSuppressed(site);
  }

  private boolean isOfSame(AwaitSite other) {
    return String.valueOf(getMessage()).equals(other.getMessage());
  }
}
