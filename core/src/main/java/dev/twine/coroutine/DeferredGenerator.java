package dev.twine.coroutine;

import dev.twine.Deferred;
import dev.twine.Effect;
import dev.twine.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Drives a body of the legacy style: asks it for its next value, waits if that is a {@link
 * WaitForDeferred}, and asks again.
 *
 * <p>It has no canceller: a Deferred that is cancelled fails, the body goes on, and its end is
 * swallowed.
 *
 * <p>All fields belong to whoever drives, which is one at a time: the one who has started it, and
 * then who brings the result that it waits for.
 */
@SuppressWarnings("deprecation") // it is what is deprecated
final class DeferredGenerator {

  /** How many drivers inside each other a thread's stack is to bear. */
  private static final int MAX_NESTED = 32;

  /** How many of them there are now, on each thread. */
  private static final ThreadLocal<int[]> NESTED = ThreadLocal.withInitial(() -> new int[1]);

  private final Generator<@Nullable Object> generator;
  private final Deferred<@Nullable Object> result = new Deferred<>();

  /** The last value; null after a wait. */
  private @Nullable Object last;

  /** What was waited for. Those in the middle may have been asked for their results. */
  private final Deque<WaitForDeferred<?>> unasked = new ArrayDeque<>();

  private DeferredGenerator(Generator<@Nullable Object> generator) {
    this.generator = generator;
  }

  /** Runs a body up to its first wait, or to its end. */
  @SuppressWarnings("unchecked") // what the body yields last is what the Deferred is for
  static <T extends @Nullable Object> Deferred<T> start(
      Effect<? super Yielder<@Nullable Object>> body) {
    DeferredGenerator driver = new DeferredGenerator(Generator.of(body));
    driver.drive();
    return (Deferred<T>) driver.result;
  }

  /** Goes on until there is a wait for what has no result yet, or the end. */
  private void drive() {
    WaitForDeferred<?> wait;
    do {
      wait = nextWait();
    } while (wait != null && isThere(wait));
  }

  /**
   * Begins to wait; false if whoever brings the result is to drive. Of this method and the callback
   * the second one to come drives, so that results which are there need no stack.
   */
  private boolean isThere(WaitForDeferred<?> wait) {
    unasked.add(wait);
    AtomicBoolean passed = new AtomicBoolean();
    wait.begin(
        () -> {
          if (passed.getAndSet(true)) {
            driveInside();
          }
        });
    return passed.getAndSet(true);
  }

  /** Drives inside of a callback; on a stack of its own if this one may be deep already. */
  private void driveInside() {
    int[] nested = NESTED.get();
    if (nested[0] == MAX_NESTED) {
      driveElsewhere();
      return;
    }
    nested[0]++;
    try {
      drive();
    } finally {
      nested[0]--;
    }
  }

  private void driveElsewhere() {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Runnable driving =
        () -> {
          try {
            drive();
          } catch (Throwable broken) {
            thrown.set(broken);
          }
        };
    try {
      new Relay("deferred-generator").start(driving);
    } catch (Throwable noThread) {
      result.errback(noThread);
    }
    Throwable broken = thrown.get();
    if (broken != null) {
      new Failure(broken).raise();
    }
  }

  /** What is to be waited for next; null if the Deferred has been fired. */
  private @Nullable WaitForDeferred<?> nextWait() {
    try {
      while (generator.hasNext()) {
        forgetAsked();
        last = generator.next();
        if (last instanceof WaitForDeferred<?> wait) {
          last = null;
          return wait;
        }
        if (last instanceof Deferred<?> bare) {
          refuse(bare);
          return null;
        }
      }
    } catch (Throwable thrown) {
      Coroutine.note(thrown);
      result.errback(thrown);
      return null;
    }
    end();
    return null;
  }

  private void forgetAsked() {
    while (!unasked.isEmpty() && unasked.getLast().isAsked()) {
      unasked.removeLast();
    }
    while (!unasked.isEmpty() && unasked.getFirst().isAsked()) {
      unasked.removeFirst();
    }
  }

  private void refuse(Deferred<?> bare) {
    IllegalArgumentException refusal = Misuse.yieldedDeferred(bare);
    try {
      generator.close();
    } catch (Throwable thrown) {
      refusal.addSuppressed(thrown);
    }
    result.errback(refusal);
  }

  private void end() {
    unasked.removeIf(WaitForDeferred::isAsked);
    if (unasked.isEmpty()) {
      result.callback(last);
    } else {
      result.errback(Misuse.resultNotAsked(lost()));
    }
  }

  /** The failures that nobody has seen. */
  private List<Throwable> lost() {
    List<Throwable> lost = new ArrayList<>();
    for (WaitForDeferred<?> wait : unasked) {
      Throwable thrown = wait.failureOrNull();
      if (thrown != null) {
        lost.add(thrown);
      }
    }
    return lost;
  }
}
