package dev.twine.examples;

import dev.twine.Deferred;
import java.util.function.Consumer;

/**
 * Shows that a callback may be called before the method that adds it returns, and how to add many
 * of them first: between {@code pause} and {@code unpause}.
 *
 * <p>Whoever pauses a Deferred unpauses it, whatever happens in between; it is never left to those
 * who fire it.
 */
public final class PausedChain {

  private PausedChain() {}

  /**
   * Adds the same callbacks in both ways to a Deferred that has fired.
   *
   * @param arguments none
   */
  public static void main(String... arguments) {
    System.out.println("as it is:");
    add(Deferred.succeed("the result"), line -> System.out.println("  " + line));
    System.out.println("paused:");
    addWhilePaused(Deferred.succeed("the result"), line -> System.out.println("  " + line));
  }

  static void add(Deferred<String> deferred, Consumer<String> listener) {
    deferred.onSuccess(value -> listener.accept("the first callback gets " + value));
    listener.accept("the first one has been added");
    deferred.onSuccess(value -> listener.accept("the second callback gets " + value));
    listener.accept("the second one has been added");
  }

  static void addWhilePaused(Deferred<String> deferred, Consumer<String> listener) {
    deferred.pause();
    try {
      add(deferred, listener);
    } finally {
      deferred.unpause();
    }
  }
}
