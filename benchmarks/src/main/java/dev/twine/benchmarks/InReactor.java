package dev.twine.benchmarks;

import dev.twine.threads.Reactor;

/** A row in which a reactor runs. */
public abstract class InReactor extends Accompanied {

  private final RunningReactor running = new RunningReactor();
  final Reactor reactor = running.reactor;

  @Override
  public void meet() {
    running.start();
  }

  @Override
  public void part() throws InterruptedException {
    running.stop();
  }

  @Override
  int expected() {
    return 1;
  }
}
