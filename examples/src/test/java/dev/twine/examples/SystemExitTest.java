package dev.twine.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code System.exit} never returns, wherever it is called, and the process must end all the same.
 */
class SystemExitTest {

  @ParameterizedTest
  @ValueSource(strings = {"in-the-reactor", "in-the-reactor platform-loop"})
  void inTheReactorItEndsTheProcessAndNobodyCleansUp(String arguments) throws Exception {
    try (Child child = Child.start(Exiting.class, arguments.split(" "))) {
      Child.End end = child.end();

      assertThat(end.errors()).isEmpty();
      assertThat(end.lines()).isEmpty();
      assertThat(end.status()).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"in-the-pool", "in-the-pool platform-loop", "in-the-pool virtual-pool"})
  void inTheReactorsPoolItHasTheProgramCleanUp(String arguments) throws Exception {
    try (Child child = Child.start(Exiting.class, arguments.split(" "))) {
      Child.End end = child.end();

      assertThat(end.errors()).isEmpty();
      assertThat(end.lines()).containsExactly("cancelled", "cleaned up");
      assertThat(end.status()).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"elsewhere", "elsewhere platform-loop"})
  void onAnyOtherThreadItHasTheProgramCleanUp(String arguments) throws Exception {
    try (Child child = Child.start(Exiting.class, arguments.split(" "))) {
      Child.End end = child.end();

      assertThat(end.errors()).isEmpty();
      assertThat(end.lines()).containsExactly("cancelled", "cleaned up");
      assertThat(end.status()).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"when-cancelled", "when-cancelled platform-loop"})
  void inTheCleanUpItselfItEndsTheProcessAfterASignal(String arguments) throws Exception {
    try (Child child = Child.start(Exiting.class, arguments.split(" "))) {
      assertThat(child.nextLine()).isEqualTo("ready");
      child.terminate();
      Child.End end = child.end();

      assertThat(end.errors()).isEmpty();
      assertThat(end.status()).isEqualTo(143);
    }
  }
}
