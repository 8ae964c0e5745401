package dev.twine.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import dev.twine.DelayedCall;
import dev.twine.OtherThread;
import dev.twine.Reported;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ShutdownTest {

  private final List<String> said = Collections.synchronizedList(new ArrayList<>());
  private final Reactor reactor = new Reactor();

  private void add(ShutdownPhase phase, String words) {
    reactor.addSystemEventTrigger(phase, () -> said.add(words));
  }

  private void runAndStop() {
    reactor.execute(reactor::stop);
    reactor.run();
  }

  @Test
  void triggersAreCalledByPhaseAndInTheOrderOfTheirAddition() {
    add(ShutdownPhase.AFTER, "after");
    add(ShutdownPhase.DURING, "during");
    add(ShutdownPhase.BEFORE, "before");
    add(ShutdownPhase.BEFORE, "also before");

    runAndStop();

    assertThat(said).containsExactly("before", "also before", "during", "after");
  }

  @Test
  void triggersAreCalledInTheReactor() {
    reactor.addSystemEventTrigger(
        ShutdownPhase.BEFORE, () -> said.add("" + reactor.isInReactorThread()));

    runAndStop();

    assertThat(said).containsExactly("true");
  }

  @Test
  void theNextPhaseWaitsForTheDeferredsOfThisOne() {
    Deferred<String> closed = new Deferred<>();
    reactor.addSystemEventTrigger(ShutdownPhase.BEFORE, () -> closed);
    reactor.addSystemEventTrigger(
        ShutdownPhase.BEFORE,
        () -> {
          said.add("nobody waits for the other one here");
          reactor.callLater(
              Duration.ofMillis(1),
              () -> {
                said.add("calls are made meanwhile");
                closed.callback("closed");
              });
        });
    add(ShutdownPhase.DURING, "during");

    runAndStop();

    assertThat(said)
        .containsExactly(
            "nobody waits for the other one here", "calls are made meanwhile", "during");
  }

  @Test
  void nullInPlaceOfADeferredIsNothingToWaitFor() {
    reactor.addSystemEventTrigger(ShutdownPhase.DURING, () -> (Deferred<Object>) null);
    add(ShutdownPhase.AFTER, "after");

    runAndStop();

    assertThat(said).containsExactly("after");
  }

  @Test
  void aTriggerThatFailsIsReportedAndTheShutdownGoesOn() {
    Exception thrown = new Exception("thrown");
    Exception failed = new Exception("failed");
    reactor.addSystemEventTrigger(
        ShutdownPhase.BEFORE,
        () -> {
          if (said.isEmpty()) {
            throw thrown;
          }
        });
    reactor.addSystemEventTrigger(ShutdownPhase.DURING, () -> Deferred.<Object>fail(failed));
    add(ShutdownPhase.AFTER, "after");

    runAndStop();

    assertThat(said).containsExactly("after");
    assertThat(Reported.exceptions()).containsExactly(thrown, failed);
  }

  @Test
  void aTriggerThatWasRemovedIsNotCalled() {
    SystemEventTrigger trigger =
        reactor.addSystemEventTrigger(ShutdownPhase.BEFORE, () -> said.add("removed"));

    assertThat(trigger.remove()).isTrue();
    assertThat(trigger.remove()).isFalse();
    runAndStop();

    assertThat(said).isEmpty();
  }

  @Test
  void aTriggerMayAddOneToItsOwnPhaseAndNoneToAnEarlierOne() {
    reactor.addSystemEventTrigger(
        ShutdownPhase.DURING,
        () -> {
          add(ShutdownPhase.DURING, "the same phase");
          assertThatThrownBy(() -> add(ShutdownPhase.BEFORE, "too late"))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("before the shutdown have been called");
        });

    runAndStop();

    assertThat(said).containsExactly("the same phase");
    assertThatThrownBy(() -> add(ShutdownPhase.AFTER, "too late"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatThePoolWasGivenIsWaitedForAndItsResultsFire() throws InterruptedException {
    Reactor narrow = Reactor.builder().poolSize(1).build();
    CountDownLatch stopping = new CountDownLatch(1);
    narrow.execute(
        () -> {
          for (String each : List.of("one", "two")) {
            Threads.deferToThread(
                    () -> {
                      Calls.await(stopping);
                      return each;
                    })
                .onSuccess(said::add);
          }
          narrow.stop();
        });
    narrow.addSystemEventTrigger(ShutdownPhase.DURING, stopping::countDown);
    narrow.addSystemEventTrigger(ShutdownPhase.AFTER, () -> said.add("after"));

    narrow.run();

    assertThat(said).containsExactly("one", "two", "after");
    assertThat(narrow.threadPool().awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void afterItsPhaseThePoolTakesNoWork() {
    reactor.threadPool();
    reactor.addSystemEventTrigger(
        ShutdownPhase.AFTER,
        () -> {
          assertThatThrownBy(() -> reactor.callInThread(() -> said.add("no")))
              .isInstanceOf(RejectedExecutionException.class)
              .hasMessageContaining("thread pool");
          assertThat(Calls.failure(Threads.deferToThread(() -> said.add("no"))))
              .isInstanceOf(RejectedExecutionException.class);
          said.add("refused");
        });

    runAndStop();

    assertThat(said).containsExactly("refused");
  }

  @Test
  void aPoolThatWasNeverUsedIsNotMadeForTheShutdown() {
    runAndStop();

    assertThatThrownBy(reactor::threadPool).isInstanceOf(RejectedExecutionException.class);
    assertThat(Calls.failure(Threads.deferToThread(reactor, () -> "no")))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void whatIsPostedByTheLastTriggersHasItsTurn() {
    reactor.addSystemEventTrigger(
        ShutdownPhase.AFTER, () -> reactor.execute(() -> said.add("the last call")));

    runAndStop();

    assertThat(said).containsExactly("the last call");
  }

  @Test
  void whateverThreadFiresATriggersDeferredTheNextPhaseIsInTheReactor() {
    Deferred<Object> closed = new Deferred<>();
    reactor.addSystemEventTrigger(
        ShutdownPhase.BEFORE,
        () -> {
          reactor.callInThread(() -> closed.callback(null));
          return closed;
        });
    for (ShutdownPhase later : List.of(ShutdownPhase.DURING, ShutdownPhase.AFTER)) {
      reactor.addSystemEventTrigger(later, () -> said.add("" + reactor.isInReactorThread()));
    }

    runAndStop();

    assertThat(said).containsExactly("true", "true");
  }

  @Test
  void theEndIsACallOfItsOwn() {
    Deferred<Object> closed = new Deferred<>();
    reactor.addSystemEventTrigger(
        ShutdownPhase.AFTER,
        () -> {
          reactor.execute(
              () -> {
                said.add("begins");
                closed.callback(null);
                said.add("ends");
              });
          reactor.execute(() -> said.add("the next one"));
          return closed;
        });

    runAndStop();

    assertThat(said).containsExactly("begins", "ends", "the next one");
  }

  @Test
  void anInterruptIsForgottenAlsoAtTheEnd() {
    reactor.addSystemEventTrigger(
        ShutdownPhase.AFTER,
        () -> {
          reactor.execute(() -> Thread.currentThread().interrupt());
          reactor.execute(() -> said.add("" + Thread.currentThread().isInterrupted()));
        });

    runAndStop();

    assertThat(said).containsExactly("false");
  }

  @Test
  void aPoolThatSomebodyElseHasShutDownIsNotWaitedFor() {
    Deferred<Object> terminated = new Deferred<>();
    reactor.addSystemEventTrigger(
        ShutdownPhase.DURING,
        () -> {
          reactor.threadPool().shutdownNow();
          assertThat(reactor.threadPool().awaitTermination(10, TimeUnit.SECONDS)).isTrue();
          terminated.callback(null);
          return terminated;
        });
    add(ShutdownPhase.AFTER, "after");

    runAndStop();

    assertThat(said).containsExactly("after");
  }

  @Test
  void aThreadOfThePoolThatWaitsForTheReactorHoldsNothingUp() {
    CountDownLatch waits = new CountDownLatch(1);
    Deferred<Object> refused = new Deferred<>();
    List<String> cancelled = Collections.synchronizedList(new ArrayList<>());
    reactor.execute(
        () ->
            Threads.deferToThread(
                    () ->
                        Threads.blockingCallFromThread(
                            reactor,
                            () -> {
                              waits.countDown();
                              return new Deferred<>(ignored -> cancelled.add("cancelled"));
                            }))
                .chainDeferred(refused));
    OtherThread stopper =
        OtherThread.start(
            () -> {
              Calls.await(waits);
              reactor.stop();
            });

    reactor.run();

    stopper.join();
    assertThat(Calls.failure(refused)).isInstanceOf(RejectedExecutionException.class);
    assertThat(cancelled).containsExactly("cancelled");
  }

  @Test
  void delayedCallsThatAreLeftAreCancelled() {
    DelayedCall left = reactor.callLater(Duration.ofHours(1), () -> said.add("no"));

    runAndStop();

    assertThat(left.isActive()).isFalse();
    assertThat(said).isEmpty();
  }

  @Test
  void aCancellerThatThrowsHoldsNothingUpAndNobodyWaitsForEver() {
    CountDownLatch waiting = new CountDownLatch(2);
    IllegalStateException thrown = new IllegalStateException("thrown");
    List<OtherThread> callers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      callers.add(
          OtherThread.start(
              () ->
                  assertThatThrownBy(
                          () ->
                              Threads.blockingCallFromThread(
                                  reactor,
                                  () -> {
                                    waiting.countDown();
                                    return new Deferred<>(
                                        ignored -> {
                                          throw thrown;
                                        });
                                  }))
                      .isInstanceOf(RejectedExecutionException.class)));
    }
    callers.add(
        OtherThread.start(
            () -> {
              Calls.await(waiting);
              reactor.stop();
            }));
    add(ShutdownPhase.AFTER, "after");

    reactor.run();

    callers.forEach(OtherThread::join);
    assertThat(said).containsExactly("after");
    assertThat(Reported.exceptions()).containsExactly(thrown, thrown);
  }
}
