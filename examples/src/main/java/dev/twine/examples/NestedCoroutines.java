package dev.twine.examples;

import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.fromCoroutine;

import dev.twine.Deferred;
import dev.twine.threads.Reactor;
import dev.twine.time.Tasks;
import java.time.Duration;

/**
 * Shows that only the outermost coroutine is wrapped: {@code foo} and {@code bar} wait for
 * Deferreds and are plain methods, which call each other and return plain values.
 */
public final class NestedCoroutines {

  private static final Duration MOMENT = Duration.ofMillis(20);

  private final Deferred<Integer> some;
  private final Deferred<Integer> other;

  NestedCoroutines(Deferred<Integer> some, Deferred<Integer> other) {
    this.some = some;
    this.other = other;
  }

  /**
   * Adds two numbers that come later.
   *
   * @param arguments none
   */
  public static void main(String... arguments) {
    System.exit(
        Reactor.react(
            reactor ->
                new NestedCoroutines(
                        Tasks.deferLater(reactor, MOMENT, () -> 40),
                        Tasks.deferLater(reactor, MOMENT, () -> 2))
                    .myDeferredReturningFunction()
                    .onSuccess(sum -> System.out.println("the sum is " + sum))));
  }

  /** Here plain methods become something that returns a Deferred. */
  Deferred<Integer> myDeferredReturningFunction() {
    return fromCoroutine(this::bar);
  }

  private int bar() {
    int baz = await(other);
    int fooResult = foo();
    return baz + fooResult;
  }

  private int foo() {
    return await(some);
  }
}
