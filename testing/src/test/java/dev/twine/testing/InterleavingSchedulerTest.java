package dev.twine.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.DelayedCall;
import dev.twine.time.LoopingCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@LeavesNothingBehind
class InterleavingSchedulerTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

  private final InterleavingScheduler scheduler = new InterleavingScheduler(0);
  private final List<String> ran = new ArrayList<>();

  private Runnable task(String name) {
    return () -> ran.add(name);
  }

  /** What 200 seeds make of a scenario. */
  private static Set<List<String>> orders(Function<InterleavingScheduler, List<String>> scenario) {
    Set<List<String>> orders = new HashSet<>();
    LongStream.range(0, 200)
        .mapToObj(InterleavingScheduler::new)
        .forEach(each -> orders.add(scenario.apply(each)));
    return orders;
  }

  private static List<String> threeTasks(InterleavingScheduler scheduler) {
    List<String> ran = new ArrayList<>();
    for (String name : List.of("a", "b", "c")) {
      scheduler.execute(() -> ran.add(name));
    }
    scheduler.runAll();
    return ran;
  }

  @Test
  void nothingRunsUntilItIsTold() {
    scheduler.execute(task("a"));
    assertThat(ran).isEmpty();

    assertThat(scheduler.runNext()).isTrue();
    assertThat(scheduler.runNext()).isFalse();
    assertThat(ran).containsExactly("a");
  }

  @Test
  void everyOrderOfTasksIsFound() {
    assertThat(orders(InterleavingSchedulerTest::threeTasks)).hasSize(6);
  }

  @Test
  void theSameSeedGivesTheSameOrder() {
    for (long seed = 0; seed < 20; seed++) {
      assertThat(threeTasks(new InterleavingScheduler(seed)))
          .isEqualTo(threeTasks(new InterleavingScheduler(seed)));
    }
  }

  @Test
  void whatComesMeanwhileRunsToo() {
    scheduler.execute(() -> scheduler.execute(task("later")));

    scheduler.runAll();

    assertThat(ran).containsExactly("later");
  }

  @Test
  void anExecutorInOrderKeepsItsOrderBetweenOthers() {
    Set<List<String>> orders =
        orders(
            each -> {
              List<String> ran = new ArrayList<>();
              Executor lane = each.inOrder();
              lane.execute(
                  () -> {
                    ran.add("1");
                    lane.execute(() -> ran.add("3"));
                  });
              lane.execute(() -> ran.add("2"));
              each.execute(() -> ran.add("x"));
              each.runAll();
              return ran;
            });

    assertThat(orders)
        .containsExactlyInAnyOrder(
            List.of("x", "1", "2", "3"),
            List.of("1", "x", "2", "3"),
            List.of("1", "2", "x", "3"),
            List.of("1", "2", "3", "x"));
  }

  @Test
  void theTimeMovesWhenNothingElseIsReady() {
    scheduler.callLater(SECOND, () -> ran.add("call at " + scheduler.now()));
    scheduler.execute(() -> ran.add("task at " + scheduler.now()));

    scheduler.runAll();

    assertThat(ran).containsExactly("task at PT0S", "call at PT1S");
    assertThat(scheduler.now()).isEqualTo(SECOND);
  }

  @Test
  void delayedCallsKeepTheirOrder() {
    assertThat(
            orders(
                each -> {
                  List<String> ran = new ArrayList<>();
                  each.callLater(SECOND, () -> ran.add("b"));
                  each.callLater(SECOND, () -> ran.add("c"));
                  each.callLater(Duration.ZERO, () -> ran.add("a"));
                  each.runAll();
                  return ran;
                }))
        .containsExactly(List.of("a", "b", "c"));
  }

  @Test
  void aDueCallAndATaskMayGoEitherWay() {
    assertThat(
            orders(
                each -> {
                  List<String> ran = new ArrayList<>();
                  each.execute(() -> ran.add("task"));
                  each.callLater(Duration.ZERO, () -> ran.add("call"));
                  each.runAll();
                  return ran;
                }))
        .hasSize(2);
  }

  @Test
  void aCallCanBeCancelledOnce() {
    DelayedCall call = scheduler.callLater(SECOND, task("a"));
    assertThat(call.isActive()).isTrue();
    assertThat(call).hasToString("DelayedCall[due PT1S]");

    assertThat(call.cancel()).isTrue();
    assertThat(call.cancel()).isFalse();

    assertThat(call.isActive()).isFalse();
    assertThat(call).hasToString("DelayedCall[done]");
    assertThat(scheduler.runNext()).isFalse();
  }

  @Test
  void aCallCanBeMoved() {
    DelayedCall moved = scheduler.callLater(Duration.ZERO, task("moved"));
    scheduler.callLater(SECOND, task("first"));
    moved.delay(SECOND);
    moved.delay(SECOND);
    scheduler.runNext();
    assertThat(scheduler.now()).isEqualTo(SECOND);
    moved.reset(Duration.ZERO);

    scheduler.runAll();

    assertThat(ran).containsExactly("first", "moved");
    assertThat(scheduler.now()).isEqualTo(SECOND);
    assertThatThrownBy(() -> moved.reset(SECOND)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> moved.delay(SECOND)).isInstanceOf(IllegalStateException.class);
    assertThat(moved.cancel()).isFalse();
  }

  @Test
  void aDelayBeyondAllCountingIsCutDown() {
    DelayedCall call = scheduler.callLater(FOR_EVER, task("at the end"));
    call.delay(FOR_EVER);

    scheduler.runAll();

    assertThat(scheduler.now()).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
  }

  @Test
  void aDelayIsNotNegative() {
    assertThatThrownBy(() -> scheduler.callLater(SECOND.negated(), task("a")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anExceptionLeavesAtOnceAndTheOthersStay() {
    IllegalStateException broken = new IllegalStateException("broken");
    Executor lane = scheduler.inOrder();
    lane.execute(
        () -> {
          throw broken;
        });
    lane.execute(task("b"));

    assertThatThrownBy(scheduler::runAll).isSameAs(broken);
    scheduler.runAll();

    assertThat(ran).containsExactly("b");
  }

  @Test
  void whatHasNoEndIsFound() {
    LoopingCall loop = new LoopingCall(scheduler, () -> {});
    var ended = loop.start(SECOND);

    assertThatThrownBy(scheduler::runAll)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a hundred thousand tasks");

    loop.stop();
    assertThat(Results.successResultOf(ended)).isSameAs(loop);
  }
}
