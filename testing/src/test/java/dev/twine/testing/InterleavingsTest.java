package dev.twine.testing;

import static dev.twine.testing.Results.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.twine.Deferred;
import dev.twine.sync.DeferredLock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * The canary is a lost update: two actors read a number in one task and write it, one more, in
 * another. In the order in which tasks are given, the second one begins when the first is done, so
 * it takes luck to see it.
 */
@LeavesNothingBehind
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class InterleavingsTest {

  private static final int SEEDS = 1_000;

  private static final class Counter {
    private final Executor executor;
    private int count;

    Counter(Executor executor) {
      this.executor = executor;
    }

    Deferred<Integer> increment() {
      return later().addCallback(a -> count).chainCallback(this::write);
    }

    private Deferred<Integer> write(int read) {
      return later().addCallback(a -> count = read + 1);
    }

    Deferred<String> later() {
      return Deferred.succeed("go").continueOn(executor);
    }
  }

  private static void unlocked(InterleavingScheduler scheduler) {
    incrementTwice(scheduler, scheduler::runAll);
  }

  private static void incrementTwice(Executor executor, Runnable runAll) {
    Counter counter = new Counter(executor);
    Deferred<Integer> one = counter.increment();
    Deferred<Integer> two = counter.later().chainCallback(a -> counter.increment());

    runAll.run();

    assertThat(List.of(successResultOf(one), successResultOf(two))).containsExactly(1, 2);
  }

  private static void locked(InterleavingScheduler scheduler) {
    Counter counter = new Counter(scheduler);
    DeferredLock lock = new DeferredLock();
    Deferred<Integer> one = lock.run(counter::increment);
    Deferred<Integer> two = counter.later().chainCallback(a -> lock.run(counter::increment));

    scheduler.runAll();

    assertThat(List.of(successResultOf(one), successResultOf(two))).containsExactly(1, 2);
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void inTheOrderInWhichTasksAreGivenNothingIsLost() {
    ManualExecutor executor = new ManualExecutor();

    assertThatCode(() -> incrementTwice(executor, executor::runAll)).doesNotThrowAnyException();
  }

  @Test
  void aLostUpdateIsFoundAndTheSeedInTheMessageFindsItAgain() {
    AssertionError found =
        catchThrowableOfType(
            AssertionError.class,
            () -> Interleavings.explore(0, SEEDS, InterleavingsTest::unlocked));
    long seed = seedIn(found.getMessage());

    AssertionError again =
        catchThrowableOfType(
            AssertionError.class, () -> Interleavings.replay(seed, InterleavingsTest::unlocked));

    assertThat(again.getMessage()).isEqualTo(found.getMessage());
    assertThat(again.getCause()).hasMessage(found.getCause().getMessage());
  }

  @Test
  void withALockNothingIsLost() {
    assertThatCode(() -> Interleavings.explore(0, SEEDS, InterleavingsTest::locked))
        .doesNotThrowAnyException();
  }

  @Test
  void someOrdersAreHarmless() {
    assertThatCode(() -> Interleavings.replay(harmlessSeed(), InterleavingsTest::unlocked))
        .doesNotThrowAnyException();
  }

  private static long harmlessSeed() {
    for (long seed = 0; seed < SEEDS; seed++) {
      try {
        unlocked(new InterleavingScheduler(seed));
        return seed;
      } catch (AssertionError lost) {
        assertThat(lost).hasMessageContaining("1");
      }
    }
    throw new AssertionError("every order loses an update");
  }

  @Test
  void everySeedIsTriedOnce() {
    List<InterleavingScheduler> seen = new ArrayList<>();

    Interleavings.explore(SEEDS, seen::add);

    assertThat(seen).hasSize(SEEDS).doesNotHaveDuplicates();
  }

  @Test
  void thePropertySaysWhereToBegin() {
    System.setProperty(Interleavings.SEED, "41");
    try {
      assertThatThrownBy(() -> Interleavings.explore(3, InterleavingsTest::broken))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("fails with seed 41: java.io.IOException: broken")
          .hasMessageContaining("Interleavings.replay(41L, ...)")
          .hasMessageContaining("-Ddev.twine.testing.seed=41")
          .hasCauseInstanceOf(IOException.class);
    } finally {
      System.clearProperty(Interleavings.SEED);
    }
  }

  private static void broken(InterleavingScheduler scheduler) throws IOException {
    throw new IOException("broken");
  }

  @Test
  void theLastSeedsThereAreCanBeTried() {
    List<InterleavingScheduler> seen = new ArrayList<>();

    Interleavings.explore(Long.MAX_VALUE, 2, seen::add);

    assertThat(seen).hasSize(2);
  }

  @Test
  void oneSeedIsTheLeast() {
    assertThatThrownBy(() -> Interleavings.explore(0, scheduler -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("at least one seed has to be tried, not 0");
  }

  private static long seedIn(String message) {
    Matcher matcher = Pattern.compile("replay\\((-?\\d+)L,").matcher(message);
    assertThat(matcher.find()).isTrue();
    return Long.parseLong(matcher.group(1));
  }
}
