package dev.twine.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/**
 * The program {@code benchmarks/run}: measures rows, prints the table, and writes every sample to a
 * file.
 *
 * <p>The exit status is 0 if everything was measured, whatever the figures are; 1 if a benchmark
 * gave a wrong result or a JVM failed; 2 if there is no such row.
 */
@Command(
    name = "benchmarks/run",
    description = "Measures what a Deferred costs, beside its peers and a hand-written floor.",
    descriptionHeading = "%n",
    parameterListHeading = "%n",
    optionListHeading = "%n")
public final class BenchmarkCommand {

  static final int MEASURED = 0;
  static final int FAILED = 1;
  static final int BAD_USAGE = 2;

  /** How a row is measured in one more JVM. */
  @FunctionalInterface
  interface Measuring {
    List<Sample> run(Plan plan, int fork, Pace pace, List<String> flags)
        throws IOException, InterruptedException;
  }

  @Parameters(paramLabel = "ROW", description = "A row to measure; all, if none is named.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = "--quick",
      description = "All rows within 12 minutes; without it they take about 40 minutes.")
  private boolean quick;

  @Option(
      names = "--jvm",
      paramLabel = "FLAG",
      description = "A flag for the JVMs that measure, such as --jvm=-Xint; may be repeated.")
  private List<String> flags = new ArrayList<>();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli sets it and tells us that it was set
  private boolean help;

  private final Measuring measuring;
  private final Path file;
  private final PrintStream out;

  private BenchmarkCommand(Measuring measuring, Path file, PrintStream out) {
    this.measuring = measuring;
    this.file = file;
    this.out = out;
  }

  /**
   * Runs the program and ends the process with its exit status.
   *
   * @param arguments the file for the samples, then the command line
   * @throws InterruptedException never, as nobody interrupts the main thread
   */
  public static void main(String... arguments) throws InterruptedException {
    List<String> rest = List.of(arguments).subList(1, arguments.length);
    System.exit(run(Forks::run, Path.of(arguments[0]), rest, System.out, System.err));
  }

  /** Does what the command line says; returns the exit status. */
  static int run(
      Measuring measuring, Path file, List<String> arguments, PrintStream out, PrintStream err)
      throws InterruptedException {
    BenchmarkCommand command = new BenchmarkCommand(measuring, file, out);
    CommandLine line = new CommandLine(command);
    line.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
    try {
      if (line.parseArgs(arguments.toArray(new String[0])).isUsageHelpRequested()) {
        line.usage(out);
        out.println("\nThe rows: " + names(Plan.ALL));
        return MEASURED;
      }
      command.measure(command.plans());
      return MEASURED;
    } catch (ParameterException | IllegalArgumentException mistake) {
      err.println("benchmarks/run: " + mistake.getMessage());
      err.println("See: benchmarks/run --help");
      return BAD_USAGE;
    } catch (IOException broken) {
      err.println("benchmarks/run: " + broken.getMessage());
      return FAILED;
    }
  }

  private List<Plan> plans() {
    List<Plan> plans = new ArrayList<>();
    for (String name : names) {
      plans.add(
          Plan.named(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "there is no row '" + name + "'; the rows are " + names(Plan.ALL))));
    }
    return plans.isEmpty() ? Plan.ALL : plans;
  }

  private static String names(List<Plan> plans) {
    return plans.stream().map(plan -> plan.name).collect(Collectors.joining(" "));
  }

  private void measure(List<Plan> plans) throws IOException, InterruptedException {
    Pace pace = quick ? Pace.QUICK : Pace.FULL;
    out.println(Machine.description());
    out.println(pace.description());
    if (!flags.isEmpty()) {
      out.println("JVM flags: " + String.join(" ", flags));
    }
    write(List.of(Sample.HEADER), StandardOpenOption.TRUNCATE_EXISTING);
    List<RowResult> results = new ArrayList<>();
    for (Plan plan : plans) {
      List<Sample> samples = new ArrayList<>();
      for (int fork = 1; fork <= pace.forks(); fork++) {
        samples.addAll(measuring.run(plan, fork, pace, flags));
      }
      write(samples.stream().map(Sample::line).toList(), StandardOpenOption.APPEND);
      RowResult result = new RowResult(plan, samples);
      out.println();
      result.lines().forEach(out::println);
      results.add(result);
    }
    out.println();
    summary(results).forEach(out::println);
    out.println("Every sample is in " + file);
  }

  private void write(List<String> lines, StandardOpenOption how) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines, StandardOpenOption.CREATE, how);
  }

  /** What was to be reached, in a few lines. */
  private static List<String> summary(List<RowResult> results) {
    List<String> lines = new ArrayList<>();
    int reached = 0;
    int all = 0;
    for (RowResult result : results) {
      for (Goal goal : result.goals()) {
        all++;
        reached += goal.isReached() ? 1 : 0;
        if (!goal.isReached()) {
          lines.add("  " + result.name() + ": " + goal.line());
        }
      }
    }
    lines.add(0, reached + " of " + all + " goals reached" + (lines.isEmpty() ? "." : "; not:"));
    return lines;
  }
}
