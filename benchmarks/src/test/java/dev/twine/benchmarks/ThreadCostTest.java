package dev.twine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.IterationResultMetaData;
import org.openjdk.jmh.results.Result;

class ThreadCostTest {

  private static final int OPERATIONS = 1000;
  private static final double TICK_NANOS = 10e6;

  private static volatile byte[] sink = {};

  private static double score(String label) {
    IterationResult iteration =
        new IterationResult(null, null, new IterationResultMetaData(OPERATIONS, OPERATIONS));
    Collection<? extends Result<?>> results =
        new ThreadCost().afterIteration(null, null, iteration);
    return results.stream()
        .collect(Collectors.toMap(Result::getLabel, Result::getScore))
        .get(label);
  }

  private static void allocate() {
    for (int i = 0; i < OPERATIONS; i++) {
      sink = new byte[1000];
    }
  }

  @Test
  void bytesOfTheThreadForAnOperation() {
    ThreadCost.begin(null, false);
    allocate();
    ThreadCost.end(null);
    assertThat(score(ThreadCost.BYTES)).isBetween(1000.0, 1200.0);
    assertThat(sink).hasSize(1000);
  }

  @Test
  void bytesOfThePartnerCount() {
    Partner partner = new Partner();
    ThreadCost.begin(partner.thread(), false);
    partner.begin(ThreadCostTest::allocate);
    partner.await();
    ThreadCost.end(null);
    assertThat(score(ThreadCost.BYTES)).isBetween(1000.0, 1200.0);
    partner.begin(Partner.LEAVE);
  }

  @Test
  void bytesOfAllThreadsCount() {
    Partner partner = new Partner();
    ThreadCost.begin(null, true);
    partner.begin(ThreadCostTest::allocate);
    partner.await();
    ThreadCost.end(null);
    partner.begin(Partner.LEAVE);
    assertThat(score(ThreadCost.BYTES)).isGreaterThanOrEqualTo(1000.0);
  }

  @Test
  void whatWasKeptCountsIfThatIsTold() {
    ThreadCost.begin(null, true);
    allocate();
    ThreadCost.end(5L * OPERATIONS);
    assertThat(score(ThreadCost.BYTES)).isEqualTo(5);
  }

  @Test
  void timeOfTheThreadForAnOperation() {
    long before = System.nanoTime();
    ThreadCost.begin(null, false);
    allocate();
    ThreadCost.end(null);
    assertThat(score(ThreadCost.CPU) * OPERATIONS)
        .isPositive()
        .isLessThanOrEqualTo((double) (System.nanoTime() - before));
  }

  @Test
  void timeOfTheWholeProcessCountsWhatOthersDo() {
    Partner partner = new Partner();
    ThreadCost.begin(partner.thread(), true);
    partner.begin(ThreadCostTest::allocateForSomeTicks);
    partner.await();
    ThreadCost.end(null);
    partner.begin(Partner.LEAVE);
    assertThat(score(ThreadCost.CPU) * OPERATIONS).isGreaterThanOrEqualTo(TICK_NANOS);
  }

  /** The kernel counts the time of a process in ticks. */
  private static void allocateForSomeTicks() {
    long end = System.nanoTime() + (long) (5 * TICK_NANOS);
    while (System.nanoTime() - end < 0) {
      allocate();
    }
  }
}
