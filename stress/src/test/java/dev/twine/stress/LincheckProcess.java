package dev.twine.stress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM for some runs of Lincheck, which changes the classes of the JVM that it runs in. What it
 * prints stays in {@code target/lincheck/NAME.txt}.
 */
final class LincheckProcess {

  /** Lincheck attaches itself to its own JVM. */
  private static final List<String> OPTIONS =
      List.of("-XX:+EnableDynamicAgentLoading", "-XX:+UseSerialGC", "-Xmx1g");

  /**
   * What Lincheck does there between two steps is so much, and changes so often, that the better
   * compiler takes more time than it saves.
   */
  private static final String OPTION_OF_MODEL = "-XX:TieredStopAtLevel=1";

  private final List<LincheckRun> runs;
  private final Path output;
  private final Process process;

  private LincheckProcess(List<LincheckRun> runs, Path output, Process process) {
    this.runs = runs;
    this.output = output;
    this.process = process;
  }

  /**
   * Starts some runs, which come one after the other.
   *
   * @param name of the output
   * @param classPath where the races are, and the core
   * @param runs the runs
   */
  static LincheckProcess start(String name, String classPath, List<LincheckRun> runs) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    if (runs.stream().allMatch(run -> run.mode() == LincheckRun.Mode.MODEL)) {
      command.add(OPTION_OF_MODEL);
    }
    command.addAll(List.of("-cp", classPath, LincheckRun.class.getName()));
    runs.forEach(run -> command.add(run.toString()));
    try {
      Path output = Files.createDirectories(Path.of("target", "lincheck")).resolve(name + ".txt");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectErrorStream(true).redirectOutput(output.toFile());
      return new LincheckProcess(runs, output, builder.start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Waits for the results, but not longer than this. */
  List<LincheckResult> results(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw failure("Lincheck was not through after " + limit.toSeconds() + " s");
      }
      if (process.exitValue() != 0) {
        throw failure("Lincheck has crashed");
      }
      List<String> lines = Files.readAllLines(output);
      return runs.stream().map(run -> LincheckResult.of(run, lines)).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failure("interrupted while Lincheck ran");
    } finally {
      end();
    }
  }

  /** Ends it, if it has not ended by itself. */
  void end() {
    process.destroyForcibly().onExit().join();
  }

  private AssertionError failure(String message) {
    return new AssertionError(message + "; its output is in " + output);
  }
}
