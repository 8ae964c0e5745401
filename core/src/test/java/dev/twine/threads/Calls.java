package dev.twine.threads;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.twine.Action;
import dev.twine.Deferred;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** What tests do with threads that wait for each other; nothing waits longer than ten seconds. */
final class Calls {

  static final Duration LIMIT = Duration.ofSeconds(10);

  private Calls() {}

  /** Calls something in the reactor and gives what it returns or throws. */
  static <T> T in(Reactor reactor, Callable<T> body) {
    Deferred<T> answer = new Deferred<>();
    reactor.execute(() -> Deferred.maybeDeferred(body).chainDeferred(answer));
    return result(answer);
  }

  static void in(Reactor reactor, Action body) {
    in(
        reactor,
        () -> {
          Deferred<?> done = Deferred.maybeDeferred(body);
          return done;
        });
  }

  /** The result of a Deferred that fires elsewhere. */
  static <T> T result(Deferred<T> deferred) {
    try {
      return deferred.get(LIMIT);
    } catch (InterruptedException | java.util.concurrent.TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  /** The exception of a Deferred that fails elsewhere. */
  static Throwable failure(Deferred<?> deferred) {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    result(deferred.consumeErrors(failure -> thrown.set(failure.value())));
    assertThat(thrown.get()).as("the failure").isNotNull();
    return thrown.get();
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, SECONDS)).as("handed over in time").isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** Waits until somebody interrupts the calling thread. */
  static void awaitInterrupt() throws InterruptedException {
    new CountDownLatch(1).await(10, SECONDS);
    throw new AssertionError("nobody interrupted this thread");
  }
}
