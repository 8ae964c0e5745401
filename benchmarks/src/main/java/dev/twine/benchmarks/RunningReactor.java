package dev.twine.benchmarks;

import dev.twine.threads.Reactor;
import org.jspecify.annotations.Nullable;

/** A reactor, and the thread that waits in its {@code run}. */
final class RunningReactor {

  final Reactor reactor = new Reactor();
  private @Nullable Thread runner;

  void start() {
    Thread runs = new Thread(reactor::run, "runner");
    runs.setDaemon(true);
    runs.start();
    runner = runs;
  }

  void stop() throws InterruptedException {
    reactor.execute(reactor::stop);
    if (runner != null) {
      runner.join();
    }
  }
}
