package dev.twine.testing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.allOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.EventConditions.test;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;

import dev.twine.Deferred;
import dev.twine.Probes;
import dev.twine.sync.DeferredLock;
import dev.twine.sync.Permit;
import dev.twine.threads.Reactor;
import dev.twine.threads.Threads;
import dev.twine.time.LoopingCall;
import dev.twine.time.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs little test classes that leave something behind. */
class NothingLeftBehindTest {

  private static final Logger LOGGER = Logger.getLogger("dev.twine");

  @BeforeAll
  static void silence() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterAll
  static void speak() {
    LOGGER.setLevel(null);
  }

  // ---- each kind

  @LeavesNothingBehind
  static class Clean {
    private final ManualClock clock = new ManualClock();
    private final DeferredLock lock = new DeferredLock();
    private final LoopingCall loop = new LoopingCall(clock, () -> {});
    private final Deferred<LoopingCall> looping = loop.start(Duration.ofSeconds(1));

    @AfterEach
    void stop() {
      loop.stop();
    }

    @Test
    void usesEverythingAndEndsIt() {
      clock.callLater(Duration.ofSeconds(1), () -> {});
      assertThat(clock.callLater(Duration.ofSeconds(2), () -> {}).cancel()).isTrue();
      clock.advance(Duration.ofSeconds(1));
      Permit permit = Results.successResultOf(lock.acquire());
      Deferred<Permit> next = lock.acquire();
      permit.close();
      Results.successResultOf(next).close();
      Results.failureResultOf(Deferred.fail(new IllegalStateException("handled")));
      assertThat(looping.isCalled()).isFalse();
    }

    @Test
    void cancelsAndForgets() {
      Deferred<String> forgotten = new Deferred<>();
      forgotten.cancel();
      assertThat(forgotten.isCalled()).isTrue();
    }

    @Test
    void takesOutWhatItHasProvoked() {
      Probes.reported(new IllegalStateException("expected"), "a test");
      assertThat(Results.flushLoggedErrors(IllegalStateException.class)).hasSize(1);
    }

    @Test
    void endsOnAnotherThreadJustNow() {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch testIsOver = new CountDownLatch(1);
      CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> work(begun, testIsOver));
      awaitOf(begun);
      testIsOver.countDown();
    }

    private static void work(CountDownLatch begun, CountDownLatch testIsOver) {
      Object work = new Object();
      Probes.began(work, "work on a thread");
      begun.countDown();
      awaitOf(testIsOver);
      Probes.ended(work);
    }
  }

  @Test
  void whoLeavesNothingPasses() {
    assertThat(failuresOf(Clean.class)).isEmpty();
    assertThat(run(Clean.class).succeeded().count()).isEqualTo(4);
  }

  abstract static class Two {
    @Test
    void clean() {
      assertThat(this).isNotNull();
    }
  }

  @LeavesNothingBehind
  static class PendingCall extends Two {
    @Test
    void leaving() {
      new ManualClock().callLater(Duration.ofSeconds(5), () -> {});
    }
  }

  @Test
  void aPendingCallFailsTheTest() {
    assertThat(theFailureOf(PendingCall.class))
        .hasMessageStartingWith("PendingCall.leaving() has left behind:\n")
        .hasMessageContaining("delayed call: DelayedCall[due PT5S]\n" + at("PendingCall.leaving"));
  }

  @LeavesNothingBehind
  static class LiveLoop extends Two {
    @Test
    void leaving() {
      Deferred<LoopingCall> unused =
          new LoopingCall(new ManualClock(), () -> {}).start(Duration.ofSeconds(1));
    }
  }

  @Test
  void aLoopThatGoesOnFailsTheTest() {
    assertThat(theFailureOf(LiveLoop.class))
        .hasMessageContaining("looping call: LoopingCall[every PT1S]")
        .hasMessageContaining("\n" + at("LiveLoop.leaving"));
  }

  @LeavesNothingBehind
  static class HeldLock extends Two {
    @Test
    void leaving() {
      Deferred<Permit> unused = new DeferredLock().acquire("mine");
    }
  }

  @Test
  void aHeldPermitFailsTheTest() {
    assertThat(theFailureOf(HeldLock.class))
        .hasMessageContaining("permit: Permit[mine]\n" + at("HeldLock.leaving"));
  }

  @LeavesNothingBehind
  static class HandedOverLock extends Two {
    @Test
    void leaving() {
      DeferredLock lock = new DeferredLock();
      Permit first = Results.successResultOf(lock.acquire("first"));
      Deferred<Permit> unused = lock.acquire("second");
      first.close();
    }
  }

  @Test
  void aPermitThatWasHandedOverFailsTheTest() {
    assertThat(theFailureOf(HandedOverLock.class))
        .hasMessageContaining("permit: Permit[second]\n")
        .hasMessageNotContaining("Permit[first]");
  }

  @LeavesNothingBehind
  static class BusyThread extends Two {
    private static final CountDownLatch DONE = new CountDownLatch(1);

    @Test
    void leaving() {
      CountDownLatch begun = new CountDownLatch(1);
      Deferred<Void> unused = Threads.deferToThread(new Reactor(), () -> work(begun));
      awaitOf(begun);
    }

    private static void work(CountDownLatch begun) {
      begun.countDown();
      awaitOf(DONE);
    }
  }

  @Test
  void aBusyThreadFailsTheTest() {
    assertThat(theFailureOf(BusyThread.class))
        .hasMessageContaining("work on a thread: Job[reactor-")
        .hasMessageContaining(at("BusyThread.leaving"));
    BusyThread.DONE.countDown();
  }

  @LeavesNothingBehind
  static class Unhandled extends Two {
    @Test
    void leaving() {
      Deferred<String> unused = Deferred.fail(new IllegalStateException("nobody looks"));
    }
  }

  @Test
  void anUnhandledFailureFailsTheTest() {
    assertThat(theFailureOf(Unhandled.class))
        .hasMessageContaining(
            "unhandled failure: java.lang.IllegalStateException: nobody looks\n"
                + at("Unhandled.leaving"))
        .hasMessageNotContaining("org.junit.")
        .hasMessageNotContaining("java.util.");
  }

  @Test
  void withDebuggingOnItIsSaidWhereTheDeferredWasMade() {
    Deferred.setDebugging(true);
    try {
      assertThat(theFailureOf(Made.class).getMessage().lines())
          .anyMatch(line -> line.startsWith(at("Made.madeHere")));
    } finally {
      Deferred.setDebugging(false);
    }
  }

  @LeavesNothingBehind
  static class Made extends Two {
    @Test
    void leaving() {
      madeHere().errback(new IllegalStateException("nobody looks"));
    }

    private static Deferred<String> madeHere() {
      return new Deferred<>();
    }
  }

  @LeavesNothingBehind
  static class Reported extends Two {
    @Test
    void leaving() {
      Probes.reported(new IllegalStateException("no place"), "a canceller");
    }
  }

  @Test
  void aReportedExceptionFailsTheTest() {
    assertThat(theFailureOf(Reported.class))
        .hasMessageContaining(
            "exception from a canceller: java.lang.IllegalStateException: no place\n"
                + at("Reported.leaving"));
  }

  @LeavesNothingBehind
  static class Unprintable extends Two {
    @Override
    public String toString() {
      throw new IllegalStateException("no text");
    }

    @Test
    @Override
    void clean() {
      assertThat(getClass()).isEqualTo(Unprintable.class);
    }

    @Test
    void leaving() {
      Probes.began(this, "own thing");
    }
  }

  @Test
  void aThingThatCannotBePrintedIsNamedByItsClass() {
    assertThat(theFailureOf(Unprintable.class))
        .hasMessageContaining("own thing: " + Unprintable.class.getName() + ", whose text can't");
  }

  // ---- whose it is

  @LeavesNothingBehind
  static class FailingAnyway extends Two {
    @Test
    void leaving() {
      new ManualClock().callLater(Duration.ZERO, () -> {});
      throw new IllegalStateException("the test's own");
    }
  }

  @Test
  void theFailureOfTheTestItselfIsNotHidden() {
    Throwable failure = theFailureOf(FailingAnyway.class);

    assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessage("the test's own");
    assertThat(failure.getSuppressed())
        .singleElement()
        .asString()
        .contains("delayed call: DelayedCall[due PT0S]");
  }

  @LeavesNothingBehind
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class KeptInAField {
    private final Deferred<String> field = new Deferred<>();

    @Test
    @Order(1)
    void leaving() {
      field.errback(new IllegalStateException("kept"));
    }

    @Test
    @Order(2)
    void next() {
      assertThat(field.isCalled()).isFalse();
    }
  }

  @Test
  void aFailureThatIsSeenTooLateFailsTheClassAndNotTheNextTest() {
    Events all = run(KeptInAField.class, false);

    assertThat(all.failed().list())
        .singleElement()
        .satisfies(
            event ->
                assertThat(thrownOf(event))
                    .hasMessageStartingWith("NothingLeftBehindTest$KeptInAField has left behind:\n")
                    .hasMessageContaining("after KeptInAField.leaving(): unhandled failure")
                    .hasMessageContaining("IllegalStateException: kept"));
    assertThat(all.failed().list().get(0).getTestDescriptor().isTest()).isFalse();
  }

  @LeavesNothingBehind
  static class BeforeTheFirst extends Two {
    @BeforeAll
    static void begin() {
      Deferred<String> unused = Deferred.fail(new IllegalStateException("early"));
    }
  }

  @Test
  void whatHappensBeforeTheFirstTestFailsTheClass() {
    assertThat(failuresOf(BeforeTheFirst.class))
        .singleElement()
        .asString()
        .contains("after @BeforeAll: unhandled failure: java.lang.IllegalStateException: early");
  }

  @LeavesNothingBehind
  static class AfterTheLast extends Two {
    @AfterAll
    static void end() {
      Probes.reported(new IllegalStateException("between"), "what comes after the last test");
    }
  }

  @Test
  void whatHappensBetweenTwoTestsFailsTheClass() {
    assertThat(failuresOf(AfterTheLast.class))
        .singleElement()
        .asString()
        .contains("exception from what comes after the last test");
  }

  @LeavesNothingBehind
  static class AroundAnother {
    private final Deferred<String> field = new Deferred<>();

    @Test
    void leaving() {
      field.errback(new IllegalStateException("kept"));
    }

    @Nested
    class Inside {
      @Test
      void isClean() {
        assertThat(field.isCalled()).isFalse();
      }
    }
  }

  @Test
  void aFailureThatIsSeenInANestedClassFailsTheOneAroundIt() {
    Events all = run(AroundAnother.class, false);

    assertThat(all.failed().list())
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getTestDescriptor().getDisplayName())
                    .isEqualTo("NothingLeftBehindTest$AroundAnother"));
  }

  static class NotWatched {
    private static final ManualClock CLOCK = new ManualClock();

    @Test
    void leavesALot() {
      CLOCK.callLater(Duration.ofSeconds(1), () -> {});
      Deferred<String> unused = Deferred.fail(new IllegalStateException("of another class"));
      Probes.reported(new IllegalStateException("of another class"), "a canceller");
    }
  }

  @Test
  void whatOthersLeaveIsNotBlamedOnTheNext() {
    assertThat(failuresOf(NotWatched.class)).isEmpty();
    assertThat(failuresOf(Clean.class)).isEmpty();
  }

  @LeavesNothingBehind
  static class Outer {
    @BeforeEach
    void begin() {
      Probes.began(Outer.class, "outer thing");
    }

    @AfterEach
    void end() {
      Probes.ended(Outer.class);
    }

    @Test
    void clean() {
      assertThat(this).isNotNull();
    }

    @Nested
    class Inner {
      @Test
      void leaving() {
        new ManualClock().callLater(Duration.ZERO, () -> {});
      }
    }
  }

  @Test
  void nestedTestsAreWatchedOnce() {
    assertThat(theFailureOf(Outer.class))
        .hasMessageStartingWith("Inner.leaving() has left behind:\ndelayed call")
        .hasMessageNotContaining("outer thing");
  }

  @ExtendWith(NothingLeftBehind.class)
  static class InsideOfAnother {
    @Test
    void inside() {
      assertThat(this).isNotNull();
    }
  }

  @ExtendWith(NothingLeftBehind.class)
  static class WithAnotherInside {
    private static List<Throwable> failures = List.of();

    @Test
    void outside() {
      failures = failuresOf(InsideOfAnother.class);
      assertThat(failures).isNotEmpty();
    }
  }

  @Test
  void testsThatOverlapAreRefused() {
    assertThat(failuresOf(WithAnotherInside.class)).isEmpty();
    assertThat(WithAnotherInside.failures)
        .first()
        .asString()
        .startsWith("java.lang.IllegalStateException: another test is watched")
        .contains("@LeavesNothingBehind");
  }

  @LeavesNothingBehind
  static class Parallel1 {
    @Test
    void one() {
      assertThat(Watch.currentOrNull()).isNotNull();
    }

    @Test
    void two() {
      assertThat(Watch.currentOrNull()).isNotNull();
    }

    @Test
    void three() {
      assertThat(Watch.currentOrNull()).isNotNull();
    }
  }

  @LeavesNothingBehind
  static class Parallel2 extends Parallel1 {}

  @Test
  void parallelTestsRunOneAfterTheOther() {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .selectors(selectClass(Parallel1.class), selectClass(Parallel2.class))
            .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
            .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
            .execute()
            .allEvents();

    assertThat(tests.failed().list()).isEmpty();
    assertThat(tests.succeeded().filter(event -> event.getTestDescriptor().isTest())).hasSize(6);
  }

  /** Is called after the extension that was registered after it. */
  static final class SeesInterrupt implements AfterEachCallback {
    private static boolean seen;

    @Override
    public void afterEach(ExtensionContext context) {
      seen |= Thread.currentThread().isInterrupted();
    }
  }

  @ExtendWith(SeesInterrupt.class)
  @LeavesNothingBehind
  static class Interrupted extends Two {
    @Test
    void leaving() {
      new ManualClock().callLater(Duration.ZERO, () -> {});
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anInterruptedTestIsLookedAtAllTheSame() {
    assertThat(theFailureOf(Interrupted.class)).hasMessageContaining("delayed call");

    assertThat(SeesInterrupt.seen).as("interrupted afterwards").isTrue();
  }

  @Test
  void flushingNeedsAWatchedTest() {
    assertThat(catchThrowable(Results::flushLoggedErrors))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("put @LeavesNothingBehind on");
  }

  // ---- helpers

  /** The one failure of a class whose other tests pass; it is that of its test "leaving". */
  private static Throwable theFailureOf(Class<?> tests) {
    Events events = run(tests);
    assertThat(events.succeeded().count()).as("clean tests").isEqualTo(1);
    events
        .failed()
        .assertThatEvents()
        .hasSize(1)
        .haveExactly(1, allOf(test("leaving"), finishedWithFailure(instanceOf(Throwable.class))));
    return thrownOf(events.failed().list().get(0));
  }

  private static List<Throwable> failuresOf(Class<?> tests) {
    return run(tests, false).failed().stream().map(NothingLeftBehindTest::thrownOf).toList();
  }

  private static Events run(Class<?> tests) {
    return run(tests, true);
  }

  private static Events run(Class<?> tests, boolean onlyTests) {
    var results = EngineTestKit.engine("junit-jupiter").selectors(selectClass(tests)).execute();
    return onlyTests ? results.testEvents() : results.allEvents();
  }

  private static Throwable thrownOf(Event event) {
    return event.getRequiredPayload(TestExecutionResult.class).getThrowable().orElseThrow();
  }

  private static String at(String method) {
    return "\tat " + NothingLeftBehindTest.class.getName() + "$" + method + "(";
  }

  private static void awaitOf(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
