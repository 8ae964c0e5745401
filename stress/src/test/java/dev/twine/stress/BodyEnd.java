package dev.twine.stress;

import dev.twine.Deferred;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How a body ends that runs on a thread of its own. Nobody waits for ever: if it doesn't end, that
 * is what a race sees.
 */
final class BodyEnd {

  /** Milliseconds after which a body has been forgotten. */
  private static final long PATIENCE = 2_000;

  /** The same if one has been forgotten before: that is enough to know. */
  private static final long IMPATIENCE = 1;

  private static volatile boolean forgotten;

  private BodyEnd() {}

  /** Waits for what comes out: the value, "cancelled", or "forgotten" if nothing does. */
  static String of(Deferred<String> coroutine) {
    try {
      return coroutine
          .toCompletableFuture()
          .get(forgotten ? IMPATIENCE : PATIENCE, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      forgotten = true;
      return "forgotten";
    } catch (CancellationException cancellation) {
      return "cancelled";
    } catch (Exception other) {
      return other.toString();
    }
  }
}
