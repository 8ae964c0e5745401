package dev.twine.benchmarks;

/** The resumer is a virtual thread. */
public class AwaitVirtual extends AwaitPending {

  @Override
  void resume(Runnable resumer) {
    onVirtualThread(resumer);
  }
}
