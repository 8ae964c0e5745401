package dev.twine;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import org.jspecify.annotations.Nullable;

/**
 * An idle failure that nobody has handled: stands in the state word of its {@link Chain}, and is
 * reported when the chain becomes unreachable.
 *
 * <p>The registry keeps these objects, and nothing of the chain, alive. Whoever claims the chain
 * {@linkplain #settle settles} its mark; the collector or the claimer, whoever comes first under
 * the stripe's lock, wins, and no user code ever runs under that lock.
 */
final class Unhandled extends PhantomReference<Chain> {

  private static final ReferenceQueue<Chain> QUEUE = new ReferenceQueue<>();
  private static final Stripe[] STRIPES = stripes();

  static {
    Thread reporter = new Thread(null, Unhandled::reportForEver, "twine-unhandled", 0, false);
    reporter.setDaemon(true);
    reporter.setContextClassLoader(null);
    try {
      reporter.start();
    } catch (OutOfMemoryError noThread) {
      Probes.reported(noThread, "the start of the thread that reports unhandled failures");
    }
  }

  final Failure failure;
  private final boolean cancelled;
  private final @Nullable Sites sites;
  private final Stripe stripe;

  /** The neighbours on the stripe; both null once settled. Guarded by the stripe. */
  private @Nullable Unhandled before;

  private @Nullable Unhandled after;

  private Unhandled(
      Chain chain, Failure failure, boolean cancelled, @Nullable Sites sites, Stripe stripe) {
    super(chain, QUEUE);
    this.failure = failure;
    this.cancelled = cancelled;
    this.sites = sites;
    this.stripe = stripe;
  }

  /** Only for the heads of the stripes, which refer to nothing. */
  @SuppressWarnings("NullAway") // a head has neither chain nor failure, and is never enqueued
  private Unhandled(Stripe stripe) {
    super(null, null);
    this.failure = null;
    this.cancelled = false;
    this.sites = null;
    this.stripe = stripe;
    this.before = this;
    this.after = this;
  }

  /** Marks a chain that is about to become idle with this failure. */
  static Unhandled mark(Chain chain, Failure failure, boolean cancelled) {
    int index = (int) Thread.currentThread().getId() & (STRIPES.length - 1);
    Stripe stripe = STRIPES[index];
    Unhandled mark = new Unhandled(chain, failure, cancelled, chain.sites(), stripe);
    stripe.add(mark);
    return mark;
  }

  /**
   * The failure is not (or no longer) the idle result of its chain.
   *
   * @return whether it was still to be reported
   */
  boolean settle() {
    clear();
    return stripe.remove(this);
  }

  /**
   * Whether the failure is not to be reported; while it is in a state, somebody has looked at it.
   */
  boolean isSettled() {
    return refersTo(null);
  }

  private static void reportForEver() {
    for (; ; ) {
      try {
        Unhandled mark = (Unhandled) QUEUE.remove();
        if (mark.settle()) {
          Probes.unhandled(mark.report());
        }
      } catch (InterruptedException nobodyMeansUs) {
        // a daemon of ours: there is nothing to stop for
      } catch (Throwable thrown) {
        Probes.reported(thrown, "the report of an unhandled failure");
      }
    }
  }

  private UnhandledFailure report() {
    return new UnhandledFailure(
        failure,
        cancelled,
        sites == null ? null : sites.created,
        sites == null ? null : sites.fired);
  }

  private static Stripe[] stripes() {
    Stripe[] stripes = new Stripe[16];
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = new Stripe();
    }
    return stripes;
  }

  /** A ring of marks; its monitor is held for a few writes only. */
  private static final class Stripe {

    private final Unhandled head = new Unhandled(this);

    @SuppressWarnings("NullAway") // members of the ring have neighbours
    synchronized void add(Unhandled mark) {
      mark.before = head;
      mark.after = head.after;
      head.after.before = mark;
      head.after = mark;
    }

    synchronized boolean remove(Unhandled mark) {
      Unhandled before = mark.before;
      Unhandled after = mark.after;
      if (before == null || after == null) {
        return false;
      }
      before.after = after;
      after.before = before;
      mark.before = null;
      mark.after = null;
      return true;
    }
  }
}
