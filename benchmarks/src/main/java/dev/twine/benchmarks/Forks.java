package dev.twine.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.CompilerHints;

/** Starts the JVMs that measure, and collects what they print. */
final class Forks {

  /**
   * A young generation so large that nothing gets old within a turn: a store into an old object
   * costs more, and would do so from some moment on only.
   */
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:+UseG1GC",
          "-Xms1g",
          "-Xmx1g",
          "-Xmn640m",
          "-XX:+AlwaysPreTouch",
          "--sun-misc-unsafe-memory-access=allow");

  private Forks() {}

  /** Measures a row in one more JVM. */
  static List<Sample> run(Plan plan, int number, Pace pace, List<String> flags)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command(plan, number, pace, flags))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Thread end = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(end);
    List<Sample> samples = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        samples.add(Sample.of(line));
      }
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException("the JVM that measured " + plan.name + " ended with " + status);
      }
    } finally {
      process.destroyForcibly();
      Runtime.getRuntime().removeShutdownHook(end);
    }
    return samples;
  }

  private static List<String> command(Plan plan, int number, Pace pace, List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(flags);
    CompilerHints.addCompilerHints(command); // as JMH does for its own forks
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Fork.class.getName()));
    for (Object argument :
        List.of(plan.name, number, pace.rounds(), pace.warmUp(), pace.settle(), pace.turn())) {
      command.add(argument.toString());
    }
    return command;
  }
}
