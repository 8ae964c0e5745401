package dev.twine.stress;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.CTestStructure;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.kotlinx.lincheck.execution.RandomExecutionGenerator;
import org.jetbrains.lincheck.datastructures.CTestConfiguration;
import org.jetbrains.lincheck.datastructures.RandomProvider;

/**
 * Those of Lincheck's random scenarios in which something can happen: what decides the outcome is
 * left to the threads, and when all are through, {@code end()} looks at everything.
 */
public final class LincheckScenarios extends RandomExecutionGenerator {

  private final LincheckRace race;
  private final Actor end;

  public LincheckScenarios(
      CTestConfiguration configuration, CTestStructure structure, RandomProvider random)
      throws NoSuchMethodException {
    super(configuration, structure, random);
    race = LincheckRace.of(configuration.getTestClass());
    end = new Actor(race.raced.getMethod("end"), List.of());
  }

  @Override
  public ExecutionScenario nextExecution() {
    LincheckCount.scenario();
    ExecutionScenario random = super.nextExecution();
    while (!isPromising(random)) {
      random = super.nextExecution();
    }
    List<Actor> after = new ArrayList<>(random.getPostExecution());
    after.add(end);
    return new ExecutionScenario(
        random.getInitExecution(),
        random.getParallelExecution(),
        after,
        random.getValidationFunction());
  }

  private boolean isPromising(ExecutionScenario scenario) {
    List<List<Actor>> threads = scenario.getParallelExecution();
    return names(scenario.getInitExecution()).allMatch(race.preparing::contains)
        && names(threads.get(0)).anyMatch(race.first::contains)
        && names(threads.get(1)).anyMatch(race.second::contains);
  }

  private static Stream<String> names(List<Actor> operations) {
    return operations.stream().map(operation -> operation.getMethod().getName());
  }
}
