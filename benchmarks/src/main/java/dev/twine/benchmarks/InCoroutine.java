package dev.twine.benchmarks;

import static dev.twine.coroutine.Coroutines.engine;

import java.util.concurrent.CompletableFuture;

/**
 * A row about coroutines, or what others have in their place. Their bodies run on threads of their
 * own, which come and go with each round; so everybody's time and bytes count.
 */
public abstract class InCoroutine extends Accompanied {

  /** The engine beside which a row has another ratio to reach. */
  static final String OWN_CARRIER = "OWN_CARRIER";

  /** What moves the coroutines of this JVM. */
  static String engineName() {
    return String.valueOf(engine());
  }

  @Override
  public void meet() {}

  @Override
  public void part() throws InterruptedException {}

  @Override
  final boolean isEverybodysTime() {
    return true;
  }

  /** What each wait gives; bodies end with the average of all. */
  @Override
  int expected() {
    return 1;
  }

  /** Runs a job on a virtual thread, and waits for its end. */
  static void onVirtualThread(Runnable job) {
    CompletableFuture.runAsync(job, OrdinaryThreads::start).join();
  }
}
