package dev.twine.examples;

import dev.twine.threads.Reactor;

/** The greeter in a reactor whose thread is a platform thread. */
final class PlatformGreeter {

  private PlatformGreeter() {}

  public static void main(String... arguments) {
    Reactor plain = Reactor.builder().platformLoop().build();
    System.exit(Reactor.react(plain, reactor -> Greeter.begin(reactor, arguments)));
  }
}
