package dev.twine.benchmarks;

import dev.twine.threads.Reactor;
import org.jspecify.annotations.Nullable;

/** A row in which a reactor runs. */
public abstract class InReactor extends Accompanied {

  final Reactor reactor = new Reactor();
  private @Nullable Thread runner;

  @Override
  public void meet() {
    Thread runs = new Thread(reactor::run, "runner");
    runs.setDaemon(true);
    runs.start();
    runner = runs;
  }

  @Override
  public void part() throws InterruptedException {
    reactor.execute(reactor::stop);
    if (runner != null) {
      runner.join();
    }
  }

  @Override
  int expected() {
    return 1;
  }
}
