package dev.twine.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GreeterTest {

  @ParameterizedTest
  @ValueSource(classes = {Greeter.class, PlatformGreeter.class})
  void afterASuccessTheStatusIs0(Class<?> program) throws Exception {
    Child.End end = run(program, "greet");

    assertThat(end.errors()).isEmpty();
    assertThat(end.lines()).containsExactly("Good morning.");
    assertThat(end.status()).isZero();
  }

  @Test
  void afterAFailureTheStatusIs1AndItsTracebackIsOnStderr() throws Exception {
    Child.End end = run(Greeter.class, "fail");

    assertThat(end.errors())
        .startsWith("java.lang.IllegalStateException: nobody answers")
        .contains("\tat dev.twine.examples.Greeter.")
        .containsOnlyOnce("IllegalStateException");
    assertThat(end.lines()).containsExactly("Good morning.");
    assertThat(end.status()).isEqualTo(1);
  }

  @Test
  void anExitExceptionChoosesTheStatusAndNothingIsOnStderr() throws Exception {
    Child.End end = run(Greeter.class, "leave");

    assertThat(end.errors()).isEmpty();
    assertThat(end.lines()).containsExactly("Good morning.");
    assertThat(end.status()).isEqualTo(3);
  }

  @Test
  void aProgramThatStopsTheReactorItselfIsNotWaitedFor() throws Exception {
    Child.End end = run(Greeter.class, "stop");

    assertThat(end.errors()).isEmpty();
    assertThat(end.lines()).containsExactly("Good morning.");
    assertThat(end.status()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sing", "greet twice"})
  void otherArgumentsAreExplained(String arguments) throws Exception {
    Child.End end = run(Greeter.class, arguments.split(" "));

    assertThat(end.errors().lines()).containsExactly("usage: Greeter fail|greet|leave|serve|stop");
    assertThat(end.lines()).isEmpty();
    assertThat(end.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(classes = {Greeter.class, PlatformGreeter.class})
  void sigtermHasItCleanUpBeforeItEnds(Class<?> program) throws Exception {
    try (Child child = Child.start(program, "serve")) {
      assertThat(child.nextLine()).isEqualTo("ready");

      child.terminate();

      assertCleanedUp(child.end(), 143);
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Greeter.class, PlatformGreeter.class})
  void sigintHasItCleanUpBeforeItEnds(Class<?> program) throws Exception {
    try (Child child = Child.start(program, "serve")) {
      assertThat(child.nextLine()).isEqualTo("ready");

      child.interrupt();

      assertCleanedUp(child.end(), 130);
    }
  }

  private static Child.End run(Class<?> program, String... arguments) throws Exception {
    try (Child child = Child.start(program, arguments)) {
      return child.end();
    }
  }

  private static void assertCleanedUp(Child.End end, int status) {
    assertThat(end.errors()).isEmpty();
    assertThat(end.lines()).containsExactly("cancelled", "cleaned up");
    assertThat(end.status()).isEqualTo(status);
  }
}
