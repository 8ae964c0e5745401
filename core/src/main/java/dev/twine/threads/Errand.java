package dev.twine.threads;

import dev.twine.Probes;
import java.util.concurrent.Executor;

/** Work on a thread of a pool that nobody waits for. */
final class Errand implements Runnable {

  private final Reactor reactor;
  private final Runnable work;

  Errand(Reactor reactor, Runnable work) {
    this.reactor = reactor;
    this.work = work;
  }

  void start(Executor pool) {
    Probes.began(this, "work on a thread");
    try {
      pool.execute(this);
    } catch (RuntimeException | Error refused) {
      Probes.ended(this);
      throw refused;
    }
  }

  @Override
  public void run() {
    Uncaught.run(work);
    Probes.ended(this);
  }

  @Override
  public String toString() {
    return "Errand[" + reactor.name() + "]";
  }
}
