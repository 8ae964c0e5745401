package dev.twine.examples;

import dev.twine.Deferred;
import dev.twine.threads.ExitException;
import dev.twine.threads.Reactor;
import dev.twine.threads.ShutdownPhase;
import dev.twine.time.Tasks;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a program ends that {@link Reactor#react} runs; its argument says which way.
 *
 * <table>
 *   <caption>The arguments</caption>
 *   <tr><th>argument</th><th>what happens</th><th>exit status</th></tr>
 *   <tr><td>{@code greet}</td><td>it greets, and that was it</td><td>0</td></tr>
 *   <tr><td>{@code fail}</td><td>nobody answers: a traceback on stderr</td><td>1</td></tr>
 *   <tr><td>{@code leave}</td><td>it greets, and leaves in its own way</td><td>3</td></tr>
 *   <tr><td>{@code stop}</td><td>it stops the reactor, and doesn't wait for an answer</td>
 *       <td>0</td></tr>
 *   <tr><td>{@code serve}</td><td>it waits for SIGTERM or SIGINT (Control-C), and cleans up</td>
 *       <td>143 or 130</td></tr>
 * </table>
 */
public final class Greeter {

  private static final Duration MOMENT = Duration.ofMillis(20);
  private static final int OWN_STATUS = 3;
  private static final int BAD_USAGE = 2;

  private static final SortedMap<String, Function<Greeter, Deferred<?>>> WAYS =
      new TreeMap<>(
          Map.of(
              "greet", Greeter::greet,
              "fail", Greeter::fail,
              "leave", Greeter::leave,
              "stop", Greeter::stop,
              "serve", Greeter::serve));

  private final Reactor reactor;

  private Greeter(Reactor reactor) {
    this.reactor = reactor;
  }

  /**
   * Runs the program, and ends the process with its exit status.
   *
   * @param arguments one of those above
   */
  public static void main(String... arguments) {
    System.exit(Reactor.react(reactor -> begin(reactor, arguments)));
  }

  /** Begins in a reactor what the arguments say; the program is over when the result has fired. */
  static Deferred<?> begin(Reactor reactor, String... arguments) {
    Function<Greeter, Deferred<?>> way = WAYS.get(String.join(" ", arguments));
    if (way == null) {
      System.err.println("usage: Greeter " + String.join("|", WAYS.keySet()));
      throw new ExitException(BAD_USAGE);
    }
    return way.apply(new Greeter(reactor));
  }

  private Deferred<@Nullable Void> greet() {
    return Tasks.deferLater(reactor, MOMENT, () -> System.out.println("Good morning."));
  }

  private Deferred<?> fail() {
    return greet()
        .onSuccess(
            greeted -> {
              throw new IllegalStateException("nobody answers");
            });
  }

  private Deferred<?> leave() {
    return greet()
        .onSuccess(
            greeted -> {
              throw new ExitException(OWN_STATUS);
            });
  }

  private Deferred<?> stop() {
    return greet().onSuccess(greeted -> reactor.stop()).chainCallback(greeted -> answer());
  }

  private Deferred<?> serve() {
    reactor.addSystemEventTrigger(ShutdownPhase.BEFORE, this::cleanUp);
    System.out.println("ready");
    return answer().onFailure(CancellationException.class, told -> System.out.println("cancelled"));
  }

  /** Takes a moment, which the reactor waits for before it ends. */
  private Deferred<?> cleanUp() {
    return Tasks.deferLater(reactor, MOMENT, () -> System.out.println("cleaned up"));
  }

  /** Nobody ever answers. */
  private static Deferred<String> answer() {
    return new Deferred<>();
  }
}
