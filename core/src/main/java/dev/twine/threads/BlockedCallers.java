package dev.twine.threads;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The threads that wait for something that a reactor does, until none may any more. */
final class BlockedCallers {

  private final Reactor reactor;
  private final Set<BlockingCall<?>> calls = ConcurrentHashMap.newKeySet();
  private volatile boolean turnedAway;

  BlockedCallers(Reactor reactor) {
    this.reactor = reactor;
  }

  /** Somebody is going to wait. */
  void enter(BlockingCall<?> call) {
    calls.add(call);
    if (turnedAway) {
      calls.remove(call);
      throw reactor.refusal();
    }
  }

  void leave(BlockingCall<?> call) {
    calls.remove(call);
  }

  /** Tells everybody, from now on, that there will be no answer. */
  void turnAway() {
    turnedAway = true;
    calls.forEach(BlockingCall::fail);
  }
}
