package dev.twine.sync;

import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import dev.twine.OtherThread;
import dev.twine.time.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DeferredReadWriteLockTest {

  private final DeferredReadWriteLock lock = new DeferredReadWriteLock();
  private final PermitSource readers = lock.readLock();
  private final PermitSource writers = lock.writeLock();
  private final List<Object> steps = new ArrayList<>();

  /** Takes a permit, notes the name when it is there, and gives it back at once. */
  private void pass(PermitSource side, String name) {
    side.acquire(name)
        .onSuccess(
            permit -> {
              steps.add(name);
              permit.close();
            });
  }

  /** Takes a permit, and notes the name when it is there. */
  private Deferred<Permit> take(PermitSource side, String name) {
    return side.acquire(name).onSuccess(permit -> steps.add(name));
  }

  private static List<String> names(List<Claimant> claimants) {
    return claimants.stream().map(Claimant::name).toList();
  }

  @Nested
  class WhoMayBeIn {

    @Test
    void anyNumberOfReaders() {
      for (int i = 0; i < 1_000; i++) {
        assertThat(readers.acquire().isCalled()).isTrue();
      }

      assertThat(readers.holders()).hasSize(1_000);
      assertThat(writers.holders()).isEmpty();
    }

    @Test
    void oneWriter() {
      assertThat(writers.acquire().isCalled()).isTrue();

      assertNoResult(writers.acquire());
      assertNoResult(readers.acquire());
      assertThat(writers.holders()).hasSize(1);
      assertThat(writers.waiters()).hasSize(1);
      assertThat(readers.waiters()).hasSize(1);
    }

    @Test
    void noWriterWhileAReaderIsIn() {
      Permit first = successResultOf(readers.acquire());
      Permit second = successResultOf(readers.acquire());
      Deferred<Permit> writer = writers.acquire();

      first.close();
      assertNoResult(writer);
      second.close();

      assertThat(writer.isCalled()).isTrue();
    }

    @Test
    void theNextOneInsideTheCallThatGivesThePermitBack() {
      Permit first = successResultOf(writers.acquire());
      take(writers, "second");

      first.close();
      steps.add("closed");

      assertThat(steps).containsExactly("second", "closed");
    }

    @Test
    void aPermitThatIsGivenBackTwiceIsGivenBackOnce() {
      Permit first = successResultOf(readers.acquire());
      Permit second = successResultOf(readers.acquire());
      Deferred<Permit> writer = writers.acquire();

      first.close();
      first.close();

      assertNoResult(writer);
      second.close();
      Permit third = successResultOf(writer);
      second.close();
      assertThat(writers.holders()).hasSize(1);
      third.close();
      third.close();
      assertThat(writers.holders()).isEmpty();
    }

    @Test
    void anyThreadMayGiveAPermitBack() {
      Permit first = successResultOf(writers.acquire());
      Deferred<Permit> second = writers.acquire();

      OtherThread.run(first::close);

      assertThat(second.isCalled()).isTrue();
    }

    @Test
    void theSidesAreAlwaysTheSame() {
      assertThat(lock.readLock()).isSameAs(readers);
      assertThat(lock.writeLock()).isSameAs(writers).isNotSameAs(readers);
    }

    @Test
    void runHoldsThePermitUntilTheBodysResultIsThere() {
      Deferred<String> written = new Deferred<>();
      Deferred<String> write = writers.run("writer", () -> written);
      Deferred<String> read = readers.run(() -> "read");
      assertThat(names(writers.holders())).containsExactly("writer");
      assertNoResult(read);

      written.callback("written");

      assertResult(write, "written");
      assertResult(read, "read");
      assertThat(readers.holders()).isEmpty();
    }

    @Test
    void aNameOfNullIsRefusedAndNothingIsTaken() {
      assertThatThrownBy(() -> readers.acquire(null))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("name");
      assertThatThrownBy(() -> writers.acquire(null))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("name");

      assertThat(readers.holders()).isEmpty();
      assertThat(writers.holders()).isEmpty();
    }
  }

  @Nested
  class Order {

    @Test
    void aReaderWhoComesWhileAWriterWaitsHasToWait() {
      Permit reading = successResultOf(readers.acquire());
      take(writers, "writer");
      Deferred<Permit> late = take(readers, "reader");
      assertNoResult(late);

      reading.close();

      assertThat(steps).containsExactly("writer");
    }

    @Test
    void asLongAsWritersWaitOneOfThemIsNext() {
      Permit writing = successResultOf(writers.acquire());
      pass(readers, "reader 1");
      pass(writers, "writer 1");
      pass(readers, "reader 2");
      pass(writers, "writer 2");

      writing.close();

      assertThat(steps).containsExactly("writer 1", "writer 2", "reader 1", "reader 2");
    }

    @Test
    void readersWhoHaveWaitedAreLetInTogether() {
      Permit writing = successResultOf(writers.acquire());
      readers.acquire("one").onSuccess(permit -> steps.add(names(readers.holders())));
      readers.acquire("two").onSuccess(permit -> steps.add(names(readers.holders())));

      writing.close();

      assertThat(steps).containsExactly(List.of("one", "two"), List.of("one", "two"));
    }

    @Test
    void aWriterGoesBeforeAReaderWhoHasWaitedLonger() {
      Permit writing = successResultOf(writers.acquire());
      Deferred<Permit> reader = take(readers, "reader");
      take(writers, "writer");

      writing.close();

      assertThat(steps).containsExactly("writer");
      assertNoResult(reader);
    }

    @Test
    void steadyReadersDoNotKeepAWriterOut() {
      Permit before = successResultOf(readers.acquire());
      Permit reading = successResultOf(readers.acquire());
      Deferred<Permit> writer = writers.acquire();
      before.close();
      assertNoResult(readers.acquire());

      reading.close();

      assertThat(writer.isCalled()).isTrue();
    }

    @Test
    void aReaderWhoAsksAgainWhileAWriterWaitsWaitsForHimself() {
      Permit reading = successResultOf(readers.acquire());
      Deferred<Permit> writer = writers.acquire();
      Deferred<Permit> again = readers.acquire();
      assertNoResult(again);

      reading.close();
      successResultOf(writer).close();

      assertThat(again.isCalled()).isTrue();
    }

    @Test
    void aReaderWhoAsksToWriteWaitsForHimself() {
      Permit reading = successResultOf(readers.acquire());
      Deferred<Permit> writer = writers.acquire();

      assertNoResult(writer);
      reading.close();
      assertThat(writer.isCalled()).isTrue();
    }

    @Test
    void aWriterWhoComesFromACallbackOfTheReadersThatAreLetInWaitsForThemAll() {
      Permit writing = successResultOf(writers.acquire());
      readers
          .acquire()
          .onSuccess(
              permit -> {
                steps.add("reader 1");
                take(writers, "writer");
                permit.close();
              });
      Deferred<Permit> second = take(readers, "reader 2");

      writing.close();

      assertThat(steps).containsExactly("reader 1", "reader 2");
      successResultOf(second).close();
      assertThat(steps).containsExactly("reader 1", "reader 2", "writer");
    }
  }

  @Nested
  class Leaving {

    @Test
    void aWriterWhoCancelsLetsTheReadersInWhoWaitedForHimOnly() {
      Permit reading = successResultOf(readers.acquire());
      Deferred<Permit> writer = writers.acquire();
      take(readers, "one");
      take(readers, "two");

      writer.cancel();

      assertThat(steps).containsExactly("one", "two");
      assertThat(failureResultOf(writer)).isInstanceOf(CancellationException.class);
      reading.close();
    }

    @Test
    void aWriterWhoTimesOutLetsTheReadersIn() {
      ManualClock clock = new ManualClock();
      assertThat(readers.acquire().isCalled()).isTrue();
      Deferred<Permit> writer = writers.acquire().addTimeout(Duration.ofSeconds(1), clock);
      take(readers, "reader");

      clock.advance(Duration.ofSeconds(1));

      assertThat(steps).containsExactly("reader");
      assertThat(failureResultOf(writer)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void aWriterWhoCancelsWhileAnotherOneWaitsLetsNobodyIn() {
      assertThat(readers.acquire().isCalled()).isTrue();
      Deferred<Permit> first = writers.acquire();
      Deferred<Permit> second = writers.acquire();
      Deferred<Permit> reader = readers.acquire();

      first.cancel();
      assertNoResult(reader);
      second.cancel();

      assertThat(reader.isCalled()).isTrue();
      assertThat(failureResultOf(first)).isInstanceOf(CancellationException.class);
      assertThat(failureResultOf(second)).isInstanceOf(CancellationException.class);
    }

    @Test
    void aWriterWhoCancelsWhileAnotherOneWritesLetsNobodyIn() {
      Permit writing = successResultOf(writers.acquire());
      Deferred<Permit> writer = writers.acquire();
      Deferred<Permit> reader = readers.acquire();

      writer.cancel();

      assertNoResult(reader);
      assertThat(failureResultOf(writer)).isInstanceOf(CancellationException.class);
      writing.close();
      assertThat(reader.isCalled()).isTrue();
    }

    @Test
    void aReaderWhoCancelsLosesNobodysTurn() {
      Permit writing = successResultOf(writers.acquire());
      Deferred<Permit> first = readers.acquire("first");
      take(readers, "second");

      first.cancel();

      assertThat(failureResultOf(first)).isInstanceOf(CancellationException.class);
      assertThat(names(readers.waiters())).containsExactly("second");
      writing.close();
      assertThat(steps).containsExactly("second");
      assertThat(names(readers.holders())).containsExactly("second");
    }

    @Test
    void cancellingAPermitThatIsThereDoesNothing() {
      Deferred<Permit> writer = writers.acquire();

      writer.cancel();

      assertThat(writers.holders()).hasSize(1);
      successResultOf(writer).close();
      assertThat(writers.holders()).isEmpty();
    }

    @Test
    void aReaderWhoIsCancelledByTheOneLetInBeforeGivesHisPermitBack() {
      Permit writing = successResultOf(writers.acquire());
      List<Deferred<Permit>> second = new ArrayList<>();
      readers
          .acquire()
          .onSuccess(
              permit -> {
                second.get(0).cancel();
                permit.close();
              });
      second.add(readers.acquire());
      Deferred<Permit> next = writers.acquire();

      writing.close();
      successResultOf(next).close();

      assertThat(failureResultOf(second.get(0))).isInstanceOf(CancellationException.class);
      assertThat(readers.holders()).isEmpty();
      assertThat(writers.acquire().isCalled()).isTrue();
    }

    @Test
    void aWriterWhoWasFiredByHandIsPassedOver() {
      Permit writing = successResultOf(writers.acquire());
      writers.acquire().callback(writing);
      Deferred<Permit> next = writers.acquire();

      writing.close();

      assertThat(next.isCalled()).isTrue();
      assertThat(writers.holders()).hasSize(1);
    }
  }

  @Nested
  class Showing {

    @Test
    void holdersAndWaitersHaveTheirNames() {
      Permit writing = successResultOf(writers.acquire("writing"));
      take(readers, "reader 1");
      take(readers, "reader 2");
      take(writers, "writer 1");
      take(writers, "writer 2");

      assertThat(names(writers.holders())).containsExactly("writing");
      assertThat(names(writers.waiters())).containsExactly("writer 1", "writer 2");
      assertThat(names(readers.holders())).isEmpty();
      assertThat(names(readers.waiters())).containsExactly("reader 1", "reader 2");
      assertThat(writing).hasToString("Permit[writing]");

      writing.close();
      assertThat(names(writers.holders())).containsExactly("writer 1");
      assertThat(names(writers.waiters())).containsExactly("writer 2");
    }

    @Test
    void holdersAreInTheOrderInWhichTheyCameIn() {
      Permit first = successResultOf(readers.acquire("first"));
      take(readers, "second");
      take(readers, "third");

      first.close();
      take(readers, "fourth");

      assertThat(names(readers.holders())).containsExactly("second", "third", "fourth");
    }

    @Test
    void withDebuggingOnAHolderHasHeldSinceHeWasLetIn() {
      Deferred.setDebugging(true);
      try {
        Permit writing = successResultOf(writers.acquire("writing"));
        take(readers, "reader");
        Claimant waiter = readers.waiters().get(0);
        Instant inBetween = awaitTick(waiter.since());
        writing.close();
        Claimant holder = readers.holders().get(0);

        assertThat(holder.name()).isEqualTo("reader");
        assertThat(holder.since()).isAfterOrEqualTo(inBetween);
        assertThat(holder.from()).isNotNull().isEqualTo(waiter.from());
      } finally {
        Deferred.setDebugging(false);
      }
    }

    private static Instant awaitTick(Instant since) {
      Instant now = Instant.now();
      while (!now.isAfter(since)) {
        now = Instant.now();
      }
      return now;
    }

    @Test
    void withDebuggingOnABodyThatWaitsForItsOwnLockFails() {
      Deferred.setDebugging(true);
      try {
        Deferred<String> body = new Deferred<>();
        Deferred<String> outer =
            writers.run(() -> body.chainCallback(go -> readers.run(() -> "never")));
        body.callback("go");

        assertThat(failureResultOf(outer)).isInstanceOf(IllegalStateException.class);
        assertThat(writers.holders()).isEmpty();
      } finally {
        Deferred.setDebugging(false);
      }
    }
  }

  @Nested
  class Threads {

    @Test
    void whatAWriterDidIsSeenByTheNextReader() {
      int[] plain = new int[1];
      Permit writing = successResultOf(writers.acquire());
      Deferred<Integer> read =
          readers
              .acquire()
              .addCallback(
                  permit -> {
                    int seen = plain[0];
                    permit.close();
                    return seen;
                  });

      OtherThread.run(
          () -> {
            plain[0] = 1;
            writing.close();
          });

      assertResult(read, 1);
    }

    @Test
    void whileACallbackRunsEveryMethodGoesOnOnOtherThreads() {
      Permit writing = successResultOf(writers.acquire());
      Deferred<Permit> reading =
          readers.acquire().onSuccess(permit -> OtherThread.run(this::useAll));

      writing.close();

      successResultOf(reading).close();
      assertThat(readers.holders()).isEmpty();
    }

    private void useAll() {
      successResultOf(readers.acquire()).close();
      Deferred<Permit> writer = writers.acquire();
      assertThat(readers.holders()).hasSize(1);
      assertThat(writers.waiters()).hasSize(1);
      writer.consumeErrors(cancelled -> {}).cancel();
    }

    @Test
    void aHundredThousandWritersWhoEachGiveBackAtOnceNeedNoStack() {
      assertNoStackIsNeeded(writers);
    }

    @Test
    void aHundredThousandReadersWhoEachGiveBackAtOnceNeedNoStack() {
      assertNoStackIsNeeded(readers);
    }

    private void assertNoStackIsNeeded(PermitSource side) {
      int[] served = new int[1];
      OtherThread.runWithStack(
          256 * 1024,
          () -> {
            Permit writing = successResultOf(writers.acquire());
            for (int i = 0; i < 100_000; i++) {
              side.acquire()
                  .onSuccess(
                      permit -> {
                        served[0]++;
                        permit.close();
                      });
            }
            writing.close();
          });

      assertThat(served[0]).isEqualTo(100_000);
      assertThat(side.holders()).isEmpty();
      assertThat(side.waiters()).isEmpty();
    }

    @Test
    void aHundredThousandReadersAndWritersInTurnNeedNoStack() {
      int[] served = new int[1];
      OtherThread.runWithStack(
          256 * 1024,
          () -> {
            pass(served, 100_000);
            assertThat(writers.waiters()).isEmpty();
          });

      assertThat(served[0]).isEqualTo(100_000);
    }

    /** Each one makes the next one of the other side wait for him. */
    private void pass(int[] served, int more) {
      PermitSource side = more % 2 == 0 ? readers : writers;
      side.acquire()
          .onSuccess(
              permit -> {
                served[0]++;
                if (more > 1) {
                  pass(served, more - 1);
                }
                permit.close();
              });
    }

    /**
     * A writer is cancelled while the last reader leaves: he gets the lock or he doesn't, and the
     * reader behind him gets it in any case.
     */
    @Test
    @Tag("race")
    void cancelAgainstHandOver() {
      AtomicInteger cancelled = new AtomicInteger();
      TwoSides.race(
          () ->
              new TwoSides.Round() {
                final DeferredReadWriteLock raced = new DeferredReadWriteLock();
                final Permit reading = successResultOf(raced.readLock().acquire());
                final AtomicInteger inside = new AtomicInteger();
                final AtomicInteger wrote = new AtomicInteger();
                final AtomicInteger read = new AtomicInteger();
                final Deferred<Permit> writer = raced.writeLock().acquire();
                final Deferred<?> end =
                    writer
                        .onSuccess(permit -> count(permit, wrote))
                        .consumeErrors(CancellationException.class, e -> wrote.addAndGet(10));

                final Deferred<Permit> behind =
                    raced.readLock().acquire().onSuccess(permit -> count(permit, read));

                private void count(Permit permit, AtomicInteger served) {
                  assertThat(inside.incrementAndGet()).isEqualTo(1);
                  served.incrementAndGet();
                  inside.decrementAndGet();
                  permit.close();
                }

                @Override
                public void left() {
                  reading.close();
                }

                @Override
                public void right() {
                  writer.cancel();
                }

                @Override
                public void check() {
                  assertThat(wrote.get()).isIn(1, 10);
                  assertThat(read).hasValue(1);
                  assertThat(end.isCalled()).isTrue();
                  assertThat(behind.isCalled()).isTrue();
                  assertThat(raced.readLock().holders()).isEmpty();
                  assertThat(raced.readLock().waiters()).isEmpty();
                  assertThat(raced.writeLock().holders()).isEmpty();
                  assertThat(raced.writeLock().waiters()).isEmpty();
                  cancelled.addAndGet(wrote.get() == 10 ? 1 : 0);
                }
              });
      System.out.println("cancel × hand-over: cancelled " + cancelled + " of " + TwoSides.ROUNDS);
    }

    /** Two threads that read and write in turns: a writer is always alone. */
    @Test
    @Tag("race")
    void aWriterIsAlwaysAlone() {
      AtomicInteger reading = new AtomicInteger();
      AtomicInteger writing = new AtomicInteger();
      AtomicInteger served = new AtomicInteger();
      int[] plain = new int[1];
      TwoSides.race(
          () ->
              new TwoSides.Round() {
                private void both() {
                  writers
                      .acquire()
                      .onSuccess(
                          permit -> {
                            assertThat(writing.incrementAndGet()).isEqualTo(1);
                            assertThat(reading).hasValue(0);
                            plain[0]++;
                            writing.decrementAndGet();
                            served.incrementAndGet();
                            permit.close();
                          });
                  readers
                      .acquire()
                      .onSuccess(
                          permit -> {
                            reading.incrementAndGet();
                            assertThat(writing).hasValue(0);
                            reading.decrementAndGet();
                            served.incrementAndGet();
                            permit.close();
                          });
                }

                @Override
                public void left() {
                  both();
                }

                @Override
                public void right() {
                  both();
                }

                @Override
                public void check() {
                  assertThat(writers.waiters()).isEmpty();
                  assertThat(readers.waiters()).isEmpty();
                }
              });

      assertThat(served).hasValue(4 * TwoSides.ROUNDS);
      assertThat(plain[0]).isEqualTo(2 * TwoSides.ROUNDS);
    }
  }
}
