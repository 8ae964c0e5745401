package dev.twine.benchmarks;

import java.util.concurrent.CompletableFuture;

/** The resumer is a reactor, and for others, who have none, a virtual thread. */
public class AwaitReactor extends AwaitPending {

  private final RunningReactor running = new RunningReactor();

  @Override
  public void meet() {
    running.start();
  }

  @Override
  public void part() throws InterruptedException {
    running.stop();
  }

  @Override
  void resume(Runnable resumer) {
    CompletableFuture.runAsync(resumer, running.reactor).join();
  }

  @Override
  void resumeOthers(Runnable resumer) {
    onVirtualThread(resumer);
  }
}
