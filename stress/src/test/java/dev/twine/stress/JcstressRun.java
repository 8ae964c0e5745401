package dev.twine.stress;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/**
 * jcstress in a process of its own, which starts a JVM for each race and each way to compile it. It
 * works in {@code target/jcstress/NAME}, where its output and its report stay.
 */
final class JcstressRun {

  /**
   * One JVM for each race and each kind of compiler. The heap is not touched beforehand, which
   * takes longer than the races do.
   */
  private static final List<String> OPTIONS =
      List.of(
          "-m", "quick", "-sc", "false", "-f", "1", "-fsm", "1", "-iters", "3", "-pth", "false");

  private final Path folder;
  private final String classPath;

  /**
   * A run.
   *
   * @param name of the folder
   * @param classPath where the races are, and the core
   */
  JcstressRun(String name, String classPath) {
    this.folder = Path.of("target", "jcstress", name).toAbsolutePath();
    this.classPath = classPath;
  }

  /**
   * Runs races, and waits for them.
   *
   * @param races the names of the classes
   * @param each how long each iteration takes
   * @param limit when the processes are ended, whatever they do
   * @param options more of them, for jcstress
   * @return what came out, in several pieces for each race
   */
  List<TestResult> results(
      Collection<String> races, Duration each, Duration limit, String... options) {
    try {
      Folders.make(folder);
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-cp", classPath, Main.class.getName()));
      command.addAll(List.of("-t", selector(races), "-r", "report"));
      command.addAll(List.of("-time", String.valueOf(each.toMillis())));
      command.addAll(OPTIONS);
      command.addAll(List.of(options));
      perform(command, limit);
      return read();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String selector(Collection<String> races) {
    return races.stream().map(Pattern::quote).collect(joining("|", "^(", ")$"));
  }

  private void perform(List<String> command, Duration limit) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output().toFile())
            .start();
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failure("jcstress was not through after " + limit.toSeconds() + " s");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failure("interrupted while jcstress ran");
    } finally {
      end(process);
    }
  }

  private static void end(Process process) {
    List<ProcessHandle> all =
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(each -> each.onExit().join());
  }

  /** It ends with an error also if a race has failed: what counts is what it has written down. */
  private List<TestResult> read() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      Path written =
          files
              .filter(file -> file.toString().endsWith(".bin.gz"))
              .findAny()
              .orElseThrow(() -> failure("jcstress has written no results"));
      InProcessCollector results = new InProcessCollector();
      DiskReadCollector reader = new DiskReadCollector(written.toString(), results);
      reader.dump();
      reader.close();
      return List.copyOf(results.getTestResults());
    } catch (ClassNotFoundException unreadable) {
      throw new IOException(unreadable);
    }
  }

  private Path output() {
    return folder.resolve("output.txt");
  }

  private AssertionError failure(String message) {
    return new AssertionError(message + "; its output is in " + output());
  }
}
