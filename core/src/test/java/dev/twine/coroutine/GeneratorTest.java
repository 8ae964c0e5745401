package dev.twine.coroutine;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static dev.twine.coroutine.Coroutines.await;
import static dev.twine.coroutine.Coroutines.fromCoroutine;
import static dev.twine.coroutine.Coroutines.returnValue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.twine.Deferred;
import dev.twine.Effect;
import dev.twine.Failure;
import dev.twine.OtherThread;
import dev.twine.Turn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GeneratorTest {

  private static final String RUNS = "a generator resumed while it runs";

  private final List<Object> steps = new ArrayList<>();
  private final Deferred<String> pending = new Deferred<>();

  /** Yields 1 and 2, and tells how far it has come. */
  private final Effect<Yielder<Integer>> oneAndTwo =
      y -> {
        try {
          steps.add("begun");
          y.yield(1);
          steps.add("between");
          y.yield(2);
          steps.add("ending");
        } finally {
          steps.add("finally");
        }
      };

  // ---- values

  @Test
  void theBodyDoesNothingBeforeAValueIsAskedFor() {
    Generator<Integer> generator = Generator.of(oneAndTwo);

    assertThat(steps).isEmpty();
    assertThat(generator.next()).isEqualTo(1);
    assertThat(steps).containsExactly("begun");
    generator.close();
  }

  @Test
  void theBodyRunsInPiecesBetweenTheValues() {
    Generator<Integer> generator = Generator.of(oneAndTwo);

    while (generator.hasNext()) {
      steps.add(generator.next());
    }

    assertThat(steps).containsExactly("begun", 1, "between", 2, "ending", "finally");
  }

  @Test
  void askingTwiceWhetherThereIsAValueMakesOne() {
    Generator<Integer> generator = Generator.of(oneAndTwo);

    assertThat(generator.hasNext()).isTrue();
    assertThat(generator.hasNext()).isTrue();

    assertThat(steps).containsExactly("begun");
    assertThat(generator.next()).isEqualTo(1);
    assertThat(generator.next()).isEqualTo(2);
  }

  @Test
  void afterTheEndThereIsNothing() {
    Generator<Integer> generator = Generator.of(y -> {});

    for (int i = 0; i < 2; i++) {
      assertThat(generator.hasNext()).isFalse();
      assertThatThrownBy(generator::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void nextAloneFindsTheEndToo() {
    Generator<Integer> generator = Generator.of(y -> y.yield(1));

    assertThat(generator.next()).isEqualTo(1);
    assertThatThrownBy(generator::next).isInstanceOf(NoSuchElementException.class);
    assertThat(generator.hasNext()).isFalse();
  }

  @Test
  void nullIsAValue() {
    Generator<String> generator =
        Generator.of(
            y -> {
              y.yield(null);
              y.yield("then");
              y.yield(null);
            });

    assertThat(allOf(generator)).isEqualTo(Arrays.asList(null, "then", null));
  }

  @Test
  void generatorsCanStandOnEachOther() {
    Generator<Integer> squares =
        Generator.of(
            y -> {
              Generator<Integer> numbers = Generator.of(oneAndTwo);
              while (numbers.hasNext()) {
                int number = numbers.next();
                y.yield(number * number);
              }
            });

    assertThat(allOf(squares)).containsExactly(1, 4);
  }

  @Test
  void manyValuesNeedNoStack() {
    Generator<Integer> generator =
        Generator.of(
            y -> {
              for (int i = 0; i < 20_000; i++) {
                y.yield(i);
              }
            });

    assertThat(allOf(generator)).hasSize(20_000).isSorted();
  }

  // ---- what a body throws

  @Test
  void theVeryExceptionComesOutAndThatIsTheEnd() {
    IOException thrown = new IOException();
    Effect<Yielder<Integer>> body =
        y -> {
          y.yield(1);
          throw thrown;
        };
    Generator<Integer> asked = Generator.of(body);
    Generator<Integer> taken = Generator.of(body);
    asked.next();
    taken.next();

    assertThat(catchThrowable(asked::hasNext)).isSameAs(thrown);
    assertThat(catchThrowable(taken::next)).isSameAs(thrown);

    for (Generator<Integer> ended : List.of(asked, taken)) {
      assertThat(ended.hasNext()).isFalse();
      assertThatThrownBy(ended::next).isInstanceOf(NoSuchElementException.class);
      ended.close();
    }
  }

  @Test
  void anythingCanBeThrown() {
    Throwable thrown = new Throwable("neither exception nor error");

    assertThat(catchThrowable(Generator.of(y -> new Failure(thrown).raise())::next))
        .isSameAs(thrown);
  }

  @Test
  void anInterruptedExceptionMarksTheThreadThatAsks() {
    InterruptedException thrown = new InterruptedException();
    Generator<Integer> generator =
        Generator.of(
            y -> {
              throw thrown;
            });

    assertThat(catchThrowable(generator::next)).isSameAs(thrown);
    assertThat(Thread.interrupted()).isTrue();
  }

  // ---- closing

  @Test
  void closingASuspendedOneRunsItsFinallyBlocks() {
    Generator<Integer> generator = Generator.of(oneAndTwo);
    generator.next();

    generator.close();

    assertThat(steps).containsExactly("begun", "finally");
    assertThat(generator.hasNext()).isFalse();
    assertThatThrownBy(generator::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void closingDropsAValueThatNobodyHasTaken() {
    Generator<Integer> generator = Generator.of(oneAndTwo);
    assertThat(generator.hasNext()).isTrue();

    generator.close();

    assertThat(generator.hasNext()).isFalse();
    assertThatThrownBy(generator::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void closingOneThatHasNotBegunRunsNothing() {
    Generator<Integer> generator = Generator.of(oneAndTwo);

    generator.close();

    assertThat(generator.hasNext()).isFalse();
    assertThat(steps).isEmpty();
  }

  @Test
  void closingTwiceOrAfterTheEndIsNothing() {
    Generator<Integer> closed = Generator.of(oneAndTwo);
    closed.next();
    closed.close();
    closed.close();
    Generator<Integer> ended = Generator.of(y -> steps.add("ended"));
    assertThat(ended.hasNext()).isFalse();
    ended.close();
    ended.close();

    assertThat(steps).containsExactly("begun", "finally", "ended");
  }

  @Test
  void aBodyThatYieldsWhileItIsClosedIsRefusedAndCanBeClosedAgain() {
    Generator<Integer> generator =
        Generator.of(
            y -> {
              try {
                y.yield(1);
              } finally {
                try {
                  y.yield(2);
                } finally {
                  steps.add("finally");
                }
              }
            });
    generator.next();

    assertThatThrownBy(generator::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("yielded while it was being closed");
    assertThat(steps).isEmpty();
    generator.close();
    assertThat(steps).containsExactly("finally");
    assertThat(generator.hasNext()).isFalse();
  }

  @Test
  void aBodyThatYieldedWhileItWasClosedMayAlsoGoOn() {
    Generator<Integer> generator =
        Generator.of(
            y -> {
              try {
                y.yield(1);
              } finally {
                y.yield(2);
                steps.add("goes on");
              }
            });
    generator.next();
    assertThatThrownBy(generator::close).isInstanceOf(IllegalStateException.class);

    assertThat(generator.hasNext()).isFalse();
    assertThat(steps).containsExactly("goes on");
  }

  @Test
  void anExceptionFromAFinallyBlockComesOutOfClose() {
    for (Throwable thrown : List.of(new IOException(), new IllegalStateException(), new Error())) {
      Generator<Integer> generator = Generator.of(y -> yieldAndThrow(y, thrown));
      generator.next();

      assertThat(catchThrowable(generator::close)).isSameAs(thrown);

      assertThat(generator.hasNext()).isFalse();
      generator.close();
    }
  }

  private static void yieldAndThrow(Yielder<Integer> y, Throwable thrown) {
    Deferred<Object> failing = Deferred.fail(thrown);
    try {
      y.yield(1);
    } finally {
      await(failing); // throws it
    }
  }

  @Test
  void aBodyMaySwallowTheErrorThatClosesItIfItThenEnds() {
    Generator<Integer> generator =
        Generator.of(
            y -> {
              try {
                y.yield(1);
              } catch (Throwable closing) {
                steps.add("swallowed");
              }
            });
    generator.next();

    generator.close();

    assertThat(steps).containsExactly("swallowed");
    assertThat(generator.hasNext()).isFalse();
  }

  @Test
  void closingAnOuterOneDoesNotCloseAnInnerOne() {
    Generator<Integer> inner = Generator.of(oneAndTwo);
    Generator<Integer> outer = Generator.of(y -> y.yield(inner.next()));
    outer.next();

    outer.close();

    assertThat(inner.next()).isEqualTo(2);
    inner.close();
  }

  // ---- who may ask, and who may yield

  @Test
  void itsOwnBodyCanNeitherAskNorClose() {
    AtomicReference<Generator<Integer>> own = new AtomicReference<>();
    Generator<Integer> generator =
        Generator.of(
            y -> {
              steps.add(catchThrowable(own.get()::next));
              steps.add(catchThrowable(own.get()::hasNext));
              steps.add(catchThrowable(own.get()::close));
              y.yield(1);
            });
    own.set(generator);

    assertThat(generator.next()).isEqualTo(1);

    assertThat(steps)
        .hasSize(3)
        .allSatisfy(
            refused ->
                assertThat((Throwable) refused)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(RUNS));
    generator.close();
  }

  @Test
  void aSecondThreadCanNotAskWhileItRuns() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayYield = new CountDownLatch(1);
    Generator<Integer> generator =
        Generator.of(
            y -> {
              begun.countDown();
              mayYield.await();
              y.yield(1);
              y.yield(2);
            });
    OtherThread asking = OtherThread.start(() -> steps.add(generator.next()));
    OtherThread.run(begun::await);

    assertThatThrownBy(generator::next).hasMessageContaining(RUNS);
    assertThatThrownBy(generator::hasNext).hasMessageContaining(RUNS);
    assertThatThrownBy(generator::close).hasMessageContaining(RUNS);
    mayYield.countDown();
    asking.join();

    assertThat(steps).containsExactly(1);
    assertThat(generator.next()).isEqualTo(2);
    generator.close();
  }

  @Test
  void aThreadThatHoldsTheGeneratorsMonitorMayAsk() {
    Generator<Integer> generator = Generator.of(oneAndTwo);

    synchronized (generator) {
      assertThat(generator.next()).isEqualTo(1);
      generator.close();
    }

    assertThat(steps).containsExactly("begun", "finally");
  }

  @Test
  void onlyTheBodysThreadMayYield() {
    AtomicReference<Yielder<Integer>> leaked = new AtomicReference<>();
    Generator<Integer> generator =
        Generator.of(
            y -> {
              leaked.set(y);
              OtherThread.run(() -> steps.add(catchThrowable(() -> y.yield(0))));
              y.yield(1);
            });

    assertThat(allOf(generator)).containsExactly(1);
    steps.add(catchThrowable(() -> leaked.get().yield(2)));

    assertThat(steps)
        .hasSize(2)
        .allSatisfy(
            refused ->
                assertThat((Throwable) refused)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another thread than that of the generator's body"));
  }

  @Test
  void whoAsksCanNotYield() {
    AtomicReference<Yielder<Integer>> leaked = new AtomicReference<>();
    Generator<Integer> generator =
        Generator.of(
            y -> {
              leaked.set(y);
              y.yield(1);
            });
    generator.next();

    assertThatThrownBy(() -> leaked.get().yield(2)).isInstanceOf(IllegalStateException.class);
    assertThat(generator.hasNext()).isFalse();
  }

  @Test
  void anotherGeneratorsBodyCanNotYieldForIt() {
    Generator<Integer> outer =
        Generator.of(
            y -> {
              Generator<Integer> inner = Generator.of(unused -> y.yield(1));
              steps.add(catchThrowable(inner::hasNext));
            });

    assertThat(outer.hasNext()).isFalse();
    assertThat((Throwable) steps.get(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aCallbackCanNotYield() {
    Generator<Integer> generator =
        Generator.of(
            y -> {
              Deferred<Integer> chain = Deferred.succeed(1).onSuccess(y::yield);
              chain.consumeErrors(failure -> steps.add(failure.value()));
            });

    assertThat(generator.hasNext()).isFalse();
    assertThat((Throwable) steps.get(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("yield() inside a callback");
  }

  @Test
  void nullBodiesAreRefusedAndNamed() {
    assertThatThrownBy(() -> Generator.of(null)).hasMessage("body");
  }

  // ---- threads and turns

  @Test
  void eachPieceRunsOnTheTurnOfWhoAsks() {
    Generator<Thread> generator =
        Generator.of(
            y -> {
              y.yield(Turn.current());
              y.yield(Turn.current());
              y.yield(Thread.currentThread());
            });

    assertThat(generator.next()).isSameAs(Thread.currentThread());
    OtherThread.run(() -> assertThat(generator.next()).isSameAs(Thread.currentThread()));
    assertThat(generator.next()).isNotSameAs(Thread.currentThread());
    generator.close();
  }

  @Test
  void aBodyIsCleanedUpOnTheTurnOfWhoCloses() {
    Generator<Integer> generator =
        Generator.of(
            y -> {
              try {
                y.yield(1);
              } finally {
                steps.add(Turn.current());
              }
            });
    OtherThread.run(generator::next);

    generator.close();

    assertThat(steps).containsExactly(Thread.currentThread());
  }

  @Test
  void whatEachSideDidIsSeenByTheOtherOne() {
    int[] plain = new int[1];
    Generator<Integer> generator =
        Generator.of(
            y -> {
              while (true) {
                y.yield(++plain[0]);
              }
            });

    for (int i = 0; i < 200; i++) {
      OtherThread.run(() -> assertThat(generator.next()).isEqualTo(++plain[0] - 1));
    }

    assertThat(plain).containsExactly(400);
    generator.close();
  }

  // ---- coroutines

  @Test
  void aBodyCanNotAwaitWhatHasNoResult() {
    Generator<String> generator = Generator.of(y -> y.yield(await(pending)));

    assertThatThrownBy(generator::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("await() in the body of a generator")
        .hasMessageContaining("yield the Deferred itself")
        .hasMessageContaining("gatherResults")
        .hasMessageContaining("coroutine");
    assertThatThrownBy(Generator.of(y -> y.yield(await(new FutureTask<>(() -> "never run"))))::next)
        .hasMessageContaining("await() in the body of a generator");
    assertNoResult(pending);
  }

  @Test
  void aBodyInsideACoroutineCanNotAwaitEither() {
    Deferred<Boolean> done =
        fromCoroutine(() -> Generator.of(y -> y.yield(await(pending))).hasNext());

    assertThat(failureResultOf(done)).hasMessageContaining("await() in the body of a generator");
  }

  @Test
  void aBodyCanAwaitWhatHasFired() {
    IOException thrown = new IOException();
    Deferred<String> failed = Deferred.fail(thrown);
    Generator<String> generator =
        Generator.of(
            y -> {
              y.yield(await(Deferred.succeed("there")));
              y.yield(await(failed));
            });

    assertThat(generator.next()).isEqualTo("there");
    assertThat(catchThrowable(generator::next)).isSameAs(thrown);
    assertFailure(failed, thrown);
  }

  @Test
  void deferredsThatAreYieldedCanBeAwaitedByWhoAsks() {
    Deferred<String> done =
        fromCoroutine(
            () -> {
              Generator<Deferred<String>> generator =
                  Generator.of(
                      y -> {
                        y.yield(Deferred.succeed("one, "));
                        y.yield(pending);
                      });
              return await(generator.next()) + await(generator.next());
            });

    pending.callback("two");

    assertResult(done, "one, two");
  }

  @Test
  void aBodyCanStartACoroutine() {
    Generator<Deferred<String>> generator =
        Generator.of(y -> y.yield(fromCoroutine(() -> await(pending) + "!")));
    Deferred<String> done = generator.next();

    pending.callback("there");

    assertResult(done, "there!");
    assertThat(generator.hasNext()).isFalse();
  }

  @Test
  void aBodyHasNoReturnValue() {
    assertThatThrownBy(Generator.of(y -> returnValue(1))::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("returnValue() in the body of a generator");
    Deferred<Object> done =
        fromCoroutine(
            () -> {
              Generator<Object> generator = Generator.of(y -> returnValue(1));
              return generator.next();
            });
    assertThat(failureResultOf(done))
        .hasMessageContaining("returnValue() in the body of a generator");
  }

  private static <T> List<T> allOf(Generator<T> generator) {
    List<T> all = new ArrayList<>();
    generator.forEachRemaining(all::add);
    return all;
  }
}
