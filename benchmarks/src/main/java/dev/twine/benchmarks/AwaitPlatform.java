package dev.twine.benchmarks;

/** The resumer is a platform thread, the benchmark's own. */
public class AwaitPlatform extends AwaitPending {

  @Override
  void resume(Runnable resumer) {
    resumer.run();
  }
}
