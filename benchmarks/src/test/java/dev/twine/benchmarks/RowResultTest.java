package dev.twine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowResultTest {

  private Plan plan = Plan.named("done10").orElseThrow();
  private String engine = "";
  private final List<Sample> samples = new ArrayList<>();

  private void measured(Variant variant, Subject subject, double... cpu) {
    for (int i = 0; i < cpu.length; i++) {
      samples.add(
          new Sample(
              plan.name, variant, subject, 1 + i / 2, 1 + i % 2, cpu[i], cpu[i] + 1, 24, engine));
    }
  }

  private RowResult result() {
    return new RowResult(plan, samples);
  }

  @Test
  void theMedianOfAllForks() {
    measured(Variant.ESCAPING, Subject.TWINE, 10, 40, 20);
    measured(Variant.PLAIN, Subject.TWINE, 1);
    assertThat(result().median(Variant.ESCAPING, Subject.TWINE, Sample::cpu)).isEqualTo(20);
    assertThat(result().median(Variant.ESCAPING, Subject.TWINE, Sample::wall)).isEqualTo(21);
    assertThat(result().median(Variant.PLAIN, Subject.TWINE, Sample::bytes)).isEqualTo(24);
    assertThat(result().median(Variant.PLAIN, Subject.FLOOR, Sample::cpu)).isNull();
  }

  @Test
  void theBestPeerIsNeitherOursNorTheFloor() {
    measured(Variant.ESCAPING, Subject.TWINE, 1);
    measured(Variant.ESCAPING, Subject.PREPARED, 1);
    measured(Variant.ESCAPING, Subject.FLOOR, 1);
    measured(Variant.ESCAPING, Subject.TRANE, 30);
    measured(Variant.ESCAPING, Subject.RXJAVA, 20);
    assertThat(result().bestPeer(Variant.ESCAPING)).contains(Subject.RXJAVA);
    assertThat(result().bestPeer(Variant.PLAIN)).isEmpty();
  }

  @Test
  void aRatioIsTheMedianOfThoseOfEachRound() {
    measured(Variant.ESCAPING, Subject.TWINE, 10, 30, 12);
    measured(Variant.ESCAPING, Subject.TRANE, 10, 20, 10); // the machine was slow in round 2
    assertThat(result().ratios(Variant.ESCAPING))
        .containsExactly(
            new Ratio(Subject.TWINE, Subject.TRANE, new Quartiles(1.1, 1.2, 1.35), 1.4));
  }

  @Test
  void onlyEscapingObjectsHaveSomethingToReach() {
    measured(Variant.PLAIN, Subject.PREPARED, 10);
    measured(Variant.PLAIN, Subject.TRANE, 10);
    measured(Variant.PLAIN, Subject.FLOOR, 5);
    assertThat(result().ratios(Variant.PLAIN))
        .containsExactly(
            new Ratio(Subject.PREPARED, Subject.TRANE, new Quartiles(1, 1, 1), null),
            new Ratio(Subject.PREPARED, Subject.FLOOR, new Quartiles(2, 2, 2), null));
  }

  @Test
  void samplesOfAnotherRowDoNotCount() {
    samples.add(new Sample("chain1", Variant.PLAIN, Subject.TWINE, 1, 1, 2, 2, 24, ""));
    assertThat(result().median(Variant.PLAIN, Subject.TWINE, Sample::cpu)).isNull();
  }

  private void aboutCoroutines(String row, String engine) {
    plan = Plan.named(row).orElseThrow();
    this.engine = engine;
    measured(Variant.ESCAPING, Subject.TWINE, 12);
    measured(Variant.ESCAPING, Subject.KOTLIN, 2);
    measured(Variant.ESCAPING, Subject.VIRTUAL_THREAD, 8);
  }

  @Test
  void theRatioToReachIsThatAgainstThePeerThatCounts() {
    aboutCoroutines("awaitReactor", "thread");
    assertThat(result().ratios(Variant.ESCAPING))
        .containsExactly(
            new Ratio(Subject.TWINE, Subject.VIRTUAL_THREAD, new Quartiles(1.5, 1.5, 1.5), 1.4),
            new Ratio(Subject.TWINE, Subject.KOTLIN, new Quartiles(6, 6, 6), null));
  }

  @Test
  void againstTheFloorNothingIsToReach() {
    measured(Variant.ESCAPING, Subject.TWINE, 10);
    measured(Variant.ESCAPING, Subject.FLOOR, 5);
    assertThat(result().ratios(Variant.ESCAPING))
        .containsExactly(new Ratio(Subject.TWINE, Subject.FLOOR, new Quartiles(2, 2, 2), null));
  }

  @Test
  void anEngineHasItsOwnRatioToReach() {
    aboutCoroutines("awaitReactor", InCoroutine.OWN_CARRIER);
    assertThat(result().ratios(Variant.ESCAPING))
        .extracting(Ratio::limit)
        .containsExactly(0.6, null);
  }

  @Test
  void theEngineStandsInTheTable() {
    aboutCoroutines("awaitVirtual", "thread");
    assertThat(result().lines()).contains("  coroutines on the engine: thread");
  }

  @Test
  void anAmountMayBeToReach() {
    aboutCoroutines("await", "thread");
    Quartiles rounds = new Quartiles(12, 12, 12);
    assertThat(result().amounts())
        .containsExactly(new Amount(Subject.TWINE, Figure.CPU_TIME, rounds, 2.0));
    assertThat(result().goals()).hasSameElementsAs(result().amounts());
    assertThat(result().lines())
        .contains("  escaping  twine 12.00 ns (12.00 .. 12.00), to reach 2.0: NOT REACHED");
  }

  @Test
  void whatIsComparedInBytesShowsNoTimes() {
    aboutCoroutines("suspended", "thread");
    assertThat(result().ratios(Variant.ESCAPING))
        .extracting(ratio -> ratio.rounds().median())
        .containsOnly(1.0);
    assertThat(result().lines())
        .contains(
            "  twine                             -        -     24               -        -      -",
            "  escaping  twine 24.00 bytes (24.00 .. 24.00), to reach 2000.0: reached");
  }

  @Test
  void theTable() {
    measured(Variant.ESCAPING, Subject.TWINE, 100, 120);
    measured(Variant.ESCAPING, Subject.PREPARED, 60, 60);
    measured(Variant.ESCAPING, Subject.TRANE, 50, 60);
    measured(Variant.ESCAPING, Subject.FLOOR, 50, 50);
    measured(Variant.PLAIN, Subject.TWINE, 1234.4);
    assertThat(result().lines())
        .containsExactly(
            "done10: 10 callbacks on a fired one",
            "                     escaping: CPU ns  wall ns  bytes     plain: CPU ns  wall ns "
                + " bytes",
            "  twine                        110.00   111.00     24            1234     1235     24",
            "  prepared                      60.00    61.00     24               -        -      -",
            "  completableFuture                 -        -      -               -        -      -",
            "  trane                         55.00    56.00     24               -        -      -",
            "  rxjava                            -        -      -               -        -      -",
            "  stumbleupon                       -        -      -               -        -      -",
            "  floor                         50.00    51.00     24               -        -      -",
            "  escaping  twine / trane 2.000 (2.000 .. 2.000), to reach 1.4: NOT REACHED",
            "  escaping  twine / floor 2.200 (2.100 .. 2.300)",
            "  escaping  prepared / trane 1.100 (1.050 .. 1.150), to reach 0.75: NOT REACHED",
            "  escaping  prepared / floor 1.200 (1.200 .. 1.200)");
  }

  @Test
  void whoCannotDoItSaysWhy() {
    assertThat(new RowResult(Plan.named("cancel10").orElseThrow(), List.of()).lines())
        .contains("  stumbleupon        -  can't be cancelled");
  }
}
