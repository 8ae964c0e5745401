package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The house, as the class files have it.
 *
 * <pre>
 *   dev.twine.sync   dev.twine.time   dev.twine.threads   dev.twine.coroutine     floor 1
 *          \               |                |                 /
 *                             dev.twine                                           floor 0
 *   --------------------------------------------------------------------------
 *                             java.base
 * </pre>
 *
 * <p>The root package knows nothing but {@code java.base}; a package on floor 1 knows the root and
 * {@code java.base}, and never another one on its floor. So no cycle of packages is possible. The
 * annotations of JSpecify may stand everywhere: nobody needs them at run time.
 */
class LayersTest {

  private static final String ROOT = "dev.twine";

  /** A line of jdeps: the class, what it knows, and the module (or folder) where that is. */
  private static final Pattern DEPENDENCY = Pattern.compile(" {3}(\\S+) +-> (\\S+) +(.+)");

  @Test
  void everyClassKnowsOnlyWhatItMay() throws URISyntaxException {
    Path classes =
        Path.of(Deferred.class.getProtectionDomain().getCodeSource().getLocation().toURI());

    List<Dependency> dependencies = dependencies(classes);

    assertThat(dependencies).filteredOn(Dependency::isForbidden).isEmpty();
    assertThat(dependencies)
        .as("jdeps has seen the core")
        .contains(new Dependency("dev.twine.Deferred", "java.lang.Object", "java.base"));
  }

  @Test
  void whatIsForbiddenIsFound(@TempDir Path dir) throws IOException {
    compile(
        dir,
        "package dev.twine; class Root { dev.twine.time.Clock up; java.util.logging.Level l; }",
        "package dev.twine.time; public class Clock { dev.twine.sync.Lock across; }",
        "package dev.twine.sync; public class Lock { javax.script.ScriptEngine engine; }");

    assertThat(dependencies(dir).stream().filter(Dependency::isForbidden))
        .extracting(Dependency::toString)
        .containsExactlyInAnyOrder(
            "dev.twine.Root must not know dev.twine.time.Clock",
            "dev.twine.Root must not know java.util.logging.Level",
            "dev.twine.time.Clock must not know dev.twine.sync.Lock",
            "dev.twine.sync.Lock must not know javax.script.ScriptEngine");
  }

  @Test
  void whatIsAllowedIsNotFound(@TempDir Path dir) throws IOException {
    compile(
        dir,
        "package dev.twine; public class Root { Other same; java.util.List<String> list; }",
        "package dev.twine; class Other {}",
        "package dev.twine.time; class Clock { dev.twine.Root down; Tick same; }",
        "package dev.twine.time; class Tick {}");

    assertThat(dependencies(dir)).isNotEmpty().noneMatch(Dependency::isForbidden);
  }

  private record Dependency(String from, String to, String module) {

    boolean isForbidden() {
      if (!isOurs(to)) {
        return !module.equals("java.base") && !to.startsWith("org.jspecify.annotations.");
      }
      return !packageOf(to).equals(packageOf(from)) && !packageOf(to).equals(ROOT);
    }

    @Override
    public String toString() {
      return from + " must not know " + to;
    }

    private static boolean isOurs(String className) {
      return className.startsWith(ROOT + ".");
    }

    private static String packageOf(String className) {
      return className.substring(0, className.lastIndexOf('.'));
    }
  }

  private static List<Dependency> dependencies(Path classes) {
    String found =
        run(
            "jdeps",
            "-verbose:class",
            "-filter:none",
            "--ignore-missing-deps",
            "--multi-release",
            "base",
            classes.toString());
    return found
        .lines()
        .map(DEPENDENCY::matcher)
        .filter(line -> line.matches())
        .map(line -> new Dependency(line.group(1), line.group(2), line.group(3).strip()))
        .toList();
  }

  private static void compile(Path dir, String... sources) throws IOException {
    for (String source : sources) {
      String name = source.replaceAll("package ([a-z.]+);.*?class (\\w+) .*", "$1.$2");
      Path file = dir.resolve(name.replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      Files.writeString(file, source);
    }
    try (var files = Files.walk(dir)) {
      run(
          "javac",
          files.map(Path::toString).filter(file -> file.endsWith(".java")).toArray(String[]::new));
    }
  }

  private static String run(String tool, String... arguments) {
    var output = new StringWriter();
    var writer = new PrintWriter(output);
    int status = ToolProvider.findFirst(tool).orElseThrow().run(writer, writer, arguments);
    assertThat(status).as("%s: %s", tool, output).isZero();
    return output.toString();
  }
}
