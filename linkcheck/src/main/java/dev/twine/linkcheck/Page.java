package dev.twine.linkcheck;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * An HTML page of a site that is being checked.
 *
 * @param links what it links to, each once
 * @param anchors the names that a fragment can lead to
 */
record Page(Set<Link> links, Set<String> anchors) implements Answer {

  /** The routes of single-page applications, and the text fragments that search engines link to. */
  private static final Pattern MADE_BY_SCRIPTS = Pattern.compile("[/!]|.*:~:");

  /**
   * Reads a page.
   *
   * @param address where it was found
   * @param root where links that begin with a slash begin
   * @param html the page
   * @param charset its charset, or null to believe what the page says about itself
   * @throws IOException if it can't be read
   */
  static Page parse(Address address, Address root, byte[] html, @Nullable String charset)
      throws IOException {
    Document document = Jsoup.parse(new ByteArrayInputStream(html), charset, address.toString());
    Address base = baseOf(document, address, root);
    Set<Link> links = new LinkedHashSet<>();
    for (Link.Kind kind : Link.Kind.values()) {
      for (Element element : document.select(kind.elements)) {
        String written = element.attr(kind.attribute);
        // Mail addresses, scripts and the like are no links that could be checked.
        if (Reference.parse(written).isCheckableOn(base)) {
          links.add(Link.on(base, root, kind, written));
        }
      }
    }
    return new Page(links, anchorsOf(document));
  }

  /** Tells whether a fragment leads to a place on this page, or is one that scripts make up. */
  boolean hasAnchor(String fragment) {
    return fragment.isEmpty()
        || fragment.equalsIgnoreCase("top")
        || anchors.contains(fragment)
        || MADE_BY_SCRIPTS.matcher(fragment).lookingAt();
  }

  /** A page may say in its head that its links are relative to another address than its own. */
  private static Address baseOf(Document document, Address address, Address root) {
    Element base = document.selectFirst("base[href]");
    if (base == null) {
      return address;
    }
    try {
      Reference written = Reference.parse(base.attr("href"));
      return written.isCheckableOn(address)
          ? Address.of(written.on(address, root).toUri())
          : address;
    } catch (URISyntaxException malformed) {
      return address;
    }
  }

  private static Set<String> anchorsOf(Document document) {
    Set<String> anchors = new HashSet<>(document.select("[id]").eachAttr("id"));
    anchors.addAll(document.select("a[name]").eachAttr("name"));
    return anchors;
  }
}
