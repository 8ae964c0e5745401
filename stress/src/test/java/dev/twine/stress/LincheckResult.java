package dev.twine.stress;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jetbrains.lincheck.LincheckAssertionError;

/**
 * What came of a {@link LincheckRun}.
 *
 * @param run the run
 * @param verdict what Lincheck says
 * @param scenarios how many scenarios there were
 * @param invocations how often what is raced was made anew, for one more invocation
 * @param time how long it took
 */
record LincheckResult(
    LincheckRun run, Verdict verdict, int scenarios, int invocations, Duration time) {

  enum Verdict {
    /** Every outcome was one that a single thread could have had, too. */
    CLEAN,
    /** An outcome was not. */
    INVALID_RESULTS,
    /** Anything else: an operation that hangs, an exception that none may throw. */
    BROKEN;

    static Verdict of(LincheckAssertionError failed) {
      return failed.getMessage().strip().startsWith("= Invalid execution results =")
          ? INVALID_RESULTS
          : BROKEN;
    }
  }

  private static final String MARK = "lincheck-result";

  /** A line that can be found among what else is printed. */
  @Override
  public String toString() {
    return String.join(
        " ",
        MARK,
        run.toString(),
        verdict.toString(),
        String.valueOf(scenarios),
        String.valueOf(invocations),
        time.toString());
  }

  /** The reverse, among the lines of an output. */
  static LincheckResult of(LincheckRun run, List<String> output) {
    return output.stream()
        .filter(line -> line.startsWith(MARK + " " + run + " "))
        .map(line -> line.split(" ", -1))
        .map(
            parts ->
                new LincheckResult(
                    run,
                    Verdict.valueOf(parts[2]),
                    Integer.parseInt(parts[3]),
                    Integer.parseInt(parts[4]),
                    Duration.parse(parts[5])))
        .findAny()
        .orElseThrow(() -> new AssertionError("no result of " + run));
  }

  /** A line of the table. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%-16s %-6s %d threads: %,d scenarios, %,d invocations in %.1f s: %s%n",
        run.race().raced.getSimpleName(),
        run.mode(),
        run.threads(),
        scenarios,
        invocations,
        time.toMillis() / 1_000.0,
        verdict);
  }
}
