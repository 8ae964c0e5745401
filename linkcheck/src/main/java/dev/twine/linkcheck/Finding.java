package dev.twine.linkcheck;

/**
 * Something that the author of a page should know.
 *
 * @param page the page
 * @param kind what is wrong there: a link, an image, a style sheet, or the page itself
 * @param written the address as it stands in the page
 * @param problem what is wrong with it
 */
record Finding(Address page, String kind, String written, String problem) {

  /** A link of the page leads nowhere. */
  static Finding onPage(Address page, Link link, String problem) {
    return new Finding(page, link.kind().toString(), link.written(), problem);
  }

  /** The user asked for this page, and it can't be had. */
  static Finding pageItself(Address page, String problem) {
    return new Finding(page, "page", "(itself)", problem);
  }
}
