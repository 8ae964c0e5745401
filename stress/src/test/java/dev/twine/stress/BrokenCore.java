package dev.twine.stress;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Makes broken twins of the core: one source file with one piece of its text replaced, compiled
 * against the core as it is.
 *
 * <p>The folder that comes out holds just the classes of that file. In front of the core on a class
 * path it makes a machine that has one flaw and is else the real one; a tool that looks for races
 * must find the flaw.
 */
final class BrokenCore {

  private static final Path SOURCES = Path.of("..", "core", "src", "main", "java", "dev", "twine");

  private BrokenCore() {}

  /**
   * Compiles a twin into {@code target/broken/NAME}, which is emptied before.
   *
   * @param name of the folder
   * @param file the source file below the package, such as {@code "Chain.java"} or {@code
   *     "sync/Tokens.java"}
   * @param text what is replaced; it must occur in the file exactly once, in any layout
   * @param replacement what stands there in the twin
   * @return the folder of the classes
   */
  static Path compile(String name, String file, String text, String replacement) {
    try {
      Path folder = Folders.make(Path.of("target", "broken", name).toAbsolutePath());
      Path source = folder.resolve("source").resolve(file);
      Files.createDirectories(source.getParent());
      Files.writeString(source, broken(file, text, replacement));
      Path classes = Files.createDirectories(folder.resolve("classes"));
      compile(source, classes);
      return classes;
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static String broken(String file, String text, String replacement) throws IOException {
    String source = Files.readString(SOURCES.resolve(file));
    Matcher places = inAnyLayout(text).matcher(source);
    if (!places.find()) {
      throw new IllegalStateException("not in " + file + ", so nothing is broken: " + text);
    }
    int start = places.start();
    int end = places.end();
    if (places.find(start + 1)) {
      throw new IllegalStateException("more than once in " + file + ": " + text);
    }
    return source.substring(0, start) + replacement + source.substring(end);
  }

  /** Finds a text also where its lines are broken elsewhere. */
  private static Pattern inAnyLayout(String text) {
    return Pattern.compile(
        Arrays.stream(text.strip().split("\\s+"))
            .map(Pattern::quote)
            .collect(Collectors.joining("\\s+")));
  }

  private static void compile(Path source, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("the tests need a JDK: there is no compiler in this Java");
    }
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Iterable<? extends JavaFileObject> units = files.getJavaFileObjects(source);
      List<String> options =
          List.of(
              "--release",
              "17",
              "-proc:none",
              "-implicit:none",
              "-g",
              "-d",
              classes.toString(),
              "-cp",
              ClassPath.ofThisJvm());
      if (!compiler.getTask(messages, files, null, options, null, units).call()) {
        throw new IllegalStateException("the twin can't be compiled:\n" + messages);
      }
    }
  }
}
