package dev.twine.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A JVM that measures one row: all its subjects, in turn.
 *
 * <p>A machine is faster now and slower then, and a ratio is worth something only if both times
 * were taken right after each other. JMH alone gives each benchmark its own JVM and all its time at
 * once. Here all subjects of a row share a JVM (several JVMs, one after the other, since each
 * compiles a little differently), and each turn is a run of JMH's in that JVM: its loop, its
 * warm-up, its black holes, one short iteration. Rounds go forwards and backwards alternately, so
 * that nobody always comes first.
 *
 * <p>What speaks against sharing a JVM is that a benchmark is compiled with what others did before
 * it. Here that is wanted, and the same for all: {@link Mixing} comes first, and then every subject
 * is warmed up before the first one is measured.
 */
final class Fork {

  private final Plan plan;
  private final int number;
  private final Pace pace;

  private Fork(Plan plan, int number, Pace pace) {
    this.plan = plan;
    this.number = number;
    this.pace = pace;
  }

  /** Arguments as {@link Forks} gives them; prints a line for each sample. */
  public static void main(String[] arguments) throws Exception {
    Pace pace =
        new Pace(
            1,
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4]),
            Integer.parseInt(arguments[5]));
    new Fork(Plan.named(arguments[0]).orElseThrow(), Integer.parseInt(arguments[1]), pace).run();
  }

  private void run() throws Exception {
    Mixing.run();
    List<Turn> turns = turns();
    for (Turn turn : turns) {
      turn.take(0, pace.warmUp());
    }
    for (int round = 1; round <= pace.rounds(); round++) {
      for (Turn turn : turns) {
        System.out.println(turn.take(round, length()).line());
      }
      Collections.reverse(turns);
    }
  }

  private int length() {
    return plan.isAboutCoroutines() ? pace.longTurn() : pace.turn();
  }

  private List<Turn> turns() {
    List<Turn> turns = new ArrayList<>();
    for (Variant variant : Variant.values()) {
      Class<? extends Row> row = plan.row(variant);
      if (row != null) {
        for (Subject subject : plan.subjects()) {
          turns.add(new Turn(variant, subject, row.getCanonicalName() + "." + subject.method));
        }
      }
    }
    return turns;
  }

  /** One benchmark, which is measured again and again. */
  private final class Turn {

    private final Variant variant;
    private final Subject subject;
    private final String benchmark;

    Turn(Variant variant, Subject subject, String benchmark) {
      this.variant = variant;
      this.subject = subject;
      this.benchmark = benchmark;
    }

    Sample take(int round, int millis) throws RunnerException {
      Options options =
          new OptionsBuilder()
              .include("^" + Pattern.quote(benchmark) + "$")
              .forks(0)
              .warmupIterations(1)
              .warmupTime(TimeValue.milliseconds(pace.settle()))
              .measurementIterations(1)
              .measurementTime(TimeValue.milliseconds(millis))
              .addProfiler(ThreadCost.class)
              .shouldFailOnError(true)
              .verbosity(VerboseMode.SILENT)
              .build();
      RunResult result = new Runner(options).runSingle();
      return new Sample(
          plan.name,
          variant,
          subject,
          number,
          round,
          score(result, ThreadCost.CPU),
          result.getPrimaryResult().getScore(),
          score(result, ThreadCost.BYTES),
          engine());
    }

    private String engine() {
      return plan.isAboutCoroutines() ? InCoroutine.engineName() : "";
    }

    private double score(RunResult result, String profiled) {
      return Objects.requireNonNull(result.getSecondaryResults().get(profiled)).getScore();
    }
  }
}
