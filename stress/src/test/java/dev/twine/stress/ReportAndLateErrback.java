package dev.twine.stress;

import dev.twine.Deferred;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZZ_Result;

/**
 * A Deferred has failed, nobody has handled it so far, and only one reference to it is left. One
 * thread drops that and lets the garbage be collected; the other one still knows the Deferred
 * weakly, and comes with an errback. If the collector is first, the failure is reported and there
 * is nothing left to add to. If the errback is first, the failure has been handled: then it is
 * never reported, neither while the call is in progress nor when the Deferred goes the way of all
 * garbage afterwards.
 *
 * <p>A collection takes its time, so only one sample in many has one; in the others the errback is
 * first. A report of a failure that had been handled may come long after its sample: the next
 * sample to end tells of it.
 */
@JCStressTest
@State
@Outcome(id = "handled, false, false", expect = Expect.ACCEPTABLE, desc = "The errback is first.")
@Outcome(id = "gone, true, false", expect = Expect.ACCEPTABLE, desc = "The collector is first.")
public class ReportAndLateErrback {

  /** One sample in so many has a collection. */
  private static final int RARELY = 50;

  /** For how many moments the errback may wait for the start of a collection. */
  private static final int LONG = 4_000;

  /** Nanoseconds after which a report won't come. */
  private static final long PATIENCE = 10_000_000_000L;

  private static final AtomicInteger SAMPLES = new AtomicInteger();

  /** Whether a failure was reported that had been handled, and no sample has told of it yet. */
  private static final AtomicBoolean UNDUE = new AtomicBoolean();

  /** Kept here, as loggers are held weakly. */
  private static final Logger LOG = Logger.getLogger("dev.twine");

  static {
    LOG.setUseParentHandlers(false);
    LOG.addHandler(new Reports());
  }

  /** The failure of one sample. */
  private static final class Lost extends Exception {
    private static final long serialVersionUID = 1L;

    volatile boolean handled;
    volatile boolean reported;

    Lost() {
      super("nobody has handled this", null, false, false);
    }
  }

  /** What is logged by the thread that reports unhandled failures. */
  private static final class Reports extends Handler {
    @Override
    public void publish(LogRecord line) {
      if (line.getThrown() instanceof Lost lost) {
        lost.reported = true;
        if (lost.handled) {
          UNDUE.set(true);
        }
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private final Lost failure = new Lost();
  private final Meeting before = new Meeting();
  private final WeakReference<Deferred<String>> known;
  private final boolean collects = SAMPLES.incrementAndGet() % RARELY == 0;
  private Deferred<String> last;

  public ReportAndLateErrback() {
    last = new Deferred<>();
    last.errback(failure);
    known = new WeakReference<>(last);
  }

  @Actor
  public void collector() {
    before.attendAndLinger();
    last = null;
    if (collects) {
      System.gc();
    }
  }

  @Actor
  public void handler(LZZ_Result r) {
    before.attend();
    Meeting.linger(collects ? LONG : 8);
    Deferred<String> deferred = known.get();
    if (deferred == null) {
      r.r1 = "gone";
    } else {
      deferred.consumeErrors(lost -> failure.handled = true);
      r.r1 = "handled";
    }
  }

  @Arbiter
  public void after(LZZ_Result r) {
    long start = System.nanoTime();
    while (r.r1 == "gone" && !failure.reported && System.nanoTime() - start < PATIENCE) {
      Thread.yield();
    }
    r.r2 = failure.reported;
    r.r3 = UNDUE.getAndSet(false);
  }
}
