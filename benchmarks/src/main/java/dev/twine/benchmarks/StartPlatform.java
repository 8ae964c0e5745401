package dev.twine.benchmarks;

/** Whoever starts them is a platform thread, the benchmark's own. */
public class StartPlatform extends NoAwait {

  @Override
  void startFrom(Runnable starting) {
    starting.run();
  }
}
