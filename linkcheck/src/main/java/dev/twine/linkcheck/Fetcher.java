package dev.twine.linkcheck;

import dev.twine.Deferred;
import org.jspecify.annotations.Nullable;

/** Goes to an address and has a look at what is there. */
interface Fetcher {

  /**
   * Visits an address.
   *
   * @param address where to go
   * @param root the root of the site, if a page there is to be read for its links; null if it's
   *     enough that something is there
   * @return what was seen
   */
  Deferred<Answer> fetch(Address address, @Nullable Address root);
}
