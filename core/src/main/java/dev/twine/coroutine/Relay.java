package dev.twine.coroutine;

import dev.twine.Engine;
import dev.twine.Turn;
import dev.twine.VirtualThreads;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The hand-over between the thread of a body and whoever resumes it: of the two one runs, and the
 * other one is parked until it is given control.
 *
 * <pre>
 *   bodyRuns   false --start, resume--> true --suspend, end of the body--> false
 *                                       true --send-> false --errand done--> true
 * </pre>
 *
 * <p>While the body runs, its thread follows the resumer's {@link Turn}. A resumer on a virtual
 * thread first lets others go first: the body is among them, so most of the time it has given
 * control back when the resumer comes to look, and nobody had to park.
 *
 * <p>Control is passed by a volatile write and taken by a volatile read, so each side sees what the
 * other one did. An interrupt ends no waiting; it is there again when control is back.
 */
final class Relay {

  /** The relay between a body's thread and its resumer; on the former. */
  private static final ThreadLocal<@Nullable Relay> CURRENT = new ThreadLocal<>();

  private final String name;

  private final Watchdog watchdog;
  private final Lookout lookout = new Lookout();

  /** Written by the body's thread before it gives control back for the first time. */
  private @Nullable Thread body;

  /** Who waits for the body; written by the resumer, who has control then. */
  private @Nullable Thread resumer;

  /** What the resumer is to do for the body; passed along with control. */
  private @Nullable Errand<?> errand;

  /**
   * Whose turn the body runs on; null while it doesn't. Written by the resumer, read by anybody: a
   * turn that reads its own is right.
   */
  private volatile @Nullable Thread turn;

  private volatile boolean bodyRuns;

  Relay(String name) {
    this(name, Watchdog.DEFAULT);
  }

  Relay(String name, Watchdog watchdog) {
    this.name = name;
    this.watchdog = watchdog;
  }

  /** The relay of the calling thread, if that is a body's. */
  static @Nullable Relay current() {
    return CURRENT.get();
  }

  // ---- on the resumer's thread

  /** Begins with the body; comes back when it suspends or ends. */
  void start(Runnable work) {
    takeTurn();
    try {
      BodyThread.startBeside(() -> run(work));
    } catch (Throwable noThread) {
      bodyRuns = false;
      leaveTurn();
      throw noThread;
    }
    awaitBody();
    leaveTurn();
  }

  /** Goes on with the body; comes back when it suspends or ends. */
  void resume() {
    if (bodyRuns) {
      throw Misuse.resumedWhileRunning(name);
    }
    takeTurn();
    LockSupport.unpark(body);
    awaitBody();
    leaveTurn();
  }

  private void takeTurn() {
    resumer = Thread.currentThread();
    turn = Turn.current();
    bodyRuns = true;
  }

  private void leaveTurn() {
    turn = null;
    resumer = null;
  }

  private void awaitBody() {
    boolean interrupted = false;
    Watchdog.Watch watch = null;
    VirtualThreads.giveWay();
    while (true) {
      if (!bodyRuns) {
        if (!hasRunErrand()) {
          break;
        }
        watch = null; // the time of an errand is not the body's
      }
      try {
        if (watch == null) {
          watch = watchdog.watch(name);
        }
        watch.park(this, body);
        interrupted |= Thread.interrupted();
        VirtualThreads.giveWay();
      } catch (StackOverflowError goOn) {
        Thread.onSpinWait(); // whatever happens, not both of the two may run
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The body has given control back; false if for good, and not for an errand. */
  private boolean hasRunErrand() {
    Errand<?> sent = errand;
    if (sent == null) {
      return false;
    }
    errand = null;
    Relay own = CURRENT.get();
    if (own == null) {
      sent.run();
    } else {
      own.send(sent); // this thread is a body's itself, and is not who it is meant for
    }
    bodyRuns = true;
    LockSupport.unpark(body);
    VirtualThreads.giveWay();
    return true;
  }

  // ---- on the body's thread

  private void run(Runnable work) {
    try {
      Thread own = Thread.currentThread();
      body = own;
      own.setName(name);
      CURRENT.set(this);
      Turn.follow(this::followed);
      work.run();
    } finally {
      passBack();
    }
  }

  /** The core asks for the turn of this thread, as it does before it calls callbacks. */
  private @Nullable Thread followed() {
    lookout.note();
    return turn;
  }

  /** Whether a callback stands between here and the body's entry. */
  boolean isInsideCallback() {
    return lookout.isInsideCallback();
  }

  /** Gives control back; comes back when it is resumed. */
  void suspend() {
    passBack();
    awaitControl();
  }

  /** Has the resumer do something, or whoever resumes that; comes back when it is done. */
  void send(Errand<?> work) {
    errand = work;
    suspend();
  }

  private void passBack() {
    Thread waiting = resumer;
    bodyRuns = false;
    LockSupport.unpark(waiting);
  }

  private void awaitControl() {
    boolean interrupted = false;
    if (Engine.current() == Engine.OWN_CARRIER && VirtualThreads.hasOwnCarrier()) {
      // a body that can't leave its carrier would keep the resumer from it
      VirtualThreads.giveWay();
    }
    while (!bodyRuns) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- on any thread

  /** Whether this is the thread that the body runs on. */
  boolean isBody(Thread thread) {
    return thread == body;
  }

  /** Whether the calling turn is the one that the body runs on. */
  boolean isOnTurn() {
    Thread now = turn;
    return now != null && now == Turn.current();
  }

  @Override
  public String toString() {
    return name;
  }
}
