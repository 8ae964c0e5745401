package dev.twine.linkcheck;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A link as it stands on a page.
 *
 * @param kind what the page wants with it
 * @param written the address as it is written
 * @param address where it leads, or null if what is written is malformed
 * @param fragment the place in that page, decoded, or the empty string
 */
record Link(Kind kind, String written, @Nullable Address address, String fragment) {

  /** What a link can be, and where HTML has it. */
  enum Kind {
    LINK("a[href], area[href]", "href"),
    IMAGE("img[src]", "src"),
    STYLESHEET("link[href][rel~=(?i)\\bstylesheet\\b]", "href");

    /** The elements, as a CSS query. */
    final String elements;

    /** Their attribute with the address. */
    final String attribute;

    Kind(String elements, String attribute) {
      this.elements = elements;
      this.attribute = attribute;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Finds out where a link leads.
   *
   * @param base what the address is relative to, nearly always the page itself
   * @param root where addresses that begin with a slash begin
   */
  static Link on(Address base, Address root, Kind kind, String written) {
    try {
      URI uri = Reference.parse(written).on(base, root).toUri();
      String fragment = uri.getFragment();
      return new Link(kind, written, Address.of(uri), fragment == null ? "" : fragment);
    } catch (URISyntaxException malformed) {
      return new Link(kind, written, null, "");
    }
  }
}
