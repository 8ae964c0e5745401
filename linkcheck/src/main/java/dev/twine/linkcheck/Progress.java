package dev.twine.linkcheck;

import dev.twine.Deferred;
import dev.twine.DeferredCallable;
import dev.twine.Scheduler;
import dev.twine.time.LoopingCall;
import java.time.Duration;
import java.util.function.Supplier;

/** Tells the user from time to time that things are getting on. */
final class Progress {

  /** Often enough to look alive. */
  private static final Duration ON_A_TERMINAL = Duration.ofMillis(100);

  /** Seldom enough for a log file. */
  private static final Duration ELSEWHERE = Duration.ofSeconds(2);

  private Progress() {}

  /**
   * Starts some work and shows its progress until it is done.
   *
   * @param text says how far it is
   * @return the result of the work, when the last word about its progress has been printed
   */
  static <T> Deferred<T> during(
      DeferredCallable<T> work, Supplier<String> text, Screen screen, Scheduler scheduler) {
    Duration begin = scheduler.now();
    LoopingCall display =
        new LoopingCall(
            scheduler,
            () -> screen.progress(text.get() + ", " + Seconds.about(scheduler.now().minus(begin))));
    Deferred<LoopingCall> stopped =
        display.start(screen.isTerminal() ? ON_A_TERMINAL : ELSEWHERE, false);
    return Deferred.maybeDeferred(work)
        .onEither(display::stop)
        .chainBoth(outcome -> stopped.addCallback(over -> outcome.get()));
  }
}
