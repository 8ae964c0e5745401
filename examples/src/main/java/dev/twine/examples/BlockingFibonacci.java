package dev.twine.examples;

import dev.twine.Deferred;
import java.math.BigInteger;
import java.time.Duration;

/**
 * Shows that a Deferred makes nothing asynchronous: a function that returns one may block all the
 * same.
 *
 * <p>When the caller gets the Deferred, all the work is done, and has been done on the caller's own
 * thread; the callback that is then added is called at once. {@link FibonacciInThread} does better.
 */
public final class BlockingFibonacci {

  private static final int PLACE = 10_000;
  private static final int STEPS_BETWEEN_LINES = 1_000;

  private BlockingFibonacci() {}

  /**
   * Calls the function that blocks, and only then adds a callback to what it gave.
   *
   * @param arguments none
   */
  public static void main(String... arguments) {
    long start = System.nanoTime();
    Deferred<BigInteger> result = fibonacci(PLACE);
    Duration taken = Duration.ofNanos(System.nanoTime() - start);

    System.out.println("the call took " + taken.toMillis() + " ms");
    System.out.println("adding the callback now");
    result.onSuccess(number -> System.out.println("Fibonacci number " + PLACE + " is " + number));
  }

  /** Looks as if it would not block. */
  static Deferred<BigInteger> fibonacci(int place) {
    Deferred<BigInteger> result = new Deferred<>();
    result.callback(Fibonacci.number(place, BlockingFibonacci::show));
    return result;
  }

  private static void show(int step) {
    if (step % STEPS_BETWEEN_LINES == 0) {
      System.out.println("computing: " + step + " steps done");
    }
  }
}
