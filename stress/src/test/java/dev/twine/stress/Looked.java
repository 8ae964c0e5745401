package dev.twine.stress;

import dev.twine.Deferred;
import dev.twine.Outcome;
import java.util.concurrent.CancellationException;

/** What somebody sees who looks at the outcome of a Deferred. */
final class Looked {

  private Looked() {}

  /** The value, the message of the failure, "cancelled", or "nothing yet". */
  static String at(Deferred<String> deferred) {
    Outcome<String> outcome = deferred.outcomeOrNull();
    if (outcome == null) {
      return "nothing yet";
    }
    if (outcome.isSuccess()) {
      return outcome.get();
    }
    return outcome.failureOrNull().check(CancellationException.class) != null
        ? "cancelled"
        : outcome.failureOrNull().getErrorMessage();
  }
}
