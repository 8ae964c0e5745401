package dev.twine.conformance;

import dev.twine.Deferred;
import dev.twine.Probe;
import dev.twine.UnhandledFailure;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the replayer hears from the library. Found by the service loader, hence one for the whole
 * program, and hence one replay at a time.
 */
public final class ReplayProbe implements Probe {

  private static final BlockingQueue<UnhandledFailure> UNHANDLED = new LinkedBlockingQueue<>();

  /** Written before the threads of a replay are started and after they have ended. */
  private static volatile @Nullable Replay current;

  /** For the service loader. */
  public ReplayProbe() {}

  /** Listens for a replay from now on, or for none. */
  static void listenFor(@Nullable Replay replay) {
    current = replay;
  }

  /** Takes one report of an unhandled failure, or null if none comes within the time. */
  static @Nullable UnhandledFailure takeUnhandled(long millis) throws InterruptedException {
    return UNHANDLED.poll(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void entering(Deferred<?> deferred, @Nullable Object input) {
    Replay replay = current;
    if (replay != null) {
      replay.entering(deferred, input);
    }
  }

  @Override
  public void unhandled(UnhandledFailure report) {
    UNHANDLED.add(report);
  }

  @Override
  public void reported(Throwable thrown, String where) {
    Replay replay = current;
    if (replay != null) {
      replay.logged(thrown);
    }
  }
}
