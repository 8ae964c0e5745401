package dev.twine.examples;

import dev.twine.Deferred;
import dev.twine.threads.Reactor;
import dev.twine.threads.ShutdownPhase;
import dev.twine.threads.Threads;
import dev.twine.time.Tasks;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** A program that calls {@code System.exit(7)} where its arguments say. */
final class Exiting {

  private Exiting() {}

  public static void main(String... arguments) {
    Set<String> wanted = Set.of(arguments);
    Reactor.Builder options = Reactor.builder();
    if (wanted.contains("platform-loop")) {
      options.platformLoop();
    }
    if (wanted.contains("virtual-pool")) {
      options.virtualPool();
    }
    System.exit(Reactor.react(options.build(), reactor -> begin(reactor, wanted)));
  }

  private static Deferred<?> begin(Reactor reactor, Set<String> wanted) {
    reactor.addSystemEventTrigger(
        ShutdownPhase.BEFORE,
        () ->
            Tasks.deferLater(
                reactor, Duration.ofMillis(300), () -> System.out.println("cleaned up")));
    return place(reactor, wanted)
        .onFailure(CancellationException.class, told -> System.out.println("cancelled"));
  }

  private static Deferred<?> place(Reactor reactor, Set<String> wanted) {
    if (wanted.contains("in-the-reactor")) {
      return Tasks.deferLater(reactor, Duration.ZERO, () -> System.exit(7));
    }
    if (wanted.contains("when-cancelled")) {
      System.out.println("ready");
      return new Deferred<>().onEither(() -> System.exit(7));
    }
    if (wanted.contains("in-the-pool")) {
      return Threads.deferToThread(reactor, () -> System.exit(7));
    }
    new Thread(() -> System.exit(7), "elsewhere").start();
    return new Deferred<>();
  }
}
