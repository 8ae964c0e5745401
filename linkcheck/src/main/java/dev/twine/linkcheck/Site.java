package dev.twine.linkcheck;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a user wants checked.
 *
 * @param root the host or the folder; what it contains is crawled, anything else is only looked at
 * @param starts the pages to begin with
 */
record Site(Address root, List<Address> starts) {

  private static final Pattern HAS_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final Pattern HTML = Pattern.compile("(?i).*\\.x?html?");

  /**
   * Understands a target of the command line.
   *
   * @param target an http or https address, a folder, or a single HTML file
   * @throws BadUsageException if it is none of these
   */
  static Site of(String target) {
    if (target.isBlank()) {
      throw new BadUsageException("an empty TARGET is neither an address nor a folder");
    }
    return HAS_SCHEME.matcher(target).matches() ? web(target) : folder(target);
  }

  /** Tells whether a file is a page, by its name. */
  static boolean isHtml(Path file) {
    return HTML.matcher(file.toString()).matches();
  }

  private static Site web(String target) {
    try {
      Reference written = Reference.parse(target);
      if (!"http".equals(written.scheme()) && !"https".equals(written.scheme())) {
        throw new BadUsageException(
            "cannot check '" + target + "': only http and https addresses and folders");
      }
      Address start = Address.of(written.toUri());
      return new Site(start.root(), List.of(start));
    } catch (URISyntaxException malformed) {
      throw new BadUsageException("malformed address '" + target + "': " + malformed.getReason());
    }
  }

  private static Site folder(String target) {
    try {
      Path path = Path.of(target).toRealPath();
      if (Files.isDirectory(path)) {
        return new Site(Address.of(path), pagesIn(path, target));
      }
      if (Files.isRegularFile(path) && isHtml(path)) {
        return new Site(Address.of(path.resolveSibling("")), List.of(Address.of(path)));
      }
      throw new BadUsageException("'" + target + "' is neither a folder nor an HTML file");
    } catch (IOException | InvalidPathException missing) {
      throw new BadUsageException(
          "there is no folder '" + target + "'; an address begins with http:// or https://");
    }
  }

  /** Finds the pages of a folder and all folders in it, but for hidden ones. */
  private static List<Address> pagesIn(Path folder, String target) throws IOException {
    TreeSet<Address> pages = new TreeSet<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path inside, BasicFileAttributes attributes) {
            boolean hidden =
                !inside.equals(folder) && inside.getFileName().toString().startsWith(".");
            return hidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isHtml(file)) {
              pages.add(Address.of(file));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path unreadable, IOException why) {
            // Visiting it will fail as well, and that makes it a finding.
            pages.add(Address.of(unreadable));
            return FileVisitResult.CONTINUE;
          }
        });
    if (pages.isEmpty()) {
      throw new BadUsageException("there are no HTML files in the folder '" + target + "'");
    }
    return List.copyOf(pages);
  }
}
