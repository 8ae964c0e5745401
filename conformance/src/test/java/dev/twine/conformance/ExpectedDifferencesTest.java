package dev.twine.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExpectedDifferencesTest {

  private static final ExpectedDifferences SHIPPED = ExpectedDifferences.shipped();

  @Test
  void exactlyFourScenariosWrittenByHandDiffer() throws IOException {
    assertThat(listedIn("hand.jsonl"))
        .containsExactlyInAnyOrder(
            "B030-self-pause-inside",
            "B051-stall",
            "B182-list-empty-oneCallback-never-fires",
            "B226-cancel-while-paused-then-finishes");
  }

  @Test
  void atMostNineteenOfTheQuirksDiffer() throws IOException {
    assertThat(listedIn("quirks.jsonl")).hasSizeLessThanOrEqualTo(19);
  }

  @Test
  void nothingElseDiffers() throws IOException {
    Set<String> listed = listedIn("hand.jsonl");
    listed.addAll(listedIn("quirks.jsonl"));
    assertThat(SHIPPED.reasons().keySet()).isEqualTo(listed);
  }

  @Test
  void whatHappensInsteadIsKnownForListedScenariosOnly() {
    assertThat(SHIPPED.reasons().keySet()).containsAll(SHIPPED.ours().keySet());
  }

  @Test
  void aScenarioNeedsADecisionAndOnlyOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExpectedDifferences.parse(List.of("  lost"), List.of()))
        .withMessageContaining("lost");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ExpectedDifferences.parse(List.of("One.", "  a", "Two.", "  a"), List.of()))
        .withMessageContaining("a second one");
  }

  private static Set<String> listedIn(String file) throws IOException {
    return ScenarioFile.read(ReplayCommand.shipped().resolve(file)).scenarios().stream()
        .map(Scenario::id)
        .filter(SHIPPED.reasons()::containsKey)
        .collect(Collectors.toSet());
  }
}
