package dev.twine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessStartTest {

  private final ProcessStart start = new ProcessStart("boot 1", 42);

  @Test
  void theSameStartDoesNotDiffer() {
    assertThat(start.surelyDiffersFrom(new ProcessStart("boot 1", 42))).isFalse();
    assertThat(ProcessStart.at(42).surelyDiffersFrom(ProcessStart.at(42))).isFalse();
  }

  @Test
  void anotherTimeDiffers() {
    assertThat(start.surelyDiffersFrom(new ProcessStart("boot 1", 43))).isTrue();
    assertThat(ProcessStart.at(42).surelyDiffersFrom(ProcessStart.at(43))).isTrue();
  }

  @Test
  void theSameTickOfAnotherBootDiffers() {
    assertThat(start.surelyDiffersFrom(new ProcessStart("boot 2", 42))).isTrue();
  }

  @Test
  void ticksAndTimesOfDayCannotBeCompared() {
    assertThat(start.surelyDiffersFrom(ProcessStart.at(43))).isFalse();
    assertThat(ProcessStart.at(43).surelyDiffersFrom(start)).isFalse();
  }
}
