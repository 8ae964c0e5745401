package dev.twine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RatioTest {

  @Test
  void withinFivePercentIsReached() {
    assertThat(ratio(0.945, 0.9).isReached()).isTrue();
    assertThat(ratio(0.9, 0.9).isReached()).isTrue();
    assertThat(ratio(0.1, 0.9).isReached()).isTrue();
  }

  @Test
  void moreIsNot() {
    assertThat(ratio(0.946, 0.9).isReached()).isFalse();
  }

  @Test
  void nothingToReach() {
    assertThat(ratio(9, null).isReached()).isTrue();
    assertThat(ratio(9, null).line()).isEqualTo("twine / trane 9.000 (8.900 .. 9.200)");
  }

  @Test
  void theLineSaysWhetherItIsReached() {
    assertThat(ratio(0.8, 0.9).line())
        .isEqualTo("twine / trane 0.800 (0.700 .. 1.000), to reach 0.9: reached");
    assertThat(ratio(1, 0.9).line())
        .isEqualTo("twine / trane 1.000 (0.900 .. 1.200), to reach 0.9: NOT REACHED");
  }

  private static Ratio ratio(double median, Double limit) {
    return new Ratio(
        Subject.TWINE, Subject.TRANE, new Quartiles(median - 0.1, median, median + 0.2), limit);
  }
}
