package dev.twine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class RowTest {

  /** Rows times subjects times variants; more are welcome. */
  private static final int LEAST = 209;

  /** One benchmark of one row. */
  record Case(Class<? extends Row> row, Subject subject) {

    @Override
    public String toString() {
      return row.getCanonicalName().substring(row.getPackageName().length() + 1)
          + "."
          + subject.method;
    }
  }

  static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Plan plan : Plan.ALL) {
      for (Variant variant : Variant.values()) {
        Class<? extends Row> row = plan.row(variant);
        if (row != null) {
          plan.subjects().forEach(subject -> cases.add(new Case(row, subject)));
        }
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void doesItsJob(Case one) throws Exception {
    Row row = one.row().getConstructor().newInstance();
    Method benchmark = row.getClass().getMethod(one.subject().method);
    if (row instanceof Accompanied accompanied) {
      accompanied.meet();
    }
    row.start();
    benchmark.invoke(row);
    row.stop();
    if (row instanceof Accompanied accompanied) {
      accompanied.part();
    }
    assertThat(Steps.kept).isEqualTo(row.expected());
  }

  @Test
  void noBenchmarkIsLost() {
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(LEAST);
  }

  @Test
  void jmhKnowsEveryBenchmark() {
    List<String> known =
        BenchmarkList.defaultList()
            .getAll(
                OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
            .stream()
            .map(entry -> entry.getUsername().substring(Row.class.getPackageName().length() + 1))
            .toList();
    assertThat(known)
        .containsExactlyInAnyOrderElementsOf(cases().stream().map(Case::toString).toList());
  }

  /** A row that expects something else than what its callbacks do. */
  static final class Mistaken extends Chained {
    @Override
    int length() {
      return 2;
    }

    @Override
    int expected() {
      return 2;
    }
  }

  @Test
  void aWrongResultFails() {
    Mistaken row = new Mistaken();
    row.start();
    row.twine();
    assertThatThrownBy(row::stop)
        .isInstanceOf(AssertionError.class)
        .hasMessage("Mistaken: what the last callback got is 3, not 2");
  }

  @Test
  void aWrongObjectFails() {
    Chain1 row = new Chain1();
    row.start();
    row.twine();
    row.escape(row, new ChainFloor(7));
    assertThatThrownBy(row::stop)
        .isInstanceOf(AssertionError.class)
        .hasMessage("Chain1: the result is 7, not 2");
  }

  @Test
  void anObjectWithoutAResultFails() {
    Chain1 row = new Chain1();
    row.start();
    row.twine();
    row.escape(row, new dev.twine.Deferred<Integer>());
    assertThatThrownBy(row::stop).isInstanceOf(java.util.concurrent.TimeoutException.class);
  }

  @Test
  void aRowThatDidNothingFails() {
    Chain1 row = new Chain1();
    row.start();
    assertThatThrownBy(row::stop)
        .isInstanceOf(AssertionError.class)
        .hasMessage("Chain1: what the last callback got is 0, not 2");
  }

  @Test
  void plainObjectsAreNotKept() throws Exception {
    Chain1 row = new Chain1.Plain();
    row.start();
    row.twine();
    row.escape(row, "not looked at");
    row.stop();
    assertThat(row.escapes()).isFalse();
  }
}
