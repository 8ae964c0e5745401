package dev.twine.threads;

import dev.twine.DelayedCall;
import dev.twine.DelayedCalls;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where a reactor's calls are made, one after the other. */
abstract class Loop {

  final Reactor owner;
  private final long origin = System.nanoTime();
  final DelayedCalls calls = new DelayedCalls(this::nanos, this::lookAgain);

  Loop(Reactor owner) {
    this.owner = owner;
  }

  /** The time since this was made, in nanoseconds. */
  final long nanos() {
    return System.nanoTime() - origin;
  }

  /** Begins with what was given to it so far. */
  abstract void start();

  /** Has something called here, after what was posted before; any thread may do so. */
  abstract void post(Runnable work);

  /** The next delayed call is due earlier than was thought. */
  abstract void lookAgain();

  /** Takes nothing any more, and comes to its end with what was posted; called here. */
  abstract void end();

  /** Takes nothing any more, and calls nothing of what was posted; called anywhere. */
  abstract void abandon();

  /** There will never be a call here any more. */
  boolean isGone() {
    return false;
  }

  /** The thread; null if it is somebody else's, or there is none. */
  abstract @Nullable Thread thread();

  final DelayedCall callLater(Duration delay, Runnable call) {
    DelayedCall later = calls.add(delay, call);
    if (later == null) {
      throw owner.refusal();
    }
    return later;
  }
}
