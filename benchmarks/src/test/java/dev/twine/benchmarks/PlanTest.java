package dev.twine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PlanTest {

  @Test
  void theRows() {
    assertThat(Plan.ALL)
        .extracting(plan -> plan.name)
        .containsExactly(
            "createFire",
            "chain1",
            "chain10",
            "chain100",
            "done10",
            "flat10",
            "flatPend10",
            "fail10",
            "throw10",
            "failIdle",
            "gather100",
            "cancel10",
            "loop200",
            "handoff",
            "race10");
  }

  @ParameterizedTest
  @FieldSource("dev.twine.benchmarks.Plan#ALL")
  void everybodyDoesTheJobOrHasAReason(Plan plan) {
    for (Subject subject : Subject.values()) {
      if (subject != Subject.PREPARED) {
        assertThat(plan.subjects().contains(subject))
            .as("%s in %s", subject, plan.name)
            .isEqualTo(plan.reason(subject) == null);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("dev.twine.benchmarks.Plan#ALL")
  void isFoundByItsName(Plan plan) {
    assertThat(Plan.named(plan.name)).containsSame(plan);
  }

  @Test
  void noRowOfThatName() {
    assertThat(Plan.named("chain2")).isEmpty();
  }

  @Test
  void twoThreadsHaveNothingPlain() {
    assertThat(Plan.ALL)
        .allSatisfy(
            plan ->
                assertThat(plan.row(Variant.PLAIN) == null)
                    .isEqualTo(TwoThreads.class.isAssignableFrom(plan.row(Variant.ESCAPING))));
  }
}
