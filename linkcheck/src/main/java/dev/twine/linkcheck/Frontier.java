package dev.twine.linkcheck;

import dev.twine.Deferred;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * The edge of what a crawl has seen: hands out each address once, to whichever worker is free.
 *
 * <p>A worker that finds nothing to do gets a Deferred that hasn't fired. It fires when another
 * worker adds an address or when all of them have nothing left to do, and then the crawl is over.
 *
 * <p>All methods may be called by any thread. What is to happen is decided under the lock, but
 * Deferreds are fired outside of it: firing runs a worker's callbacks, and no lock should be held
 * while somebody else's code runs.
 */
final class Frontier {

  // All fields are guarded by this.
  private final Set<Address> known = new HashSet<>();
  private final Queue<Visit> waiting = new ArrayDeque<>();
  private final Queue<Deferred<Optional<Visit>>> idleWorkers = new ArrayDeque<>();
  private int underWay;

  /** Adds a visit, unless its address is known already. */
  void add(Visit visit) {
    Deferred<Optional<Visit>> worker;
    synchronized (this) {
      if (!known.add(visit.address())) {
        return;
      }
      worker = idleWorkers.poll();
      if (worker == null) {
        waiting.add(visit);
        return;
      }
      underWay++;
    }
    worker.callback(Optional.of(visit));
  }

  /** Gives the next visit, when there is one, or nothing, when the crawl is over. */
  Deferred<Optional<Visit>> take() {
    synchronized (this) {
      Visit visit = waiting.poll();
      if (visit != null) {
        underWay++;
        return Deferred.succeed(Optional.of(visit));
      }
      if (underWay == 0) {
        return Deferred.succeed(Optional.empty());
      }
      Deferred<Optional<Visit>> worker = new Deferred<>();
      idleWorkers.add(worker);
      return worker;
    }
  }

  /** Ends a visit, after everything that was found there has been added. */
  void done() {
    List<Deferred<Optional<Visit>>> dismissed = List.of();
    synchronized (this) {
      underWay--;
      if (underWay == 0 && waiting.isEmpty()) {
        dismissed = List.copyOf(idleWorkers);
        idleWorkers.clear();
      }
    }
    for (Deferred<Optional<Visit>> worker : dismissed) {
      worker.callback(Optional.empty());
    }
  }

  /** Returns how many addresses are known by now, visited or not. */
  synchronized int size() {
    return known.size();
  }
}
