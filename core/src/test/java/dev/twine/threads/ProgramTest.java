package dev.twine.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import dev.twine.OtherThread;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code react} gives back; how processes end is tested with the examples. */
class ProgramTest {

  private final PrintStream error = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void readWhatIsPrinted() {
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    System.setErr(error);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void successIsZeroWhateverTheValueIs() {
    assertThat(Reactor.react(reactor -> Deferred.succeed(42))).isZero();
    assertThat(Reactor.react(reactor -> null)).isZero();
    assertThat(printed()).isEmpty();
  }

  @Test
  void theReactorRunsUntilTheDeferredHasFired() {
    Reactor reactor = new Reactor();
    boolean[] later = {false};

    int status =
        Reactor.react(
            reactor,
            given -> {
              Deferred<String> main = new Deferred<>();
              given.callLater(
                  Duration.ofMillis(1),
                  () -> {
                    later[0] = given == reactor && given.isInReactorThread();
                    main.callback("done");
                  });
              return main;
            });

    assertThat(status).isZero();
    assertThat(later[0]).isTrue();
    assertThat(reactor.isRunning()).isFalse();
  }

  @Test
  void aFailureIsOneAndItsTracebackIsPrinted() {
    assertThat(Reactor.react(reactor -> Deferred.fail(new IOException("no disk")))).isEqualTo(1);
    assertThat(printed()).contains("java.io.IOException: no disk").contains("\tat ");
  }

  @Test
  void whatMainThrowsIsAFailureToo() {
    int status =
        Reactor.react(
            reactor -> {
              throw new AssertionError("thrown");
            });

    assertThat(status).isEqualTo(1);
    assertThat(printed()).contains("java.lang.AssertionError: thrown");
  }

  @Test
  void anExitExceptionHasItsOwnStatusAndIsNotPrinted() {
    int status =
        Reactor.react(
            reactor -> {
              throw new ExitException(3);
            });

    assertThat(status).isEqualTo(3);
    assertThat(printed()).isEmpty();
    assertThat(new ExitException(3)).hasMessage("exit with status 3");
  }

  @Test
  void aProgramThatStopsTheReactorItselfIsNotWaitedFor() {
    int status =
        Reactor.react(
            reactor -> {
              reactor.stop();
              return new Deferred<>();
            });

    assertThat(status).isZero();
  }

  @Test
  void aCallbackOfTheProgramMayHaveStoppedTheReactor() {
    int status =
        Reactor.react(
            reactor -> {
              reactor.stop();
              return Deferred.fail(new IOException("after the stop"));
            });

    assertThat(status).isEqualTo(1);
  }

  @Test
  void theShutdownIsWaitedFor() {
    boolean[] closed = {false};

    Reactor.react(
        reactor -> {
          reactor.addSystemEventTrigger(
              ShutdownPhase.BEFORE,
              () -> {
                Deferred<String> closing = new Deferred<>();
                reactor.callLater(
                    Duration.ofMillis(1),
                    () -> {
                      closed[0] = true;
                      closing.callback("closed");
                    });
                return closing;
              });
          return null;
        });

    assertThat(closed[0]).isTrue();
  }

  @Test
  void aReactorThatHasBeenRunIsRefused() {
    Reactor used = new Reactor();
    Reactor.react(used, reactor -> null);

    assertThatThrownBy(() -> Reactor.react(used, reactor -> null))
        .isInstanceOf(RuntimeException.class)
        .hasMessageContaining("stopped");
  }

  @Test
  void aReactorThatRunsAlreadyIsLeftAlone() {
    Reactor busy = new Reactor();
    boolean[] called = {false};
    RunningReactor.during(
        busy,
        () -> {
          assertThatThrownBy(
                  () ->
                      Reactor.react(
                          busy,
                          reactor -> {
                            called[0] = true;
                            return null;
                          }))
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("a reactor runs once");
          assertThat(Calls.<String>in(busy, () -> "goes on")).isEqualTo("goes on");
        });
    assertThat(called[0]).isFalse();
  }

  @Test
  void anInterruptedProgramThatIsNotOverHasFailed() {
    int[] status = new int[1];
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<Thread> caller = new AtomicReference<>();
    OtherThread program =
        OtherThread.start(
            () -> {
              caller.set(Thread.currentThread());
              status[0] =
                  Reactor.react(
                      reactor -> {
                        begun.countDown();
                        return new Deferred<>();
                      });
              assertThat(Thread.interrupted()).isTrue();
            });
    Calls.await(begun);

    caller.get().interrupt();

    program.join();
    assertThat(status[0]).isEqualTo(1);
  }

  @Test
  void whenTheMachineEndsTheProgramIsCancelledAndWaitedFor() {
    Reactor reactor = new Reactor();
    CountDownLatch begun = new CountDownLatch(1);
    boolean[] cleaned = {false};
    Program program =
        new Program(
            reactor,
            given -> {
              begun.countDown();
              given.addSystemEventTrigger(ShutdownPhase.BEFORE, () -> cleaned[0] = true);
              return new Deferred<>();
            });
    OtherThread runner = OtherThread.start(() -> assertThat(program.run()).isEqualTo(1));
    Calls.await(begun);

    program.clean();

    assertThat(reactor.isRunning()).isFalse();
    assertThat(cleaned[0]).isTrue();
    runner.join();
    assertThat(printed()).as("it was wanted").isEmpty();
  }

  @Test
  void aProgramThatFailsOnTheWayOutSaysSo() {
    CountDownLatch begun = new CountDownLatch(1);
    Program program =
        new Program(
            new Reactor(),
            given -> {
              begun.countDown();
              return new Deferred<>(d -> d.errback(new IOException("no disk for the rest")));
            });
    OtherThread runner = OtherThread.start(() -> assertThat(program.run()).isEqualTo(1));
    Calls.await(begun);

    program.clean();

    runner.join();
    assertThat(printed()).contains("no disk for the rest");
  }

  @Test
  void aProgramWhoseCancellerThrowsIsOver() {
    CountDownLatch begun = new CountDownLatch(1);
    Program program =
        new Program(
            new Reactor(),
            given -> {
              begun.countDown();
              return new Deferred<>(
                  d -> {
                    throw new IllegalStateException("can't be cancelled");
                  });
            });
    OtherThread runner = OtherThread.start(() -> assertThat(program.run()).isEqualTo(1));
    Calls.await(begun);

    program.clean();

    runner.join();
    assertThat(printed()).contains("can't be cancelled");
  }

  @Test
  void aProgramThatWasToldToEndBeforeItBeganDoesNotBegin() {
    Reactor reactor = new Reactor();
    boolean[] called = {false};
    Program program =
        new Program(
            reactor,
            given -> {
              called[0] = true;
              return null;
            });
    OtherThread hook = OtherThread.start(program::clean);
    hook.awaitParked();

    assertThat(program.run()).isZero();

    hook.join();
    assertThat(called[0]).isFalse();
  }
}
