package dev.twine.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PausedChainTest {

  private static final List<String> AT_ONCE =
      List.of(
          "the first callback gets it",
          "the first one has been added",
          "the second callback gets it",
          "the second one has been added");

  private static final List<String> AFTERWARDS =
      List.of(
          "the first one has been added",
          "the second one has been added",
          "the first callback gets it",
          "the second callback gets it");

  private final List<String> lines = new ArrayList<>();

  @Test
  void eachCallbackIsCalledAsItIsAdded() {
    PausedChain.add(Deferred.succeed("it"), lines::add);

    assertThat(lines).isEqualTo(AT_ONCE);
  }

  @Test
  void whilePausedNoneIsCalledBeforeAllHaveBeenAdded() {
    PausedChain.addWhilePaused(Deferred.succeed("it"), lines::add);

    assertThat(lines).isEqualTo(AFTERWARDS);
  }

  @Test
  void oneThatHasNotFiredIsAsGoodAsPaused() {
    Deferred<String> deferred = new Deferred<>();
    PausedChain.add(deferred, lines::add);
    deferred.callback("it");

    assertThat(lines).isEqualTo(AFTERWARDS);
  }

  @Test
  void itIsUnpausedWhateverHappens() {
    Deferred<String> deferred = Deferred.succeed("it");

    assertThatThrownBy(
            () ->
                PausedChain.addWhilePaused(
                    deferred,
                    line -> {
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");

    deferred.consumeErrors(failure -> lines.add("goes on"));
    assertThat(lines).containsExactly("goes on");
  }

  @Test
  void theProgramShowsBoth() throws Exception {
    try (Child child = Child.start(PausedChain.class)) {
      Child.End end = child.end();

      assertThat(end.errors()).isEmpty();
      assertThat(end.lines())
          .hasSize(10)
          .startsWith("as it is:", "  the first callback gets the result")
          .endsWith("  the second callback gets the result");
      assertThat(end.status()).isZero();
    }
  }
}
