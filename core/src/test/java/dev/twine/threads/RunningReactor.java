package dev.twine.threads;

import dev.twine.Action;
import dev.twine.Deferred;
import dev.twine.OtherThread;

/** A reactor that another thread runs until the test closes it. */
final class RunningReactor {

  final Reactor reactor;
  private final OtherThread runner;

  RunningReactor() {
    this(new Reactor());
  }

  RunningReactor(Reactor reactor) {
    this.reactor = reactor;
    this.runner = OtherThread.start(reactor::run);
    // It has begun when it has made a call.
    Calls.in(reactor, () -> {});
  }

  /** Does something while a reactor runs. */
  static void during(Reactor reactor, Action body) {
    RunningReactor running = new RunningReactor(reactor);
    try {
      Calls.result(Deferred.execute(body));
    } finally {
      running.close();
    }
  }

  /** Stops it, unless the test has, and waits until it has ended. */
  void close() {
    reactor.tryStop();
    runner.join();
  }
}
