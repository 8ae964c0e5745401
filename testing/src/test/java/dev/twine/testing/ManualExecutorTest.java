package dev.twine.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualExecutorTest {

  private final ManualExecutor executor = new ManualExecutor();
  private final List<String> ran = new ArrayList<>();

  @Test
  void nothingRunsUntilItIsTold() {
    executor.execute(() -> ran.add("a"));

    assertThat(ran).isEmpty();
    assertThat(executor.count()).isEqualTo(1);
  }

  @Test
  void runNextRunsTheOldest() {
    executor.execute(() -> ran.add("a"));
    executor.execute(() -> ran.add("b"));

    executor.runNext();

    assertThat(ran).containsExactly("a");
    assertThat(executor.count()).isEqualTo(1);
  }

  @Test
  void runNextNeedsATask() {
    assertThatThrownBy(executor::runNext)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("there is no task to run");
  }

  @Test
  void runAllRunsWhatComesMeanwhile() {
    executor.execute(() -> executor.execute(() -> ran.add("later")));
    executor.execute(() -> ran.add("a"));

    executor.runAll();

    assertThat(ran).containsExactly("a", "later");
    assertThat(executor.count()).isZero();
  }

  @Test
  void anExceptionLeavesAtOnceAndTheOthersStay() {
    IllegalStateException broken = new IllegalStateException("broken");
    executor.execute(
        () -> {
          throw broken;
        });
    executor.execute(() -> ran.add("b"));

    assertThatThrownBy(executor::runAll).isSameAs(broken);
    assertThat(ran).isEmpty();

    executor.runAll();
    assertThat(ran).containsExactly("b");
  }

  @Test
  void nullIsRefused() {
    assertThatThrownBy(() -> executor.execute(null)).isInstanceOf(NullPointerException.class);
  }
}
