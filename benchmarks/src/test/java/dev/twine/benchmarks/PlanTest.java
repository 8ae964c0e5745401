package dev.twine.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PlanTest {

  private static final EnumSet<Subject> OF_SOME_ROWS =
      EnumSet.of(
          Subject.PREPARED,
          Subject.SEMAPHORE,
          Subject.QUEUED,
          Subject.BARE,
          Subject.EXECUTOR,
          Subject.INLINE_CALLBACKS,
          Subject.VIRTUAL_THREAD,
          Subject.KOTLIN);

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
            "race10",
            "lockAlone",
            "lockWaiter",
            "later",
            "toThread",
            "await",
            "awaitVirtual",
            "awaitReactor",
            "awaitPlatform",
            "startVirtual",
            "startPlatform",
            "concurrent1000",
            "suspended");
  }

  @ParameterizedTest
  @FieldSource("dev.twine.benchmarks.Plan#ALL")
  void everybodyDoesTheJobOrHasAReason(Plan plan) {
    for (Subject subject : EnumSet.complementOf(OF_SOME_ROWS)) {
      if (!isAboutLocks(plan) && !isAboutReactors(plan) && !plan.isAboutCoroutines()) {
        assertThat(plan.subjects().contains(subject))
            .as("%s in %s", subject, plan.name)
            .isEqualTo(plan.reason(subject) == null);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("dev.twine.benchmarks.Plan#ALL")
  void locksAreComparedWithABareDeferred(Plan plan) {
    assertThat(plan.subjects().contains(Subject.BARE)).isEqualTo(isAboutLocks(plan));
  }

  private static boolean isAboutReactors(Plan plan) {
    return InReactor.class.isAssignableFrom(plan.escaping);
  }

  @Test
  void aReactorIsComparedWithWhatTheJdkHas() {
    assertThat(Plan.named("later").orElseThrow().subjects())
        .containsExactly(Subject.TWINE, Subject.EXECUTOR);
    assertThat(Plan.named("toThread").orElseThrow().subjects())
        .containsExactly(Subject.TWINE, Subject.COMPLETABLE_FUTURE);
  }

  @ParameterizedTest
  @FieldSource("dev.twine.benchmarks.Plan#ALL")
  void coroutinesAreComparedWithVirtualThreadsAndKotlin(Plan plan) {
    assertThat(plan.against().filter(Subject.VIRTUAL_THREAD::equals).isPresent())
        .isEqualTo(plan.isAboutCoroutines());
    for (Subject subject : List.of(Subject.VIRTUAL_THREAD, Subject.KOTLIN)) {
      assertThat(plan.subjects().contains(subject)).isEqualTo(plan.isAboutCoroutines());
    }
  }

  private static boolean isAboutLocks(Plan plan) {
    return LockRow.class.isAssignableFrom(plan.escaping);
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
  void severalThreadsHaveNothingPlain() {
    assertThat(Plan.ALL)
        .allSatisfy(
            plan ->
                assertThat(plan.row(Variant.PLAIN) == null)
                    .isEqualTo(Accompanied.class.isAssignableFrom(plan.row(Variant.ESCAPING))));
  }
}
