package dev.twine.examples;

import dev.twine.Deferred;
import dev.twine.threads.Reactor;
import dev.twine.threads.Threads;

/**
 * Shows what to do with a function that blocks: have a thread of the reactor's pool call it.
 *
 * <p>The main thread goes on at once, and the callback is called in the reactor when the number is
 * there. The function itself knows nothing of Deferreds.
 */
public final class FibonacciInThread {

  private static final int PLACE = 10_000;

  private FibonacciInThread() {}

  /**
   * Starts the work, says something while it is done, and runs the reactor until it is.
   *
   * @param arguments none
   */
  public static void main(String... arguments) {
    Reactor reactor = new Reactor();
    Deferred<?> unused =
        Threads.deferToThread(reactor, () -> Fibonacci.number(PLACE))
            .onSuccess(number -> System.out.println("Fibonacci number " + PLACE + " is " + number))
            .consumeErrors(failure -> failure.printTraceback(System.err))
            .onEither(reactor::stop); // whatever happened: else the program would never end
    System.out.println("the callback has been added");
    System.out.println("the main thread has time for something else");
    reactor.run();
  }
}
