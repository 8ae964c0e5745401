package dev.twine.linkcheck;

import java.time.Duration;

/**
 * How long to bear with a server.
 *
 * @param timeout the longest that a single answer may take
 * @param retries how often to try again if the server is only out of order for the moment
 * @param pause how long to wait before that
 */
record Patience(Duration timeout, int retries, Duration pause) {

  /** Two more tries, half a second apart. */
  static Patience of(Duration timeout) {
    return new Patience(timeout, 2, Duration.ofMillis(500));
  }

  /** Says what it means if there was no answer. */
  String exhausted() {
    return "no answer within " + Seconds.of(timeout);
  }
}
