package dev.twine.sync;

import dev.twine.Deferred;
import dev.twine.Failure;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;

/**
 * A barrier: those who arrive wait until so many have, and then all go on. It can be used again and
 * again.
 *
 * {@snippet class=CoordinationSnippets region=barrier lang=java}
 *
 * <p>Any thread may call any method.
 *
 * <p>Memory consistency effects: actions in a thread prior to {@link #arrive} <i>happen-before</i>
 * the callbacks of all who go on with that one.
 *
 * @since 0.1
 */
public final class DeferredBarrier {

  /** Somebody who has arrived. */
  private static final class Party extends Waiter<Integer> {

    Party(Waiters<Integer> queue) {
      super(queue, Claimant.caller(null));
    }

    /** The others go on with him, so he does, too. */
    @Override
    void missed() {
      serve();
    }
  }

  private final int parties;

  /** Guards what follows. */
  private final Object monitor = new Object();

  /** Fewer than parties. */
  private final Waiters<Integer> arrived = new Waiters<Integer>(monitor);

  /**
   * Creates a barrier.
   *
   * @param parties how many have to arrive
   * @throws IllegalArgumentException if that is less than 1
   */
  public DeferredBarrier(int parties) {
    this.parties = Limits.atLeastOne("a barrier's number of parties", parties);
  }

  /**
   * Arrives, and waits for the others.
   *
   * <p>Execution: the callbacks of those who have waited run, in the order of their arrival, inside
   * the last one's call; his own result has fired when it returns.
   *
   * <p>Cancellation: whoever cancels while he waits has not arrived: one more has to come. Once the
   * last one has come, a cancel does nothing.
   *
   * @return a Deferred that fires with this one's place among those who go on together, from 0 to
   *     one less than the number of parties; it fails with {@link BrokenBarrierException} if the
   *     barrier is reset before
   */
  public Deferred<Integer> arrive() {
    List<Waiter<Integer>> others;
    synchronized (monitor) {
      if (arrived.size() < parties - 1) {
        return arrived.add(new Party(arrived)).deferred;
      }
      others = arrived.drain(null);
      for (int place = 0; place < others.size(); place++) {
        others.get(place).gift = place;
      }
    }
    HandOver.serveAll(this, others);
    return Deferred.succeed(others.size());
  }

  /**
   * Sends everybody away who waits: their Deferreds fail with {@link BrokenBarrierException}. Then
   * the barrier is as new.
   *
   * <p>Execution: their callbacks run before this returns.
   */
  public void reset() {
    List<Waiter<Integer>> all;
    synchronized (monitor) {
      all = arrived.drain(new Failure(new BrokenBarrierException("the barrier was reset")));
    }
    HandOver.serveAll(this, all);
  }

  /**
   * Says how many have to arrive.
   *
   * @return the number
   */
  public int parties() {
    return parties;
  }

  /**
   * Shows who has arrived, and waits.
   *
   * @return those who wait, the first one first; a snapshot
   */
  public List<Claimant> waiters() {
    return arrived.claimants();
  }
}
