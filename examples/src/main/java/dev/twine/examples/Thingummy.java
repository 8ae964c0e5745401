package dev.twine.examples;

import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.deferredGenerator;
import static dev.twine.coroutine.Coroutines.inlineCallbacks;
import static dev.twine.coroutine.Coroutines.waitForDeferred;

import dev.twine.Deferred;
import dev.twine.coroutine.WaitForDeferred;
import dev.twine.threads.Reactor;
import dev.twine.time.Tasks;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows the style of today and the legacy style beside each other, {@code thingummy}: {@code
 * inlineCallbacks} with {@code await}, and {@code deferredGenerator} with {@code yield} and {@code
 * getResult}.
 *
 * <p>In both there is one that only tells somebody what it got, and one that has a result, or fails
 * if it doesn't like what it got.
 */
@SuppressWarnings("deprecation") // half of it is the legacy style
public final class Thingummy {

  private static final Duration MOMENT = Duration.ofMillis(20);
  private static final String LOVED = "I love Twisted";
  private static final String ANSWER = "and Twisted loves you";

  private final Supplier<Deferred<String>> request;

  Thingummy(Supplier<Deferred<String>> request) {
    this.request = request;
  }

  /**
   * Does the same in both styles.
   *
   * @param arguments none
   */
  public static void main(String... arguments) {
    System.exit(Reactor.react(Thingummy::begin));
  }

  private static Deferred<?> begin(Reactor reactor) {
    Thingummy loved = new Thingummy(() -> Tasks.deferLater(reactor, MOMENT, () -> LOVED));
    return loved
        .tellInline(thing -> System.out.println("inlineCallbacks: " + thing))
        .chainCallback(told -> loved.answerInline())
        .onSuccess(answer -> System.out.println("inlineCallbacks: " + answer))
        .chainCallback(
            told -> loved.tellLegacy(thing -> System.out.println("deferredGenerator: " + thing)))
        .chainCallback(told -> loved.answerLegacy())
        .onSuccess(answer -> System.out.println("deferredGenerator: " + answer));
  }

  Deferred<@Nullable Void> tellInline(Consumer<String> listener) {
    Supplier<Deferred<@Nullable Void>> thingummy =
        inlineCallbacks(
            () -> {
              String thing = await(request.get());
              listener.accept(thing);
            });
    return thingummy.get();
  }

  Deferred<String> answerInline() {
    Supplier<Deferred<String>> thingummy =
        inlineCallbacks(
            () -> {
              String thing = await(request.get());
              if (thing.equals(LOVED)) {
                return ANSWER;
              }
              throw new UnlovedException(thing);
            });
    return thingummy.get();
  }

  Deferred<@Nullable Void> tellLegacy(Consumer<String> listener) {
    Supplier<Deferred<@Nullable Void>> thingummy =
        deferredGenerator(
            y -> {
              WaitForDeferred<String> thing = waitForDeferred(request.get());
              y.yield(thing);
              listener.accept(thing.getResult());
            });
    return thingummy.get();
  }

  Deferred<String> answerLegacy() {
    Supplier<Deferred<String>> thingummy =
        deferredGenerator(
            y -> {
              WaitForDeferred<String> thing = waitForDeferred(request.get());
              y.yield(thing);
              if (!thing.getResult().equals(LOVED)) {
                throw new UnlovedException(thing.getResult());
              }
              y.yield(ANSWER); // the last value is the result
            });
    return thingummy.get();
  }

  /** Says that something else was said. */
  static final class UnlovedException extends Exception {

    private static final long serialVersionUID = 1L;

    UnlovedException(String thing) {
      super("not loved: " + thing);
    }
  }
}
