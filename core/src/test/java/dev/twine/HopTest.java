package dev.twine;

import static dev.twine.Results.assertResult;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a chain comes to another thread. */
class HopTest {

  private final ExecutorService single =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "single"));

  @AfterEach
  void shutDown() {
    single.shutdown();
  }

  private static Deferred<String> whereItGoesOn(Executor executor) {
    Deferred<Integer> start = new Deferred<>();
    Deferred<String> name =
        start.continueOn(executor).addCallback(ignored -> Thread.currentThread().getName());
    start.callback(1);
    return name;
  }

  @Test
  void anExecutorThatRunsTheTaskBeforeItComesBackGetsTheRestAllTheSame() throws Exception {
    Executor eager =
        task -> {
          CountDownLatch begun = new CountDownLatch(1);
          single.execute(
              () -> {
                begun.countDown();
                task.run();
              });
          awaitUnlessOn("single", begun);
        };

    assertThat(whereItGoesOn(eager).get()).isEqualTo("single");
  }

  private static void awaitUnlessOn(String thread, CountDownLatch latch) {
    if (!Thread.currentThread().getName().equals(thread)) {
      try {
        OtherThread.await(latch);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void anExecutorThatRunsTheTaskInPlaceLeavesTheChainThere() {
    assertResult(whereItGoesOn(Runnable::run), Thread.currentThread().getName());
  }

  @Test
  void anExecutorThatWaitsForAnotherThreadGetsTheRestAllTheSame() throws Exception {
    Executor waiting =
        task -> {
          try {
            single.submit(task).get(10, SECONDS);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        };

    assertThat(whereItGoesOn(waiting).get()).isEqualTo("single");
  }

  @Test
  void anExecutorThatRefusesTheSecondTimeGivesItsExceptionAsTheResult() {
    RejectedExecutionException refused = new RejectedExecutionException("closed");
    CountDownLatch comesBack = new CountDownLatch(1);
    boolean[] closed = {false};
    Executor closing =
        task -> {
          if (closed[0]) {
            throw refused;
          }
          closed[0] = true;
          OtherThread.run(task::run); // too early
          comesBack.countDown();
        };

    assertThatThrownBy(() -> whereItGoesOn(closing).get()).isSameAs(refused);
    assertThat(comesBack.getCount()).isZero();
  }

  @Test
  void whatIsCancelledOnTheWayIsNotFiredAgain() {
    ManualExecutor manual = new ManualExecutor();
    Deferred<String> chain = whereItGoesOn(manual);

    chain.cancel();
    manual.runAll();

    assertThat(Results.failureResultOf(chain))
        .isInstanceOf(java.util.concurrent.CancellationException.class);
    assertThat(manual.waiting()).isZero();
  }
}
