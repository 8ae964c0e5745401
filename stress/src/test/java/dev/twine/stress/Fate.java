package dev.twine.stress;

import dev.twine.Deferred;
import dev.twine.sync.Permit;
import dev.twine.sync.PermitSource;
import java.util.concurrent.CancellationException;

/**
 * What becomes of somebody who asks for something: he waits, is served, is cancelled, or fails.
 *
 * @param <T> what he asks for
 */
final class Fate<T> {

  private final Deferred<T> deferred;
  private final boolean atOnce;
  private T value;
  private Thread servedBy;
  private String word = "waits";

  Fate(Deferred<T> deferred) {
    this.deferred = deferred;
    this.atOnce = deferred.isCalled();
    deferred.onSuccess(this::served).consumeErrors(failure -> end(word(failure.value())));
  }

  /** The permit that somebody has who comes first. */
  static Permit taken(PermitSource source) {
    return new Fate<>(source.acquire()).value;
  }

  private void served(T given) {
    value = given;
    servedBy = Thread.currentThread();
    end("served");
  }

  private static String word(Throwable failure) {
    return failure instanceof CancellationException
        ? "cancelled"
        : failure.getClass().getSimpleName();
  }

  /** It is sealed once, or one can see that it was not. */
  private void end(String how) {
    word = word.equals("waits") ? how : word + " and " + how;
  }

  void cancel() {
    deferred.cancel();
  }

  /** What he got; null if nothing. */
  T value() {
    return value;
  }

  /** Whether he had his result when he was told to wait for it. */
  String when() {
    return atOnce ? "at once" : "later";
  }

  boolean wasServedBy(Thread thread) {
    return servedBy == thread;
  }

  /** Gives the permit back, if he has one. */
  void giveBack() {
    if (value instanceof Permit permit) {
      permit.close();
    }
  }

  @Override
  public String toString() {
    return word;
  }
}
