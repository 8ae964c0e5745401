package dev.twine.time;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import dev.twine.Failure;
import dev.twine.OtherThread;
import dev.twine.Reports;
import dev.twine.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CooperativeTaskTest {

  private final ManualClock clock = new ManualClock();

  /** Makes one step in each second. */
  private final Cooperator cooperator =
      Cooperator.builder(clock).delay(Duration.ofSeconds(1)).tickEnds(() -> () -> true).build();

  private final List<String> made = new ArrayList<>();
  private final IOException boom = new IOException("boom");

  @Nested
  class TheEnd {

    @Test
    void theDeferredFiresWithTheIteratorWhenItHasNoMoreElements() {
      Work work = work("a").steps(2);
      Deferred<Work> done = cooperator.cooperate(work).whenDone();

      seconds(2);
      assertThat(made).containsExactly("a0", "a1");
      assertNoResult(done);

      seconds(1);
      assertThat(successResultOf(done)).isSameAs(work);
    }

    @Test
    void anEmptyIteratorIsDoneInItsFirstStep() {
      CooperativeTask<Work> task = cooperator.cooperate(work("a"));
      Deferred<Work> done = task.whenDone();
      assertNoResult(done);

      seconds(1);

      assertThat(successResultOf(done)).isNotNull();
    }

    @Test
    void everyCallGivesADeferredOfItsOwnAndTheyFireInTheOrderOfTheCalls() {
      CooperativeTask<Work> task = cooperator.cooperate(work("a"));
      Deferred<Work> first = task.whenDone().onSuccess(iterator -> made.add("first"));
      Deferred<Work> second = task.whenDone().onSuccess(iterator -> made.add("second"));
      assertThat(first).isNotSameAs(second);

      seconds(1);

      assertThat(made).containsExactly("first", "second");
    }

    @Test
    void afterTheEndTheDeferredFiresAtOnce() {
      Work work = work("a");
      CooperativeTask<Work> done = cooperator.cooperate(work);
      CooperativeTask<Work> failed = cooperator.cooperate(work("b").step(this::fail));
      CooperativeTask<Work> stopped = cooperator.cooperate(work("c"));
      stopped.stop();
      seconds(3);

      assertThat(successResultOf(done.whenDone())).isSameAs(work);
      assertFailure(failed.whenDone(), boom);
      assertThat(failureResultOf(stopped.whenDone())).isInstanceOf(TaskStoppedException.class);
    }

    private Object fail() throws IOException {
      throw boom;
    }

    @Test
    void theFailureOfATaskWhoseEndNobodyWaitsForIsNotReported() {
      cooperator.cooperate(work("a").step(this::fail));

      seconds(1);

      assertThat(made).containsExactly("a0");
      assertThat(Reports.unhandledExceptions()).isEmpty();
    }

    @Test
    void cancellingTheDeferredLeavesTheTaskAloneAndTheOthersAreTold() {
      Work work = work("a").steps(1);
      CooperativeTask<Work> task = cooperator.cooperate(work);
      Deferred<Work> cancelled = task.whenDone();
      Deferred<Work> other = task.whenDone();

      cancelled.cancel();
      seconds(2);

      assertThat(made).containsExactly("a0");
      assertThat(successResultOf(other)).isSameAs(work);
      assertThat(failureResultOf(cancelled)).isInstanceOf(CancellationException.class);
    }

    @Test
    void aDeferredThatItsReceiverHasFiredKeepsNobodyFromBeingTold() {
      Work work = work("a");
      CooperativeTask<Work> task = cooperator.cooperate(work);
      Work mine = work("mine");
      Deferred<Work> fired = task.whenDone();
      fired.callback(mine);
      Deferred<Work> other = task.whenDone();

      seconds(1);

      assertThat(successResultOf(fired)).isSameAs(mine);
      assertThat(successResultOf(other)).isSameAs(work);
    }

    @Test
    void aTaskThatIsDoneCanNotBePausedOrStopped() {
      CooperativeTask<Work> task = cooperator.cooperate(work("a"));
      seconds(1);

      assertThatThrownBy(task::pause).isInstanceOf(TaskDoneException.class);
      assertThatThrownBy(task::stop)
          .isInstanceOf(TaskDoneException.class)
          .isInstanceOf(TaskFinishedException.class)
          .hasMessage("the task is done");
      assertThatThrownBy(task::resume).isInstanceOf(NotPausedException.class);
    }

    @Test
    void aCallbackOfTheEndMayAddATask() {
      cooperator.cooperate(work("a")).whenDone().onSuccess(a -> add(work("b").steps(1)));

      seconds(1);
      assertThat(made).isEmpty();

      seconds(1);
      assertThat(made).containsExactly("b0");
    }

    private void add(Work work) {
      assertThat(cooperator.cooperate(work)).isNotNull();
    }
  }

  @Nested
  class Steps {

    @Test
    void elementsAreIgnored() {
      Work work = work("a").step(() -> null).step(() -> new Failure(boom)).step(() -> "text");
      Deferred<Work> done = cooperator.coiterate(work);

      seconds(4);

      assertThat(successResultOf(done)).isSameAs(work);
    }

    @Test
    void aDeferredPausesTheTaskUntilItHasFired() {
      Deferred<String> pending = new Deferred<>();
      CooperativeTask<Work> task = cooperator.cooperate(work("a").step(() -> pending).steps(1));
      seconds(3);
      assertThat(made).containsExactly("a0");
      assertThat(clock.pendingCalls()).isEmpty();

      pending.callback("result");
      assertThat(made).containsExactly("a0");
      seconds(1);

      assertThat(made).containsExactly("a0", "a1");
      assertThatThrownBy(task::resume).isInstanceOf(NotPausedException.class);
    }

    @Test
    void theResultOfADeferredIsTaken() {
      Deferred<String> fired = Deferred.succeed("result");
      cooperator.cooperate(work("a").step(() -> fired));

      seconds(1);

      assertResult(fired, null);
    }

    @Test
    void theFailureOfADeferredEndsTheTaskAndIsTaken() {
      Deferred<String> pending = new Deferred<>();
      CooperativeTask<Work> task = cooperator.cooperate(work("a").step(() -> pending).steps(1));
      Deferred<Work> done = task.whenDone();
      seconds(1);

      pending.errback(boom);

      assertFailure(done, boom);
      assertResult(pending, null);
      assertThatThrownBy(task::stop).isInstanceOf(TaskFailedException.class).hasCause(boom);
    }

    @Test
    void aDeferredThatHasFailedAlreadyEndsTheTask() {
      Deferred<Work> done = cooperator.coiterate(work("a").step(() -> Deferred.fail(boom)));

      seconds(1);

      assertFailure(done, boom);
    }

    @Test
    void anExceptionEndsTheTaskAndNoOther() {
      Work good = work("b").steps(1);
      CooperativeTask<Work> task = cooperator.cooperate(work("a").step(this::fail).steps(1));
      Deferred<Work> done = task.whenDone();
      Deferred<Work> other = cooperator.coiterate(good);

      seconds(4);

      assertFailure(done, boom);
      assertThat(successResultOf(other)).isSameAs(good);
      assertThat(made).containsExactly("a0", "b0");
      assertThatThrownBy(task::pause)
          .isInstanceOf(TaskFailedException.class)
          .isInstanceOf(TaskFinishedException.class)
          .hasMessage("the task has failed")
          .hasCause(boom);
    }

    private Object fail() throws IOException {
      throw boom;
    }

    @Test
    void anExceptionFromHasNextEndsTheTask() {
      Work work = work("a").steps(1);
      work.whenAsked = this::fail;
      Deferred<Work> done = cooperator.coiterate(work);

      seconds(1);

      assertFailure(done, boom);
    }

    @Test
    void anErrorEndsTheTaskAndNoOther() {
      Error error = new StackOverflowError();
      Deferred<Work> done =
          cooperator.coiterate(
              work("a")
                  .step(
                      () -> {
                        throw error;
                      }));
      cooperator.cooperate(work("b").steps(1));

      seconds(2);

      assertFailure(done, error);
      assertThat(made).containsExactly("a0", "b0");
    }
  }

  @Nested
  class Stopping {

    @Test
    void noStepBeginsAnyMoreAndTheDeferredsFailAtOnce() {
      CooperativeTask<Work> task = cooperator.cooperate(work("a").steps(3));
      Deferred<Work> done = task.whenDone();
      seconds(1);

      task.stop();

      assertThat(failureResultOf(done))
          .isInstanceOf(TaskStoppedException.class)
          .hasMessage("the task was stopped");
      seconds(3);
      assertThat(made).containsExactly("a0");
    }

    @Test
    void aStoppedTaskCanNotBeStoppedOrPaused() {
      CooperativeTask<Work> task = cooperator.cooperate(work("a"));
      task.stop();

      assertThatThrownBy(task::stop)
          .isInstanceOf(TaskStoppedException.class)
          .isInstanceOf(TaskFinishedException.class);
      assertThatThrownBy(task::pause).isInstanceOf(TaskStoppedException.class);
    }

    @Test
    void aPausedTaskCanBeStoppedAndResumedWithoutEffect() {
      CooperativeTask<Work> task = cooperator.cooperate(work("a").steps(1));
      Deferred<Work> done = task.whenDone();
      task.pause();

      task.stop();
      task.resume();
      seconds(2);

      assertThat(failureResultOf(done)).isInstanceOf(TaskStoppedException.class);
      assertThat(made).isEmpty();
      assertThatThrownBy(task::resume).isInstanceOf(NotPausedException.class);
    }

    @Test
    void theDeferredThatItWaitsForIsNotCancelledAndItsValueIsTaken() {
      Deferred<String> pending = new Deferred<>();
      CooperativeTask<Work> task = cooperator.cooperate(work("a").step(() -> pending).steps(1));
      seconds(1);

      task.stop();

      assertThat(pending.isCalled()).isFalse();
      pending.callback("late");
      seconds(2);
      assertResult(pending, null);
      assertThat(made).containsExactly("a0");
    }

    @Test
    void theFailureOfADeferredAfterTheEndStaysWithTheDeferred() {
      Deferred<String> pending = new Deferred<>();
      CooperativeTask<Work> task = cooperator.cooperate(work("a").step(() -> pending));
      Deferred<Work> done = task.whenDone();
      seconds(1);
      task.stop();

      pending.errback(boom);

      assertFailure(pending, boom);
      assertThat(failureResultOf(done)).isInstanceOf(TaskStoppedException.class);
      assertThat(failureResultOf(task.whenDone())).isInstanceOf(TaskStoppedException.class);
    }

    @Test
    void insideAStepTheDeferredsFailAtOnceAndTheStepIsTheLast() {
      Work work = work("a");
      CooperativeTask<Work> task = cooperator.cooperate(work);
      Deferred<Work> done = task.whenDone().onFailure(failure -> made.add("told"));
      work.step(
              () -> {
                task.stop();
                return made.add("after stop");
              })
          .steps(1);

      seconds(3);

      assertThat(made).containsExactly("a0", "told", "after stop");
      assertThat(failureResultOf(done)).isInstanceOf(TaskStoppedException.class);
    }

    @Test
    void insideTheLastStepTheTaskIsStoppedAndNotDone() {
      Work work = work("a");
      CooperativeTask<Work> task = cooperator.cooperate(work);
      Deferred<Work> done = task.whenDone();
      work.whenAsked = task::stop;

      seconds(1);

      assertThat(failureResultOf(done)).isInstanceOf(TaskStoppedException.class);
      assertThatThrownBy(task::stop).isInstanceOf(TaskStoppedException.class);
    }

    @Test
    void aDeferredThatAStepGivesAfterStoppingItsTaskIsLeftAlone() {
      Deferred<String> given = Deferred.succeed("result");
      Work work = work("a");
      CooperativeTask<Work> task = cooperator.cooperate(work);
      work.step(
          () -> {
            task.stop();
            return given;
          });
      cooperator.cooperate(work("b").steps(1));

      seconds(2);

      assertResult(given, "result");
      assertThat(made).containsExactly("a0", "b0");
    }

    @Test
    void whatAStepThrowsAfterStoppingItsTaskIsReportedAsUnhandled() {
      Work work = work("a");
      CooperativeTask<Work> task = cooperator.cooperate(work);
      Deferred<Work> done = task.whenDone();
      work.step(
          () -> {
            task.stop();
            throw boom;
          });

      seconds(1);

      assertThat(failureResultOf(done)).isInstanceOf(TaskStoppedException.class);
      assertThat(Reports.unhandledExceptions()).containsExactly(boom);
    }
  }

  @Nested
  class Pausing {

    @Test
    void noStepIsMadeUntilResumedAsOftenAsPaused() {
      CooperativeTask<Work> task = cooperator.cooperate(work("a").steps(1));
      task.pause();
      task.pause();
      seconds(2);

      task.resume();
      seconds(2);
      assertThat(made).isEmpty();

      task.resume();
      seconds(1);
      assertThat(made).containsExactly("a0");
    }

    @Test
    void aTaskThatIsNotPausedCanNotBeResumed() {
      CooperativeTask<Work> task = cooperator.cooperate(work("a").steps(2));
      assertThatThrownBy(task::resume)
          .isInstanceOf(NotPausedException.class)
          .hasMessage("the task is not paused");

      task.pause();
      task.resume();

      assertThatThrownBy(task::resume).isInstanceOf(NotPausedException.class);
      seconds(1);
      assertThat(made).containsExactly("a0");
    }

    @Test
    void aResumedTaskIsBehindTheOthers() {
      CooperativeTask<Work> task = cooperator.cooperate(work("a").steps(1));
      cooperator.cooperate(work("b").steps(1));

      task.pause();
      task.resume();
      seconds(2);

      assertThat(made).containsExactly("b0", "a0");
    }

    @Test
    void insideAStepItIsTheLastUntilResumed() {
      Work work = work("a");
      CooperativeTask<Work> task = cooperator.cooperate(work);
      work.step(
              () -> {
                task.pause();
                return made.add("paused");
              })
          .steps(1);

      seconds(3);
      assertThat(made).containsExactly("a0", "paused");

      task.resume();
      seconds(1);
      assertThat(made).containsExactly("a0", "paused", "a1");
    }

    @Test
    void insideAStepAndResumedThereTheTaskGoesOn() {
      Work work = work("a");
      CooperativeTask<Work> task = cooperator.cooperate(work);
      work.step(
              () -> {
                task.pause();
                task.resume();
                return null;
              })
          .steps(1);

      seconds(2);

      assertThat(made).containsExactly("a0", "a1");
    }

    @Test
    void aStepThatPausesItsTaskMayStillEndIt() {
      Work work = work("a");
      CooperativeTask<Work> task = cooperator.cooperate(work);
      Deferred<Work> done = task.whenDone();
      work.whenAsked = task::pause;

      seconds(1);

      assertThat(successResultOf(done)).isSameAs(work);
      assertThatThrownBy(task::pause).isInstanceOf(TaskDoneException.class);
    }

    @Test
    void pausedWhileItWaitsForADeferredTheTaskNeedsBoth() {
      Deferred<String> pending = new Deferred<>();
      CooperativeTask<Work> task = cooperator.cooperate(work("a").step(() -> pending).steps(1));
      seconds(1);

      task.pause();
      pending.callback("fired");
      seconds(2);
      assertThat(made).containsExactly("a0");

      task.resume();
      seconds(1);
      assertThat(made).containsExactly("a0", "a1");
    }

    @Test
    void resumedWhileItWaitsForADeferredTheTaskGoesOnAndTheDeferredFails() {
      Deferred<String> pending = new Deferred<>();
      CooperativeTask<Work> task = cooperator.cooperate(work("a").step(() -> pending).steps(1));
      seconds(1);

      task.resume();
      seconds(1);
      assertThat(made).containsExactly("a0", "a1");

      pending.callback("fired");
      assertThat(failureResultOf(pending)).isInstanceOf(NotPausedException.class);
    }

    @Test
    void ofAStoppedCooperatorTheTaskEndsWhenItIsResumed() {
      CooperativeTask<Work> task = cooperator.cooperate(work("a").steps(1));
      Deferred<Work> done = task.whenDone();
      task.pause();
      cooperator.stop();
      assertNoResult(done);

      task.resume();

      assertThat(failureResultOf(done)).isInstanceOf(SchedulerStoppedException.class);
      assertThatThrownBy(task::pause).isInstanceOf(SchedulerStoppedException.class);
    }
  }

  @Nested
  class Threads {

    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @Test
    void aPauseDoesNotWaitForTheStepOfAnotherThreadAndNoOtherBegins() throws Exception {
      CooperativeTask<Work> task = cooperator.cooperate(work("a").step(this::hold).steps(1));
      OtherThread other = OtherThread.start(() -> seconds(1));
      inside.await();

      task.pause();
      goOn.countDown();
      other.join();

      seconds(2);
      assertThat(made).containsExactly("a0");
      task.resume();
      seconds(1);
      assertThat(made).containsExactly("a0", "a1");
    }

    @Test
    void aTaskThatIsResumedDuringItsStepDoesNotBeginAnother() throws Exception {
      CooperativeTask<Work> task = cooperator.cooperate(work("a").step(this::hold).steps(1));
      OtherThread other = OtherThread.start(() -> seconds(1));
      inside.await();

      task.pause();
      task.resume();
      assertThat(clock.pendingCalls()).isEmpty();

      goOn.countDown();
      other.join();
      seconds(1);
      assertThat(made).containsExactly("a0", "a1");
    }

    @Test
    void aStopDoesNotWaitForTheStepOfAnotherThreadAndWhatThatGivesIsLeftAlone() throws Exception {
      Deferred<String> given = Deferred.succeed("result");
      CooperativeTask<Work> task =
          cooperator.cooperate(
              work("a")
                  .step(
                      () -> {
                        hold();
                        return given;
                      })
                  .steps(1));
      Deferred<Work> done = task.whenDone();
      OtherThread other = OtherThread.start(() -> seconds(1));
      inside.await();

      task.stop();
      assertThat(failureResultOf(done)).isInstanceOf(TaskStoppedException.class);

      goOn.countDown();
      other.join();
      seconds(2);
      assertThat(made).containsExactly("a0");
      assertResult(given, "result");
    }

    @Test
    void anEndOnAnotherThreadIsToldThere() {
      CooperativeTask<Work> task = cooperator.cooperate(work("a"));
      List<Thread> told = new ArrayList<>();
      Deferred<Work> done = task.whenDone().onFailure(failure -> told.add(Thread.currentThread()));

      OtherThread.run(
          () -> {
            task.stop();
            assertThat(told).containsExactly(Thread.currentThread());
          });

      assertThat(failureResultOf(done)).isInstanceOf(TaskStoppedException.class);
    }

    @Test
    void eachStepSeesWhatTheOneBeforeAndItsDeferredDid() throws Throwable {
      int[] plain = {0};
      Work work = work("a");
      for (int i = 0; i < 1_000; i++) {
        work.step(
            () -> {
              plain[0]++;
              return Tasks.deferLater(Scheduler.system(), Duration.ZERO, () -> plain[0]++);
            });
      }

      Deferred<Work> done = new Cooperator(Scheduler.system()).coiterate(work);

      assertThat(done.get(Duration.ofSeconds(30))).isSameAs(work);
      assertThat(plain[0]).isEqualTo(2_000);
    }

    private Object hold() throws InterruptedException {
      inside.countDown();
      goOn.await();
      return "nothing";
    }
  }

  private Work work(String name) {
    return new Work(name, made);
  }

  private void seconds(int count) {
    for (int i = 0; i < count; i++) {
      clock.advance(Duration.ofSeconds(1));
    }
  }
}
