package dev.twine.linkcheck;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An address as somebody wrote it, taken apart.
 *
 * <p>People write addresses with blanks, umlauts, brackets and stray percent signs, and every
 * browser understands them, while {@link URI} refuses them. So this class escapes what needs it;
 * malformed is only what a browser couldn't follow either.
 *
 * @param scheme {@code https} and the like in lower case, or null if it isn't written
 * @param authority the host, perhaps with a port, or null if it isn't written
 * @param path the path, perhaps empty
 * @param query what follows the question mark, or null if there is none
 * @param fragment what follows the hash sign, or null if there is none
 */
record Reference(
    @Nullable String scheme,
    @Nullable String authority,
    String path,
    @Nullable String query,
    @Nullable String fragment) {

  /** Takes any text apart; this never fails. The pattern is the one of RFC 3986, appendix B. */
  private static final Pattern PARTS =
      Pattern.compile(
          "(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\\?([^#]*))?(?:#(.*))?",
          Pattern.DOTALL);

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String NEVER_ESCAPED = "-._~!$&'()*+,;=:@/?";

  /** Takes apart what is written; blanks around it and line breaks in it count for nothing. */
  static Reference parse(String written) {
    Matcher parts = PARTS.matcher(written.strip().replaceAll("[\\t\\r\\n]", ""));
    if (!parts.matches()) {
      throw new AssertionError("any text has these parts");
    }
    String scheme = parts.group(1);
    return new Reference(
        scheme == null ? null : scheme.toLowerCase(Locale.ROOT),
        parts.group(2),
        parts.group(3),
        parts.group(4),
        parts.group(5));
  }

  /** Tells whether there is something to check; {@code mailto:} and {@code data:} say no. */
  boolean isCheckableOn(Address page) {
    return scheme == null
        || scheme.equals("http")
        || scheme.equals("https")
        || (scheme.equals("file") && page.isFile());
  }

  /**
   * Completes what isn't written with the address of the page that it stands on.
   *
   * @param page the page
   * @param root where paths that begin with a slash begin: the host, or the folder being checked
   */
  Reference on(Address page, Address root) {
    URI base = page.uri();
    if (scheme != null) {
      return this;
    }
    if (authority != null) {
      String likeThePage = page.isFile() ? "https" : base.getScheme();
      return new Reference(likeThePage, authority, path, query, fragment);
    }
    if (path.isEmpty()) {
      String same = query == null ? base.getRawQuery() : query;
      return new Reference(
          base.getScheme(), base.getRawAuthority(), base.getRawPath(), same, fragment);
    }
    String folder = base.getRawPath().substring(0, base.getRawPath().lastIndexOf('/') + 1);
    String top = root.contains(page) ? root.uri().getRawPath() : "/";
    String full = path.startsWith("/") ? top + path.substring(1) : folder + path;
    return new Reference(base.getScheme(), base.getRawAuthority(), full, query, fragment);
  }

  /**
   * Puts the parts together, with everything escaped that must be.
   *
   * @throws URISyntaxException if this is no complete http, https or file address
   */
  URI toUri() throws URISyntaxException {
    if (scheme == null) {
      throw new URISyntaxException(toString(), "no http:// or https://");
    }
    boolean file = scheme.equals("file");
    // The host or the query of a file would mean nothing here.
    String rooted = path.startsWith("/") ? path : "/" + path;
    String place = file ? escape(rooted.replaceAll("/{2,}", "/")) : "//" + host() + escape(rooted);
    URI uri =
        new URI(
            scheme
                + ":"
                + place
                + (file || query == null ? "" : "?" + escape(query))
                + (fragment == null ? "" : "#" + escape(fragment)));
    if (!file && uri.getHost() == null) {
      throw new URISyntaxException(toString(), "no valid host");
    }
    return uri;
  }

  private String host() throws URISyntaxException {
    if (authority == null || authority.isEmpty()) {
      throw new URISyntaxException(toString(), "no host");
    }
    try {
      return IDN.toASCII(authority);
    } catch (IllegalArgumentException unmappable) {
      throw new URISyntaxException(toString(), "no valid host");
    }
  }

  private static String escape(String part) {
    StringBuilder escaped = new StringBuilder();
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      boolean escapedAlready = c == '%' && isHex(bytes, i + 1) && isHex(bytes, i + 2);
      if (escapedAlready || isAsciiLetterOrDigit(c) || NEVER_ESCAPED.indexOf(c) >= 0) {
        escaped.append(c);
      } else {
        escaped.append('%').append(HEX.toHexDigits(bytes[i]));
      }
    }
    return escaped.toString();
  }

  private static boolean isHex(byte[] bytes, int index) {
    return index < bytes.length && Character.digit(bytes[index], 16) >= 0;
  }

  private static boolean isAsciiLetterOrDigit(char c) {
    return c < 128 && Character.isLetterOrDigit(c);
  }
}
