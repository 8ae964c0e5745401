package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DelayedCallsTest {

  private final AtomicLong now = new AtomicLong();
  private final List<String> said = new ArrayList<>();
  private int looks;
  private final DelayedCalls calls = new DelayedCalls(now::get, () -> looks++);

  private DelayedCall add(long nanos, String words) {
    return calls.add(Duration.ofNanos(nanos), () -> said.add(words));
  }

  private void makeDue() {
    for (Runnable due = calls.takeDue(); due != null; due = calls.takeDue()) {
      due.run();
    }
  }

  @Test
  void callsAreTakenInTheOrderOfTheirTimesAndThenOfTheirAddition() {
    add(2, "third");
    add(1, "first");
    add(1, "second");
    assertThat(calls.takeDue()).isNull();

    now.set(2);
    makeDue();

    assertThat(said).containsExactly("first", "second", "third");
  }

  @Test
  void anOverdueCallThatIsPutOffByNothingKeepsItsPlace() {
    DelayedCall first = add(5, "first");
    add(7, "second");
    now.set(20);

    first.delay(Duration.ZERO);
    makeDue();

    assertThat(said).containsExactly("first", "second");
  }

  @Test
  void whoWaitsIsToldOnlyOfWhatIsDueEarlier() {
    add(5, "");
    assertThat(looks).isEqualTo(1);
    DelayedCall later = add(6, "");
    assertThat(looks).isEqualTo(1);
    later.reset(Duration.ofNanos(4));
    assertThat(looks).isEqualTo(2);
    later.delay(Duration.ofNanos(4));
    assertThat(looks).isEqualTo(2);
    assertThat(calls.nextTime()).isEqualTo(5);
  }

  @Test
  void nothingIsLeftOfWhatWasCancelled() {
    DelayedCall call = add(5, "no");

    assertThat(call.cancel()).isTrue();
    assertThat(call.cancel()).isFalse();

    assertThat(calls.pending()).isEmpty();
    assertThat(calls.nextTime()).isEqualTo(Long.MAX_VALUE);
    assertThat(call.isActive()).isFalse();
    assertThat(call).hasToString("DelayedCall[done]");
    assertThatThrownBy(() -> call.reset(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void closingCancelsWhatThereIsAndTakesNothingMore() {
    DelayedCall call = add(5, "no");

    calls.close();

    assertThat(call.isActive()).isFalse();
    assertThat(add(0, "no")).isNull();
    makeDue();
    assertThat(said).isEmpty();
  }

  @Test
  void timesAreCutDown() {
    now.set(1);
    calls.add(Duration.ofDays(400_000), () -> said.add("no"));

    assertThat(calls.times()).containsExactly(Duration.ofNanos(Long.MAX_VALUE));
    assertThat(calls.takeDue()).isNull();
  }

  @Test
  void badInputIsRefused() {
    assertThatThrownBy(() -> add(-1, "no"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("negative");
    assertThatThrownBy(() -> calls.add(Duration.ZERO, null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> new DelayedCalls(null, () -> {}))
        .isInstanceOf(NullPointerException.class);
    DelayedCall call = add(1, "");
    assertThatThrownBy(() -> call.delay(Duration.ofNanos(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
