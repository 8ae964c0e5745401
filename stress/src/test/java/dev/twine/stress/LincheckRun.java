package dev.twine.stress;

import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import dev.twine.Deferred;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Options;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * One run of Lincheck: some scenarios, each invoked many times.
 *
 * @param race what is raced
 * @param mode how
 * @param threads how many threads there are
 * @param scenarios how many scenarios are made up
 * @param invocations how often each is invoked
 */
record LincheckRun(LincheckRace race, Mode mode, int threads, int scenarios, int invocations) {

  enum Mode {
    /** All threads run, as they happen to meet. */
    STRESS,
    /** One thread runs at a time, and Lincheck says where another one takes over. */
    MODEL
  }

  /** How many operations each thread calls. */
  private static final int PER_THREAD = 2;

  /** Nobody can come between two steps of these; so Lincheck has fewer places to try. */
  private static final String[] IMMUTABLE = {
    "dev.twine.AlreadyCalledException",
    "dev.twine.Cancelled",
    "dev.twine.Captured",
    "dev.twine.Debugging",
    "dev.twine.Failure",
    "dev.twine.Held",
    "dev.twine.Idle",
    "dev.twine.Mark",
    "dev.twine.OwnTurn",
    "dev.twine.Probes",
    "dev.twine.Turn",
    "dev.twine.Unhandled",
    "dev.twine.sync.Claimant",
    "dev.twine.sync.Limits",
    "dev.twine.stress.LincheckCount"
  };

  /** The main program of the JVM that Lincheck has for itself; see {@link LincheckProcess}. */
  public static void main(String[] runs) {
    Logger core = Logger.getLogger("dev.twine");
    core.setLevel(Level.OFF); // members fail, and nobody looks at them
    Deferred.fail(new Exception("starts the thread that reports failures")).consumeErrors(f -> {});
    for (String run : runs) {
      System.out.println(parse(run).result());
    }
    System.exit(0); // where an operation hangs, its thread is left
  }

  /** The reverse of {@link #toString}. */
  private static LincheckRun parse(String run) {
    String[] parts = run.split("-", -1);
    return new LincheckRun(
        LincheckRace.valueOf(parts[0]),
        Mode.valueOf(parts[1]),
        Integer.parseInt(parts[2]),
        Integer.parseInt(parts[3]),
        Integer.parseInt(parts[4]));
  }

  @Override
  public String toString() {
    return race + "-" + mode + "-" + threads + "-" + scenarios + "-" + invocations;
  }

  private LincheckResult result() {
    int scenariosBefore = LincheckCount.scenarios();
    int invocationsBefore = LincheckCount.invocations();
    long start = System.nanoTime();
    LincheckResult.Verdict verdict = verdict();
    return new LincheckResult(
        this,
        verdict,
        LincheckCount.scenarios() - scenariosBefore,
        LincheckCount.invocations() - invocationsBefore,
        Duration.ofNanos(System.nanoTime() - start));
  }

  private LincheckResult.Verdict verdict() {
    try {
      switch (mode) {
        case STRESS -> check(new StressOptions());
        case MODEL ->
            check(
                new ModelCheckingOptions()
                    .addGuarantee(forClasses(race.raced.getName()).methods("last").ignore())
                    .addGuarantee(forClasses(IMMUTABLE).allMethods().ignore()));
      }
      return LincheckResult.Verdict.CLEAN;
    } catch (LincheckAssertionError failed) {
      System.out.println(failed.getMessage());
      return LincheckResult.Verdict.of(failed);
    }
  }

  private <O extends Options<O, ?>> void check(O options) {
    options
        .threads(threads)
        .iterations(scenarios)
        .invocationsPerIteration(invocations)
        .actorsBefore(race.before)
        .actorsPerThread(PER_THREAD)
        .actorsAfter(0)
        .executionGenerator(LincheckScenarios.class)
        .sequentialSpecification(race.plain)
        .minimizeFailedScenario(false)
        .check(race.raced);
  }
}
