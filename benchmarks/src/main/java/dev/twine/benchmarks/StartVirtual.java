package dev.twine.benchmarks;

/** Whoever starts them is a virtual thread. */
public class StartVirtual extends NoAwait {

  @Override
  void startFrom(Runnable starting) {
    onVirtualThread(starting);
  }
}
