package dev.twine.linkcheck;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Where something can be found: an http, https or file URI, absolute, without a fragment and in one
 * normal form, so that two links to one place make one visit.
 *
 * @param uri the address
 */
record Address(URI uri) implements Comparable<Address> {

  private static final Set<String> DEFAULT_PORTS = Set.of("http:80", "https:443");

  /** Brings a complete URI, as {@link Reference#toUri} gives it, into the normal form. */
  static Address of(URI uri) {
    String authority = "";
    if (uri.getHost() != null) {
      boolean usual = DEFAULT_PORTS.contains(uri.getScheme() + ":" + uri.getPort());
      String port = uri.getPort() < 0 || usual ? "" : ":" + uri.getPort();
      String user = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@";
      authority = "//" + user + uri.getHost().toLowerCase(Locale.ROOT) + port;
    }
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String path = withoutDots(uri.getRawPath());
    return new Address(URI.create(uri.getScheme() + ":" + authority + path + query));
  }

  /**
   * Reads an address that is complete, as on the command line.
   *
   * @throws URISyntaxException if it isn't, or if it is malformed
   */
  static Address of(String written) throws URISyntaxException {
    return of(Reference.parse(written).toUri());
  }

  /** Gives the address of a file or a folder; that of a folder that exists ends with a slash. */
  static Address of(Path path) {
    return of(path.toUri());
  }

  /** Tells whether this is on our own disk, and not in the web. */
  boolean isFile() {
    return uri.getScheme().equals("file");
  }

  /** Gives the file at this address. */
  Path toPath() {
    return Path.of(uri);
  }

  /** Gives the address of the host itself, the root of everything on it. */
  Address root() {
    return new Address(uri.resolve("/"));
  }

  /** Tells whether the other address lies in the folder, or on the host, that this is one of. */
  boolean contains(Address other) {
    return other.toString().startsWith(toString());
  }

  /** Gives what is enough to say which address this is to somebody who is at another one. */
  String seenFrom(Address other) {
    if (isFile() || !root().contains(other)) {
      return display();
    }
    String query = uri.getRawQuery();
    return uri.getRawPath() + (query == null ? "" : "?" + query);
  }

  /**
   * Gives the address as a user wants to see it: that of a file as a path, from here if possible.
   */
  String display() {
    if (!isFile()) {
      return toString();
    }
    String here = of(Path.of("").toAbsolutePath()).uri.getPath();
    String path = uri.getPath();
    return path.startsWith(here) && path.length() > here.length()
        ? path.substring(here.length())
        : path;
  }

  @Override
  public int compareTo(Address other) {
    return toString().compareTo(other.toString());
  }

  /** Gives the address in ASCII characters only, as one could type it. */
  @Override
  public String toString() {
    return uri.toString();
  }

  /** Resolves {@code .} and {@code ..}; unlike {@link URI#normalize} it leaves double slashes. */
  private static String withoutDots(String path) {
    List<String> kept = new ArrayList<>();
    List<String> segments = List.of(path.split("/", -1));
    for (String segment : segments.subList(1, segments.size())) {
      if (segment.equals("..") && !kept.isEmpty()) {
        kept.remove(kept.size() - 1);
      }
      if (!segment.equals("..") && !segment.equals(".")) {
        kept.add(segment);
      }
    }
    boolean folder = path.endsWith("/.") || path.endsWith("/..");
    return "/" + String.join("/", kept) + (folder && !kept.isEmpty() ? "/" : "");
  }
}
