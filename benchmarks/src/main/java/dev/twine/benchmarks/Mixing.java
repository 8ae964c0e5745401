package dev.twine.benchmarks;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * Runs all benchmarks of all rows in turn, a few times each, before anything is measured: so that
 * every call site of every subject has met all callbacks and all uses before it is compiled, as in
 * a program that uses its library everywhere. Without it a row would be measured with code that the
 * compiler has cut to that one row.
 *
 * <p>The rows with several threads are left out: their callbacks and uses are those of other rows,
 * and nobody but coroutines uses what coroutines do.
 */
final class Mixing {

  /** Enough for the last tier of the compiler. */
  private static final int ROUNDS = 200;

  /** Few, for many must have had their turn before anything is compiled for the first time. */
  private static final int CALLS = 10;

  private Mixing() {}

  static void run() throws Exception {
    List<Turn> turns = turns();
    for (int round = 0; round < ROUNDS; round++) {
      for (Turn turn : turns) {
        turn.run();
      }
    }
  }

  private static List<Turn> turns() throws ReflectiveOperationException {
    List<Turn> turns = new ArrayList<>();
    for (Plan plan : Plan.ALL) {
      for (Variant variant : Variant.values()) {
        Class<? extends Row> row = plan.row(variant);
        if (row != null && !Accompanied.class.isAssignableFrom(row)) {
          turns.addAll(turns(row.getConstructor().newInstance()));
        }
      }
    }
    return turns;
  }

  private static List<Turn> turns(Row row) {
    return Arrays.stream(row.getClass().getMethods())
        .filter(method -> method.isAnnotationPresent(Benchmark.class))
        .map(method -> new Turn(row, method))
        .toList();
  }

  private record Turn(Row row, Method benchmark) {

    void run() throws Exception {
      row.start();
      for (int call = 0; call < CALLS; call++) {
        benchmark.invoke(row);
      }
      row.stop();
    }
  }
}
