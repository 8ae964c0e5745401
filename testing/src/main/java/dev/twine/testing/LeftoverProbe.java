package dev.twine.testing;

import dev.twine.Probe;
import dev.twine.UnhandledFailure;

/**
 * Tells {@link LeavesNothingBehind} what happens. It is public because Java finds it as a service;
 * nobody has to name it.
 *
 * @since 0.1
 */
public final class LeftoverProbe implements Probe {

  /** For the service loader. */
  public LeftoverProbe() {}

  @Override
  public void unhandled(UnhandledFailure report) {
    if (report.failure().value() instanceof Sweep.Sentinel sentinel) {
      sentinel.seen();
      return;
    }
    if (!report.cancelled()) {
      Watch.unhandled(report);
    }
  }

  @Override
  public void reported(Throwable thrown, String where) {
    Watch.reported(thrown, where);
  }

  @Override
  public void began(Object thing, String kind) {
    Watch watch = Watch.currentOrNull();
    if (watch != null) {
      watch.began(thing, kind);
    }
  }

  @Override
  public void ended(Object thing) {
    Watch watch = Watch.currentOrNull();
    if (watch != null) {
      watch.ended(thing);
    }
  }
}
