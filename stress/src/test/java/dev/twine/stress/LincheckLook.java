package dev.twine.stress;

import dev.twine.Deferred;
import dev.twine.DeferredState;
import java.util.concurrent.CancellationException;

/**
 * A look at a Deferred that other threads are busy with.
 *
 * <p>Who adds to a running chain leaves the callback to the runner and returns, so only a chain at
 * rest shows what the calls that have returned came to. The look therefore takes snapshots until
 * one shows the chain at rest; the others are thrown away, but they were taken in mid-run.
 */
final class LincheckLook {

  private LincheckLook() {}

  static DeferredState<?> atRest(Deferred<?> deferred) {
    for (; ; ) {
      DeferredState<?> state = deferred.state();
      if (!moves(state)) {
        return state;
      }
      Thread.onSpinWait();
    }
  }

  /** It runs, or what it waits for is just handing its result over. */
  private static boolean moves(DeferredState<?> state) {
    return state instanceof DeferredState.Running
        || (state instanceof DeferredState.Waiting<?> waiting && waiting.on().isCalled());
  }

  /**
   * The same as {@link LincheckOracle#state}. A pause stops a run wherever it is, so how far the
   * chain of a paused Deferred has come by then is left out.
   */
  static String text(DeferredState<?> state) {
    boolean fired = !(state instanceof DeferredState.Unfired);
    if (state.pauses() > 0) {
      return (fired ? "fired" : "unfired") + ", paused " + state.pauses();
    }
    return fired ? "has " + result(state) : "unfired";
  }

  /** The value, or a text for the failure: a cancellation is the only one that is expected. */
  static Object result(DeferredState<?> state) {
    if (state instanceof DeferredState.Failed<?> failed) {
      Throwable thrown = failed.failure().value();
      return thrown instanceof CancellationException ? LincheckOracle.FAILURE : thrown.toString();
    }
    return state instanceof DeferredState.Value<?> value ? value.result() : state;
  }
}
