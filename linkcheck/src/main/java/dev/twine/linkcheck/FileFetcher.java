package dev.twine.linkcheck;

import dev.twine.Deferred;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Looks at files. A file is there at once, so its Deferred has always fired already; the crawl
 * can't tell the difference.
 */
final class FileFetcher implements Fetcher {

  @Override
  public Deferred<Answer> fetch(Address address, @Nullable Address root) {
    return Deferred.execute(() -> look(address, root))
        .addErrback(IOException.class, FileFetcher::broken);
  }

  private static Answer look(Address address, @Nullable Address root) throws IOException {
    Path path = address.toPath();
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      // As a web server would do it.
      Path index = path.resolve("index.html");
      return Files.exists(index)
          ? new Answer.Moved(Address.of(index))
          : Answer.Broken.forGood("folder without an index.html");
    }
    // Reading a pipe or a device could take for ever.
    if (root == null || !attributes.isRegularFile() || !Site.isHtml(path)) {
      return new Answer.Present();
    }
    return Page.parse(address, root, Files.readAllBytes(path), null);
  }

  private static Answer broken(IOException why) {
    if (why instanceof NoSuchFileException) {
      return Answer.Broken.forGood("no such file");
    }
    if (why instanceof AccessDeniedException) {
      return Answer.Broken.forGood("no permission to read it");
    }
    String reason = why instanceof FileSystemException named ? named.getReason() : why.getMessage();
    return Answer.Broken.forGood("cannot be read: " + reason);
  }
}
