package dev.twine.time;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.successResultOf;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import dev.twine.DelayedCall;
import dev.twine.DelayedCalls;
import dev.twine.OtherThread;
import dev.twine.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CooperatorTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualClock clock = new ManualClock();

  /** Makes one step in each second. */
  private final Cooperator slow = oneStepASecond().build();

  private final HandScheduler hand = new HandScheduler();
  private final Cooperator byHand = new Cooperator(hand);
  private final List<String> made = new ArrayList<>();
  private final RuntimeException boom = new RejectedExecutionException("boom");

  @Nested
  class Ticks {

    @Test
    void aTickEndsWithTheFirstStepThatEndsTenMillisecondsAfterItsBeginning() {
      byHand.cooperate(taking("a", Duration.ofNanos(3_333_333), 9));

      hand.turn();
      assertThat(made).containsExactly("a0", "a1", "a2", "a3");

      hand.turn();
      assertThat(made).hasSize(8);
    }

    @Test
    void tenMillisecondsSharpAreEnough() {
      byHand.cooperate(taking("a", Duration.ofMillis(5), 9));

      hand.turn();

      assertThat(made).containsExactly("a0", "a1");
    }

    @Test
    void theNextTickComesAsSoonAsTheSchedulerCan() {
      hand.delay = SECOND;

      byHand.cooperate(work("a").steps(1));

      assertThat(hand.delay).isZero();
    }

    @Test
    void withAStandingClockATickGoesOnUntilNoTaskIsLeft() {
      Deferred<Work> done = new Cooperator(clock).coiterate(work("a").steps(1_000));

      clock.advance(Duration.ZERO);

      assertThat(made).hasSize(1_000);
      assertThat(successResultOf(done)).isNotNull();
    }

    @Test
    void theDelayIsThatToTheFirstTickAndFromTheEndOfOneToTheNext() {
      oneStepASecond().build().cooperate(taking("a", Duration.ZERO, 3));
      assertThat(clock.dueTimes()).containsExactly(SECOND);

      clock.advance(Duration.ofSeconds(5));

      assertThat(made).containsExactly("a0");
      assertThat(clock.dueTimes()).containsExactly(Duration.ofSeconds(6));
    }

    @Test
    void whatEndsATickIsMadeForEveryTickAndAskedAfterEveryStep() {
      AtomicInteger ticks = new AtomicInteger();
      List<Integer> asked = new ArrayList<>();
      Cooperator two =
          Cooperator.builder(hand)
              .tickEnds(
                  () -> {
                    int tick = ticks.incrementAndGet();
                    AtomicInteger steps = new AtomicInteger();
                    return () -> {
                      asked.add(tick);
                      return steps.incrementAndGet() == 2;
                    };
                  })
              .build();
      two.cooperate(work("a").steps(4));
      assertThat(ticks).hasValue(0);

      hand.turn();
      assertThat(made).containsExactly("a0", "a1");
      hand.turn();
      hand.turn();

      assertThat(made).containsExactly("a0", "a1", "a2", "a3");
      assertThat(asked).containsExactly(1, 1, 2, 2, 3);
    }

    @Test
    void tasksTakeTurns() {
      slow.cooperate(work("a").steps(2));
      slow.cooperate(work("b").steps(2));

      seconds(4);

      assertThat(made).containsExactly("a0", "b0", "a1", "b1");
    }

    @Test
    void theTasksOfOneTickTakeTurnsToo() {
      byHand.cooperate(work("a").steps(2));
      byHand.cooperate(work("b").steps(2));

      hand.turn();

      assertThat(made).containsExactly("a0", "b0", "a1", "b1");
    }

    /** What Twisted 22.4 does with the same tasks. */
    @Test
    void theEndOfATaskCostsOneBehindItOneTurn() {
      slow.cooperate(work("a").steps(1));
      slow.cooperate(work("b").steps(3));
      slow.cooperate(work("c").steps(3));

      seconds(8);

      assertThat(made).containsExactly("a0", "b0", "c0", "c1", "b1", "c2", "b2");
    }

    @Test
    void withoutATaskThereIsNoTick() {
      slow.start();

      assertThat(clock.pendingCalls()).isEmpty();
    }

    @Test
    void severalTasksShareOneTick() {
      slow.cooperate(work("a").steps(1));
      seconds(1);
      slow.cooperate(work("b").steps(1));

      assertThat(clock.pendingCalls()).hasSize(1);
    }

    @Test
    void theEndOrPauseOfTheLastTaskTakesTheTickBack() {
      CooperativeTask<Work> first = slow.cooperate(work("a").steps(1));
      CooperativeTask<Work> last = slow.cooperate(work("b").steps(1));
      first.stop();
      assertThat(clock.pendingCalls()).hasSize(1);

      last.pause();
      assertThat(clock.pendingCalls()).isEmpty();

      last.resume();
      assertThat(clock.pendingCalls()).hasSize(1);
      last.stop();
      assertThat(clock.pendingCalls()).isEmpty();
    }

    @Test
    void aStepMayAddATaskWhoseStepsComeLater() {
      byHand.cooperate(
          work("a")
              .step(
                  () -> {
                    byHand.cooperate(work("b").steps(1));
                    return made.add("added");
                  })
              .steps(1));

      hand.turn();

      assertThat(made).containsExactly("a0", "added", "b0", "a1");
    }

    @Test
    void coiterateGivesWhatWhenDoneGives() {
      Work work = work("a").steps(1);

      Deferred<Work> done = slow.coiterate(work);

      seconds(1);
      assertNoResult(done);
      seconds(1);
      assertThat(successResultOf(done)).isSameAs(work);
    }

    private Work taking(String name, Duration time, int steps) {
      Work work = work(name);
      Callable<?> step =
          () -> {
            hand.now = hand.now.plus(time);
            return null;
          };
      for (int i = 0; i < steps; i++) {
        work.step(step);
      }
      return work;
    }
  }

  @Nested
  class Running {

    @Test
    void itRunsFromTheBeginning() {
      assertThat(slow.isRunning()).isTrue();
    }

    @Test
    void notStartedItWaitsForStart() {
      Cooperator later = oneStepASecond().notStarted().build();
      later.cooperate(work("a").steps(1));
      assertThat(later.isRunning()).isFalse();
      assertThat(clock.pendingCalls()).isEmpty();

      later.start();

      assertThat(later.isRunning()).isTrue();
      seconds(1);
      assertThat(made).containsExactly("a0");
    }

    @Test
    void startingARunningOneDoesNothing() {
      slow.cooperate(work("a").steps(1));

      slow.start();

      assertThat(clock.pendingCalls()).hasSize(1);
    }

    @Test
    void stopEndsAllTasksAndTheTick() {
      List<Deferred<Work>> ends =
          List.of(
              slow.coiterate(work("a").steps(1)),
              slow.coiterate(work("b").steps(1)),
              slow.coiterate(work("c").steps(1)));

      slow.stop();

      assertThat(ends)
          .allSatisfy(
              end ->
                  assertThat(failureResultOf(end))
                      .isInstanceOf(SchedulerStoppedException.class)
                      .hasMessage("the cooperator was stopped"));
      assertThat(slow.isRunning()).isFalse();
      assertThat(clock.pendingCalls()).isEmpty();
    }

    @Test
    void aTaskThatIsAddedAfterStopHasFailed() {
      slow.stop();

      CooperativeTask<Work> task = slow.cooperate(work("a").steps(1));

      assertThat(failureResultOf(task.whenDone())).isInstanceOf(SchedulerStoppedException.class);
      assertThatThrownBy(task::stop).isInstanceOf(SchedulerStoppedException.class);
    }

    @Test
    void allTasksHaveEndedWhenTheFirstDeferredFires() {
      List<Throwable> thrown = new ArrayList<>();
      CooperativeTask<Work> first = slow.cooperate(work("a").steps(1));
      CooperativeTask<Work> second = slow.cooperate(work("b").steps(1));
      Deferred<?> told =
          first
              .whenDone()
              .onFailure(
                  failure -> {
                    try {
                      second.stop();
                    } catch (SchedulerStoppedException already) {
                      thrown.add(already);
                    }
                  });

      slow.stop();

      assertThat(thrown).hasSize(1);
      assertThat(failureResultOf(told)).isInstanceOf(SchedulerStoppedException.class);
    }

    @Test
    void aCallbackOfTheEndMayStopTheCooperatorAgainAndAddATask() {
      List<Deferred<Work>> added = new ArrayList<>();
      Deferred<Work> told =
          slow.coiterate(work("a").steps(1))
              .onFailure(
                  failure -> {
                    slow.stop();
                    added.add(slow.coiterate(work("b").steps(1)));
                  });

      slow.stop();

      assertThat(failureResultOf(told)).isInstanceOf(SchedulerStoppedException.class);
      assertThat(failureResultOf(added.get(0))).isInstanceOf(SchedulerStoppedException.class);
    }

    @Test
    void afterStopItCanBeStartedAgainEvenByACallbackOfTheEnd() {
      Deferred<Work> told =
          slow.coiterate(work("a").steps(1))
              .onFailure(
                  failure -> {
                    slow.start();
                    slow.cooperate(work("b").steps(1));
                  });

      slow.stop();

      assertThat(slow.isRunning()).isTrue();
      seconds(1);
      assertThat(made).containsExactly("b0");
      assertThat(failureResultOf(told)).isInstanceOf(SchedulerStoppedException.class);
    }

    @Test
    void stopInsideAStepLetsNoOtherStepBegin() {
      Deferred<Work> stopping =
          byHand.coiterate(
              work("a")
                  .step(
                      () -> {
                        byHand.stop();
                        return null;
                      })
                  .steps(1));
      Deferred<Work> other = byHand.coiterate(work("b").steps(1));

      hand.turn();

      assertThat(made).containsExactly("a0");
      assertThat(failureResultOf(stopping)).isInstanceOf(SchedulerStoppedException.class);
      assertThat(failureResultOf(other)).isInstanceOf(SchedulerStoppedException.class);
    }
  }

  @Nested
  class GoingOnIsImpossible {

    @Test
    void aSchedulerThatRefusesTheFirstTickFailsTheTaskAtOnce() {
      hand.whenAsked = this::refuse;

      CooperativeTask<Work> task = byHand.cooperate(work("a").steps(1));

      assertFailure(task.whenDone(), boom);
      assertThatThrownBy(task::stop).isInstanceOf(TaskFailedException.class).hasCause(boom);
    }

    @Test
    void aSchedulerThatRefusesTheNextTickFailsAllThatTakeTurns() {
      Cooperator oneStep = Cooperator.builder(hand).tickEnds(() -> () -> true).build();
      List<Deferred<Work>> ends =
          List.of(oneStep.coiterate(work("a").steps(2)), oneStep.coiterate(work("b").steps(2)));
      CooperativeTask<Work> paused = oneStep.cooperate(work("c").steps(1));
      paused.pause();
      Deferred<Work> pausedEnd = paused.whenDone();
      hand.whenAsked = this::refuse;

      hand.turn();

      assertThat(made).containsExactly("a0");
      assertThat(ends).allSatisfy(end -> assertFailure(end, boom));
      assertNoResult(pausedEnd);
      paused.resume();
      assertFailure(pausedEnd, boom);
    }

    @Test
    void aRefusalIsNotForEver() {
      hand.whenAsked = this::refuse;
      assertFailure(byHand.coiterate(work("a")), boom);
      hand.whenAsked = () -> {};

      byHand.cooperate(work("b").steps(1));
      hand.turn();

      assertThat(made).containsExactly("b0");
    }

    @Test
    void aRefusedTickThatNobodyNeedsAnyMoreFailsNothing() {
      hand.whenAsked =
          () -> {
            byHand.stop();
            throw boom;
          };

      Deferred<Work> end = byHand.coiterate(work("a"));

      assertThat(failureResultOf(end)).isInstanceOf(SchedulerStoppedException.class);
    }

    @Test
    void theRefusalOfATickThatWasTakenBackDoesNotFailThoseWhoHaveAnother() {
      hand.whenAsked =
          () -> {
            hand.whenAsked = () -> {};
            byHand.stop();
            byHand.start();
            byHand.cooperate(work("b").steps(1));
            throw boom;
          };
      Deferred<Work> end = byHand.coiterate(work("a"));

      hand.turn();

      assertThat(failureResultOf(end)).isInstanceOf(SchedulerStoppedException.class);
      assertThat(made).containsExactly("b0");
    }

    @Test
    void anExceptionFromWhatEndsATickFailsAllThatTakeTurns() {
      Cooperator broken =
          Cooperator.builder(hand)
              .tickEnds(
                  () ->
                      () -> {
                        throw boom;
                      })
              .build();
      List<Deferred<Work>> ends =
          List.of(broken.coiterate(work("a").steps(2)), broken.coiterate(work("b").steps(2)));

      hand.turn();

      assertThat(made).containsExactly("a0");
      assertThat(ends).allSatisfy(end -> assertFailure(end, boom));
    }

    @Test
    void anExceptionFromItsSupplierFailsAllThatTakeTurns() {
      Cooperator broken =
          Cooperator.builder(hand)
              .tickEnds(
                  () -> {
                    throw boom;
                  })
              .build();
      Deferred<Work> end = broken.coiterate(work("a").steps(2));

      hand.turn();

      assertThat(made).isEmpty();
      assertFailure(end, boom);
    }

    private void refuse() {
      throw boom;
    }
  }

  @Nested
  class BadInput {

    @Test
    void aNegativeDelayIsRefusedAndNamed() {
      Cooperator.Builder options = Cooperator.builder(clock);

      assertThatThrownBy(() -> options.delay(Duration.ofSeconds(-1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("delay must not be negative but is PT-1S");
    }

    @Test
    void nullIsRefusedAndNamed() {
      Cooperator.Builder options = Cooperator.builder(clock);

      assertRefused("scheduler", () -> new Cooperator(null));
      assertRefused("scheduler", () -> Cooperator.builder(null));
      assertRefused("iterator", () -> slow.cooperate(null));
      assertRefused("iterator", () -> slow.coiterate(null));
      assertRefused("delay", () -> options.delay(null));
      assertRefused("tickEnds", () -> options.tickEnds(null));
      assertThat(clock.pendingCalls()).isEmpty();
    }

    @Test
    void nullFromTickEndsFailsTheTasks() {
      Cooperator broken = Cooperator.builder(hand).tickEnds(() -> null).build();
      Deferred<Work> end = broken.coiterate(work("a"));

      hand.turn();

      assertThat(failureResultOf(end))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("tickEnds gave null");
    }

    private void assertRefused(String name, ThrowingCallable call) {
      assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(name);
    }
  }

  @Nested
  class Threads {

    @Test
    void aTickThatIsOnItsWayWhenItIsTakenBackMakesNoStep() {
      CooperativeTask<Work> task = byHand.cooperate(work("a").steps(1));
      Runnable onItsWay = hand.next;

      task.pause();
      onItsWay.run();
      assertThat(made).isEmpty();

      task.resume();
      onItsWay.run();
      assertThat(made).isEmpty();

      hand.turn();
      assertThat(made).containsExactly("a0");
    }

    @Test
    void aStopWhileTheTickIsBeingAskedForTakesItBack() {
      hand.whenAsked = byHand::stop;

      Deferred<Work> end = byHand.coiterate(work("a").steps(1));

      assertThat(failureResultOf(end)).isInstanceOf(SchedulerStoppedException.class);
      assertThat(hand.cancelled).isEqualTo(1);
    }

    @Test
    void aStepThatMovesTheClockMakesNoOtherStepInside() {
      slow.cooperate(
          work("a")
              .step(
                  () -> {
                    clock.advance(Duration.ofSeconds(10));
                    return made.add("moved");
                  })
              .steps(1));
      slow.cooperate(work("b").steps(1));

      seconds(1);

      assertThat(made).containsExactly("a0", "moved");
      assertThat(clock.dueTimes()).containsExactly(Duration.ofSeconds(12));
    }

    @Test
    void aTaskThatAnotherThreadAddsDuringAStepWaitsForItsTurn() throws Exception {
      CountDownLatch inside = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      byHand.cooperate(
          work("a")
              .step(
                  () -> {
                    inside.countDown();
                    goOn.await();
                    return made.add("over");
                  }));
      OtherThread other = OtherThread.start(hand::turn);
      inside.await();

      Deferred<Work> done = byHand.coiterate(work("b").steps(1));
      assertNoResult(done);
      goOn.countDown();
      other.join();

      assertThat(made).containsExactly("a0", "over", "b0");
      assertThat(successResultOf(done)).isNotNull();
    }

    @Test
    void stepsAreMadeOnTheSchedulersThread() throws Throwable {
      List<String> threads = new ArrayList<>();
      Work work = work("a").step(() -> threads.add(Thread.currentThread().getName()));

      Deferred<Work> done = new Cooperator(Scheduler.system()).coiterate(work);

      assertThat(done.get(Duration.ofSeconds(30))).isSameAs(work);
      assertThat(threads).containsExactly("twine-scheduler");
    }

    /** Two threads add, pause, resume and stop tasks while two others want to make the steps. */
    @Test
    @Tag("race")
    void stepsOfSeveralThreadsDoNotOverlapAndNoTaskIsForgotten() throws Throwable {
      ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(2);
      try {
        Crowd crowd = new Crowd(new Cooperator(Scheduler.of(executor)));
        OtherThread other = OtherThread.start(() -> crowd.add(5_000));
        crowd.add(5_000);
        other.join();

        crowd.awaitAll();
        executor.shutdown(); // a step of a stopped task may still be going on
        assertThat(executor.awaitTermination(30, SECONDS)).isTrue();

        assertThat(crowd.ends).hasValue(10_000);
        assertThat(crowd.overlaps).hasValue(0);
        assertThat(crowd.plain).isEqualTo(crowd.steps.get());
      } finally {
        executor.shutdownNow();
      }
    }
  }

  /** Many small tasks, and what becomes of them. */
  private static final class Crowd {

    private final Cooperator cooperator;
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger overlaps = new AtomicInteger();
    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicInteger ends = new AtomicInteger();
    private final List<Deferred<?>> all = new ArrayList<>();
    private int plain;

    Crowd(Cooperator cooperator) {
      this.cooperator = cooperator;
    }

    void add(int count) {
      for (int i = 0; i < count; i++) {
        List<String> ignored = new ArrayList<>();
        Work work = new Work("", ignored).step(this::step).step(this::step).step(this::step);
        CooperativeTask<Work> task = cooperator.cooperate(work);
        Deferred<?> end =
            task.whenDone().onEither(ends::incrementAndGet).consumeErrors(failure -> {});
        synchronized (all) {
          all.add(end);
        }
        try {
          task.pause();
          task.resume();
          if (i % 3 == 0) {
            task.stop();
          }
        } catch (TaskDoneException done) {
          // It was faster, and its Deferred is waited for like the others.
        }
      }
    }

    void awaitAll() throws Throwable {
      for (Deferred<?> end : all) {
        end.get(Duration.ofSeconds(30));
      }
    }

    private Object step() {
      if (inside.incrementAndGet() != 1) {
        overlaps.incrementAndGet();
      }
      plain++;
      steps.incrementAndGet();
      inside.decrementAndGet();
      return "";
    }
  }

  private Cooperator.Builder oneStepASecond() {
    return Cooperator.builder(clock).delay(SECOND).tickEnds(() -> () -> true);
  }

  private Work work(String name) {
    return new Work(name, made);
  }

  private void seconds(int count) {
    for (int i = 0; i < count; i++) {
      clock.advance(SECOND);
    }
  }

  /** A scheduler that makes its one call when told to, and whose time is set by hand. */
  private static final class HandScheduler implements Scheduler {

    private Duration now = Duration.ZERO;
    private Runnable next = () -> {};
    private Duration delay = Duration.ZERO;
    private Runnable whenAsked = () -> {};
    private int cancelled;

    void turn() {
      next.run();
    }

    @Override
    public Duration now() {
      return now;
    }

    @Override
    public DelayedCall callLater(Duration after, Runnable call) {
      delay = after;
      next = call;
      whenAsked.run();
      return new DelayedCall() {
        @Override
        public boolean cancel() {
          cancelled++;
          return true;
        }

        @Override
        public boolean isActive() {
          return true;
        }

        @Override
        public void reset(Duration ignored) {
          throw new IllegalStateException();
        }

        @Override
        public void delay(Duration ignored) {
          throw new IllegalStateException();
        }
      };
    }
  }

  @Test
  void onASchedulerThatHasStoppedNewTasksFailAndOldOnesWithThem() {
    DelayedCalls calls = new DelayedCalls(() -> 0, () -> {});
    Scheduler stopping =
        new Scheduler() {
          @Override
          public Duration now() {
            return Duration.ZERO;
          }

          @Override
          public DelayedCall callLater(Duration delay, Runnable call) {
            DelayedCall later = calls.add(delay, call);
            if (later == null) {
              throw new RejectedExecutionException("stopped");
            }
            return later;
          }
        };
    Cooperator cooperator = new Cooperator(stopping);
    Deferred<?> old = cooperator.coiterate(List.of(1).iterator());
    calls.close();

    Deferred<?> late = cooperator.coiterate(List.of(1).iterator());

    assertThat(failureResultOf(old)).isInstanceOf(RejectedExecutionException.class);
    assertThat(failureResultOf(late)).isInstanceOf(RejectedExecutionException.class);
  }
}
