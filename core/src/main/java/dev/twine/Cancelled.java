package dev.twine;

import java.io.Serial;
import java.util.concurrent.CancellationException;

/** The JDK's exception for what was cancelled, without a stack trace: each cancel makes its own. */
final class Cancelled extends CancellationException {

  @Serial private static final long serialVersionUID = 1L;

  Cancelled() {
    super("the Deferred was cancelled before it fired");
  }

  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
