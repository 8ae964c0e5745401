package dev.twine.linkcheck;

/**
 * Something that a crawl has to do: go to an address, once.
 *
 * @param address where to
 * @param start whether a user has asked for exactly this, or was redirected here from there
 * @param redirects how many redirects led here
 */
record Visit(Address address, boolean start, int redirects) {

  /** A visit that a user asked for. */
  static Visit start(Address address) {
    return new Visit(address, true, 0);
  }

  /** A visit to what a page links to. */
  static Visit linked(Address address) {
    return new Visit(address, false, 0);
  }

  /** The visit after this one if its address has moved. */
  Visit movedTo(Address to) {
    return new Visit(to, start, redirects + 1);
  }
}
