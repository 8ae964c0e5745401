package dev.twine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SampleTest {

  private static final Sample SAMPLE =
      new Sample("chain1", Variant.PLAIN, Subject.RXJAVA, 2, 7, 12.5, 1234.0625, 48, "thread");

  @Test
  void isALine() {
    assertThat(SAMPLE.line()).isEqualTo("chain1,plain,rxjava,2,7,12.5000,1234.0625,48.00,thread");
    assertThat(Sample.HEADER.split(",")).hasSameSizeAs(SAMPLE.line().split(","));
  }

  @Test
  void comesBackFromItsLine() {
    assertThat(Sample.of(SAMPLE.line())).isEqualTo(SAMPLE);
  }

  @Test
  void comesBackWithoutAnEngine() {
    Sample without = new Sample("chain1", Variant.PLAIN, Subject.RXJAVA, 2, 7, 12.5, 1234, 48, "");
    assertThat(Sample.of(without.line())).isEqualTo(without);
  }

  @Test
  void anotherLineIsRefused() {
    assertThatThrownBy(() -> Sample.of("# a word of the JVM's"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no sample: # a word of the JVM's");
  }
}
