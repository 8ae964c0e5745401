package dev.twine.sync;

import org.jspecify.annotations.Nullable;

/**
 * What the guard file says of the one link that was made last: more than its pid.
 *
 * @param link the link that this is about; it may be gone by now
 * @param host where the pid belongs
 * @param start when the owner was started
 */
record LockOwner(Link link, String host, ProcessStart start) {

  /**
   * A link as it was seen.
   *
   * @param pid its target
   * @param made when it was made, in milliseconds since 1970
   */
  record Link(long pid, long made) {}

  /** One line of five words, for {@link #parse}. */
  String line() {
    return String.join(
        " ",
        Long.toString(link.pid()),
        Long.toString(link.made()),
        host,
        start.clock(),
        Long.toString(start.count()) + "\n");
  }

  /** What {@link #line} has written, or null if that is not all there: its writer may have died. */
  static @Nullable LockOwner parse(String text) {
    String[] words = text.split("\n", -1)[0].split(" ", -1);
    if (words.length != 5 || !text.contains("\n")) {
      return null;
    }
    try {
      return new LockOwner(
          new Link(Long.parseLong(words[0]), Long.parseLong(words[1])),
          words[2],
          new ProcessStart(words[3], Long.parseLong(words[4])));
    } catch (NumberFormatException strange) {
      return null;
    }
  }
}
