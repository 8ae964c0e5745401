package dev.twine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AmountTest {

  private static Amount nanos(double median) {
    return new Amount(Subject.TWINE, Figure.CPU_TIME, new Quartiles(1, median, 3), 2.0);
  }

  @Test
  void hasItsUnit() {
    assertThat(nanos(1.5).line()).isEqualTo("twine 1.50 ns (1.00 .. 3.00), to reach 2.0: reached");
    assertThat(new Amount(Subject.TWINE, Figure.BYTES, new Quartiles(1, 1, 1), 1.0).text())
        .isEqualTo("twine 1.00 bytes (1.00 .. 1.00)");
  }

  @Test
  void fivePerCentMoreAreReachedTheSame() {
    assertThat(nanos(2.1).isReached()).isTrue();
    assertThat(nanos(2.11).isReached()).isFalse();
  }
}
