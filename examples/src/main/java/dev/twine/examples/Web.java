package dev.twine.examples;

import dev.twine.Deferred;

/** Something on the network that answers requests, later. */
@FunctionalInterface
interface Web {

  /** Sends a request; the answer is its body. */
  Deferred<String> makeRequest(String method, String path);
}
