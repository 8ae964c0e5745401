package dev.twine.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Deferred;
import dev.twine.Probe;
import dev.twine.UnhandledFailure;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test class that has left a failure behind which nobody handled. */
public final class NothingUnhandled implements Probe, AfterAllCallback {

  private static final Queue<Throwable> UNHANDLED = new ConcurrentLinkedQueue<>();

  @Override
  public void unhandled(UnhandledFailure report) {
    UNHANDLED.add(report.failure().value());
  }

  @Override
  public void reported(Throwable thrown, String where) {
    UNHANDLED.add(thrown);
  }

  /** Leaves a failure behind itself; when that is reported, all earlier ones have been as well. */
  @Override
  public void afterAll(ExtensionContext context) {
    Last last = new Last();
    leaveBehind(last);
    while (!UNHANDLED.contains(last)) {
      System.gc();
      Thread.onSpinWait();
    }
    UNHANDLED.remove(last);
    assertThat(UNHANDLED).isEmpty();
  }

  /** A failure that was asked for is only logged for debugging. */
  private static void leaveBehind(Throwable failure) {
    new Deferred<String>(cancelled -> cancelled.errback(failure)).cancel();
  }

  private static final class Last extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Last() {
      super("left behind on purpose", null, false, false);
    }
  }
}
