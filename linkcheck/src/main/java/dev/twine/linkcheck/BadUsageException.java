package dev.twine.linkcheck;

/** What the user wants can't be done; the message tells the user why. */
final class BadUsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BadUsageException(String message) {
    super(message);
  }
}
