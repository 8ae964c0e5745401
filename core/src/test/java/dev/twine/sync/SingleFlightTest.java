package dev.twine.sync;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.Deferred;
import dev.twine.DeferredCallable;
import dev.twine.OtherThread;
import dev.twine.time.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

  /** All of these have the same hash code. */
  private record Colliding(int number) {
    @Override
    public int hashCode() {
      return 1;
    }
  }

  private final SingleFlight<String, String> flights = new SingleFlight<>();
  private final List<Object> steps = new ArrayList<>();

  /** The loads that were started; cancelling one is a step. */
  private final List<Deferred<String>> loads = new ArrayList<>();

  private Deferred<String> load() {
    Deferred<String> load = new Deferred<>(cancelled -> steps.add("load cancelled"));
    loads.add(load);
    return load;
  }

  private Deferred<String> get(String key) {
    return flights.get(key, this::load);
  }

  private static void assertCancelled(Deferred<?> deferred) {
    assertThat(failureResultOf(deferred)).isInstanceOf(CancellationException.class);
  }

  @Nested
  class Loads {

    @Test
    void theFirstWhoAsksStartsTheLoadInsideHisCall() {
      Deferred<String> first = get("a");

      assertThat(loads).hasSize(1);
      assertNoResult(first);
      assertThat(flights.keys()).containsExactly("a");
    }

    @Test
    void allWhoAskWhileItIsUnderWayShareIt() {
      Deferred<String> first = get("a");
      Deferred<String> second = flights.get("a", () -> Deferred.succeed("not called"));

      loads.get(0).callback("loaded");

      assertThat(loads).hasSize(1);
      assertResult(first, "loaded");
      assertResult(second, "loaded");
      assertThat(flights.keys()).isEmpty();
    }

    @Test
    void eachCallerHasADeferredOfHisOwn() {
      Deferred<String> first = get("a").addCallback(value -> value + " for the first");
      Deferred<String> second = get("a");
      assertThat(second).isNotSameAs(first).isNotSameAs(loads.get(0));

      loads.get(0).callback("loaded");

      assertResult(first, "loaded for the first");
      assertResult(second, "loaded");
    }

    @Test
    void differentKeysHaveDifferentLoads() {
      Deferred<String> a = get("a");
      Deferred<String> b = get("b");
      assertThat(flights.keys()).containsExactlyInAnyOrder("a", "b");

      loads.get(1).callback("of b");

      assertNoResult(a);
      assertResult(b, "of b");
      assertThat(flights.keys()).containsExactly("a");
    }

    @Test
    void keysWithTheSameHashCodeHaveDifferentLoads() {
      SingleFlight<Colliding, Integer> colliding = new SingleFlight<>();
      List<Deferred<Integer>> pending = new ArrayList<>();
      List<Deferred<Integer>> results = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        results.add(
            colliding.get(
                new Colliding(i),
                () -> {
                  pending.add(new Deferred<>());
                  return pending.get(pending.size() - 1);
                }));
      }
      assertThat(colliding.keys()).hasSize(100);

      for (int i = 0; i < 100; i++) {
        pending.get(i).callback(i);
        assertResult(results.get(i), i);
      }

      assertThat(colliding.keys()).isEmpty();
    }

    @Test
    void callbacksRunInTheOrderOfTheCallsBeforeTheFiringReturns() {
      for (int i = 1; i <= 3; i++) {
        int step = i;
        get("a").onSuccess(value -> steps.add(step));
      }

      loads.get(0).callback("loaded");
      steps.add(4);

      assertThat(steps).containsExactly(1, 2, 3, 4);
    }

    @Test
    void callbacksRunOnTheThreadThatFiresTheLoad() {
      Thread[] ran = new Thread[1];
      get("a").onSuccess(value -> ran[0] = Thread.currentThread());
      OtherThread other = OtherThread.start(() -> loads.get(0).callback("loaded"));
      other.join();

      assertThat(ran[0]).isNotNull().isNotSameAs(Thread.currentThread());
    }

    @Test
    void aLoadThatHasItsValueAtOnceIsOverOnReturn() {
      assertResult(flights.get("a", () -> Deferred.succeed("at once")), "at once");

      assertThat(flights.keys()).isEmpty();
    }

    @Test
    void aValueIsNotKept() {
      get("a");
      loads.get(0).callback("one");
      Deferred<String> second = get("a");

      assertThat(loads).hasSize(2);
      assertNoResult(second);
      loads.get(1).callback("two");
      assertResult(second, "two");
    }

    @Test
    void aFailureGoesToAllAndIsNotKept() {
      IOException thrown = new IOException("from the load");
      Deferred<String> first = get("a");
      Deferred<String> second = get("a");

      loads.get(0).errback(thrown);

      assertFailure(first, thrown);
      assertFailure(second, thrown);
      assertThat(flights.keys()).isEmpty();
      assertResult(flights.get("a", () -> Deferred.succeed("better")), "better");
    }

    @Test
    void whatTheLoadThrowsIsAFailureOfTheLoad() {
      IOException thrown = new IOException("from the load");

      assertFailure(
          flights.get(
              "a",
              () -> {
                throw thrown;
              }),
          thrown);

      assertThat(flights.keys()).isEmpty();
      assertResult(flights.get("a", () -> Deferred.succeed("better")), "better");
    }

    @Test
    void anErrorThatTheLoadThrowsIsNoDifferent() {
      AssertionError thrown = new AssertionError("from the load");

      assertFailure(
          flights.get(
              "a",
              () -> {
                throw thrown;
              }),
          thrown);
      assertThat(flights.keys()).isEmpty();
    }

    @Test
    void nullInPlaceOfADeferredIsTheValueNull() {
      assertResult(flights.get("a", () -> null), null);
      assertThat(flights.keys()).isEmpty();
    }

    @Test
    void nullAsAValueIsAValue() {
      Deferred<String> first = get("a");

      loads.get(0).callback(null);

      assertResult(first, null);
    }

    @Test
    void whoAsksInACallbackOfTheFlightStartsANewLoad() {
      List<Deferred<String>> again = new ArrayList<>();
      Deferred<String> first = get("a").onSuccess(value -> again.add(get("a")));
      Deferred<String> second = get("a").onSuccess(value -> again.add(get("a")));

      loads.get(0).callback("one");

      assertThat(loads).hasSize(2);
      assertResult(first, "one");
      assertResult(second, "one");
      loads.get(1).callback("two");
      assertResult(again.get(0), "two");
      assertResult(again.get(1), "two");
    }

    @Test
    void whoAsksInACallbackThatTheLoadHasItselfJoins() {
      Deferred<String> load = new Deferred<>();
      List<Deferred<String>> joined = new ArrayList<>();
      DeferredCallable<String> body = () -> load.onSuccess(value -> joined.add(get("a")));
      Deferred<String> first = flights.get("a", body);

      load.callback("loaded");

      assertThat(loads).isEmpty();
      assertResult(first, "loaded");
      assertResult(joined.get(0), "loaded");
    }

    @Test
    void whoAsksInsideTheLoadFunctionJoins() {
      List<Deferred<String>> inside = new ArrayList<>();
      Deferred<String> first =
          flights.get(
              "a",
              () -> {
                inside.add(get("a"));
                return Deferred.succeed("loaded");
              });

      assertThat(loads).isEmpty();
      assertResult(first, "loaded");
      assertResult(inside.get(0), "loaded");
    }

    @Test
    void aLoadMayAskForAnotherKey() {
      Deferred<String> a = flights.get("a", () -> get("b").addCallback(b -> "a of " + b));
      assertThat(flights.keys()).containsExactlyInAnyOrder("a", "b");

      loads.get(0).callback("b");

      assertResult(a, "a of b");
      assertThat(flights.keys()).isEmpty();
    }

    @Test
    void withDebuggingOnALoadThatWaitsForItsOwnKeyFails() {
      Deferred.setDebugging(true);
      try {
        Deferred<String> go = new Deferred<>();
        List<Deferred<String>> inside = new ArrayList<>();
        Deferred<String> first =
            flights.get(
                "a",
                () ->
                    go.chainCallback(
                        value -> {
                          inside.add(get("a"));
                          return inside.get(0);
                        }));
        go.callback("go");

        assertThat(failureResultOf(first)).isInstanceOf(IllegalStateException.class);
        assertThat(inside.get(0).isCalled()).as("cancelled").isTrue();
        assertThat(flights.keys()).isEmpty();
      } finally {
        Deferred.setDebugging(false);
      }
    }

    @Test
    void keysIsASnapshot() {
      get("a");
      Set<String> before = flights.keys();
      loads.get(0).callback("loaded");

      assertThat(before).containsExactly("a");
      assertThatThrownBy(() -> before.add("b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void nullIsRefusedAndNamedAndNothingIsStarted() {
      assertThatThrownBy(() -> flights.get(null, () -> load()))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("key");
      assertThatThrownBy(() -> flights.get("a", null))
          .isInstanceOf(NullPointerException.class)
          .hasMessage("load");

      assertThat(loads).isEmpty();
      assertThat(flights.keys()).isEmpty();
    }
  }

  @Nested
  class Leaving {

    @Test
    void whoCancelsWaitsNoMoreAndTheLoadGoesOnForTheOthers() {
      Deferred<String> first = get("a");
      Deferred<String> second = get("a");

      first.cancel();

      assertCancelled(first);
      assertThat(steps).isEmpty();
      assertThat(flights.keys()).containsExactly("a");
      loads.get(0).callback("loaded");
      assertResult(second, "loaded");
    }

    @Test
    void whoTimesOutWaitsNoMoreAndTheLoadGoesOnForTheOthers() {
      ManualClock clock = new ManualClock();
      Deferred<String> first = get("a").addTimeout(Duration.ofSeconds(1), clock);
      Deferred<String> second = get("a");

      clock.advance(Duration.ofSeconds(1));

      assertThat(failureResultOf(first)).isInstanceOf(TimeoutException.class);
      assertThat(steps).isEmpty();
      loads.get(0).callback("loaded");
      assertResult(second, "loaded");
    }

    @Test
    void theLoadIsCancelledWhenTheLastOneHasLeft() {
      List<Deferred<String>> all = List.of(get("a"), get("a"), get("a"));

      all.get(2).cancel();
      all.get(0).cancel();
      assertThat(steps).isEmpty();
      all.get(1).cancel();

      assertThat(steps).containsExactly("load cancelled");
      assertThat(loads.get(0).isCalled()).isTrue();
      assertThat(flights.keys()).isEmpty();
      all.forEach(SingleFlightTest::assertCancelled);
    }

    @Test
    void theLoadIsCancelledWhenTheLastOneTimesOut() {
      ManualClock clock = new ManualClock();
      Deferred<String> only = get("a").addTimeout(Duration.ofSeconds(1), clock);

      clock.advance(Duration.ofSeconds(1));

      assertThat(steps).containsExactly("load cancelled");
      assertThat(failureResultOf(only)).isInstanceOf(TimeoutException.class);
    }

    @Test
    void whoComesAfterTheLastOneHasLeftStartsAnotherLoad() {
      Deferred<String> first = get("a");
      first.cancel();
      Deferred<String> second = get("a");

      assertThat(loads).hasSize(2);
      loads.get(1).callback("second load");
      assertResult(second, "second load");
      assertCancelled(first);
    }

    @Test
    void whoComesInsideTheCancellerOfTheLoadStartsAnotherLoad() {
      List<Deferred<String>> second = new ArrayList<>();
      Deferred<String> load = new Deferred<>(cancelled -> second.add(get("a")));
      Deferred<String> first = flights.get("a", () -> load);

      first.cancel();

      assertCancelled(first);
      assertThat(loads).hasSize(1);
      loads.get(0).callback("second load");
      assertResult(second.get(0), "second load");
    }

    @Test
    void whatComesOfAnAbandonedLoadDisturbsNobody() {
      Deferred<String> stubborn = new Deferred<>(); // can't be stopped, and answers later
      Deferred<String> first = flights.get("a", () -> stubborn);
      first.cancel();
      Deferred<String> second = get("a");

      stubborn.callback("too late");

      assertCancelled(first);
      assertNoResult(second);
      assertThat(flights.keys()).containsExactly("a");
      loads.get(0).callback("second load");
      assertResult(second, "second load");
    }

    @Test
    void aCancellerThatFiresTheLoadGivesItToNobody() {
      Deferred<String> load = new Deferred<>(self -> self.callback("part of it"));
      Deferred<String> first = flights.get("a", () -> load);

      first.cancel();

      assertCancelled(first);
      assertThat(flights.keys()).isEmpty();
    }

    @Test
    void whoJoinsInsideTheLoadFunctionAndLeavesThereLeavesTheLoadAlone() {
      Deferred<String> first =
          flights.get(
              "a",
              () -> {
                get("a").consumeErrors(cancelled -> steps.add("left")).cancel();
                return load();
              });

      assertThat(steps).containsExactly("left");
      assertThat(flights.keys()).containsExactly("a");
      loads.get(0).callback("loaded");
      assertResult(first, "loaded");
    }

    @Test
    void cancellingAfterTheLoadIsOverDoesNothing() {
      Deferred<String> first = get("a");
      loads.get(0).callback("loaded");

      first.cancel();

      assertResult(first, "loaded");
      assertThat(steps).isEmpty();
    }

    @Test
    void theLastOneWhoIsCancelledByACallbackOfTheFlightCancelsNothing() {
      List<Deferred<String>> second = new ArrayList<>();
      Deferred<String> first = get("a").onSuccess(value -> second.get(0).cancel());
      second.add(get("a"));

      loads.get(0).callback("loaded");

      assertResult(first, "loaded");
      assertCancelled(second.get(0));
      assertThat(steps).isEmpty();
    }

    @Test
    void whatTheCancellerOfTheLoadThrowsComesOutOfTheLastCancel() {
      IllegalStateException thrown = new IllegalStateException("from the canceller");
      Deferred<String> load =
          new Deferred<>(
              self -> {
                throw thrown;
              });
      Deferred<String> only = flights.get("a", () -> load);

      assertThatThrownBy(only::cancel).isSameAs(thrown);
      assertThat(flights.keys()).isEmpty();
      assertCancelled(only);
    }
  }

  @Nested
  class Threads {

    @Test
    void whatWasDoneBeforeTheFiringIsSeenByTheCallbacks() {
      int[] plain = new int[1];
      Deferred<Integer> first = get("a").addCallback(value -> plain[0]);

      OtherThread.run(
          () -> {
            plain[0] = 1;
            loads.get(0).callback("loaded");
          });

      assertResult(first, 1);
    }

    @Test
    void whileALoadIsStartedOtherThreadsJoinIt() {
      List<Deferred<String>> joined = new ArrayList<>();
      Deferred<String> first =
          flights.get(
              "a",
              () -> {
                OtherThread.run(() -> joined.add(get("a")));
                OtherThread.run(() -> assertResult(useAll("b"), "b"));
                return Deferred.succeed("loaded");
              });

      assertThat(loads).isEmpty();
      assertResult(first, "loaded");
      assertResult(joined.get(0), "loaded");
    }

    @Test
    void whileACallbackRunsEveryMethodGoesOnOnOtherThreads() {
      Deferred<String> first =
          get("a").onSuccess(value -> OtherThread.run(() -> assertResult(useAll("a"), "a")));

      loads.get(0).callback("loaded");

      assertResult(first, "loaded");
    }

    private Deferred<String> useAll(String key) {
      Deferred<String> load = new Deferred<>();
      Deferred<String> got = flights.get(key, () -> load);
      flights
          .get(key, () -> Deferred.succeed("not called"))
          .consumeErrors(cancelled -> {})
          .cancel();
      assertThat(flights.keys()).contains(key);
      load.callback(key);
      return got;
    }

    @Test
    void aHundredThousandCallersNeedNoStack() {
      int[] served = new int[1];
      OtherThread.runWithStack(
          256 * 1024,
          () -> {
            for (int i = 0; i < 100_000; i++) {
              get("a").onSuccess(value -> served[0]++);
            }
            loads.get(0).callback("loaded");
          });

      assertThat(served[0]).isEqualTo(100_000);
    }

    @Test
    void aHundredThousandCallersWhoLeaveNeedNoStack() {
      OtherThread.runWithStack(
          256 * 1024,
          () -> {
            List<Deferred<String>> all = new ArrayList<>();
            for (int i = 0; i < 100_000; i++) {
              all.add(get("a"));
            }
            all.forEach(each -> each.consumeErrors(cancelled -> {}).cancel());
          });

      assertThat(steps).containsExactly("load cancelled");
      assertThat(flights.keys()).isEmpty();
    }

    /** One joins while the other one, the last, leaves: the joiner has a load that goes on. */
    @Test
    @Tag("race")
    void joinAgainstLastLeave() {
      AtomicInteger joins = new AtomicInteger();
      TwoSides.race(
          () ->
              new TwoSides.Round() {
                final SingleFlight<String, String> raced = new SingleFlight<>();
                final AtomicInteger cancelled = new AtomicInteger();
                final Deferred<String> load = new Deferred<>(it -> cancelled.incrementAndGet());
                final Deferred<String> second = new Deferred<>();
                final Deferred<String> leaving = raced.get("a", () -> load);
                final Deferred<?> left = leaving.consumeErrors(e -> {});
                final List<Deferred<String>> coming = new ArrayList<>();

                @Override
                public void left() {
                  leaving.cancel();
                }

                @Override
                public void right() {
                  coming.add(raced.get("a", () -> second));
                }

                @Override
                public void check() {
                  assertThat(left.isCalled()).isTrue();
                  assertNoResult(coming.get(0));
                  assertThat(raced.keys()).containsExactly("a");
                  boolean joined = cancelled.get() == 0;
                  (joined ? load : second).callback("loaded");
                  assertResult(coming.get(0), "loaded");
                  assertThat(raced.keys()).isEmpty();
                  joins.addAndGet(joined ? 1 : 0);
                }
              });
      System.out.println("join × last leave: joined " + joins + " of " + TwoSides.ROUNDS);
    }

    /** The load fires while somebody comes: he has that value, or one of a load of his own. */
    @Test
    @Tag("race")
    void joinAgainstEnd() {
      AtomicInteger joins = new AtomicInteger();
      TwoSides.race(
          () ->
              new TwoSides.Round() {
                final SingleFlight<String, String> raced = new SingleFlight<>();
                final Deferred<String> load = new Deferred<>();
                final Deferred<String> first = raced.get("a", () -> load);
                final AtomicInteger started = new AtomicInteger();
                final List<Deferred<String>> coming = new ArrayList<>();

                @Override
                public void left() {
                  load.callback("one");
                }

                @Override
                public void right() {
                  coming.add(
                      raced.get(
                          "a",
                          () -> {
                            started.incrementAndGet();
                            return Deferred.succeed("two");
                          }));
                }

                @Override
                public void check() {
                  assertResult(first, "one");
                  assertResult(coming.get(0), started.get() == 0 ? "one" : "two");
                  assertThat(raced.keys()).isEmpty();
                  joins.addAndGet(1 - started.get());
                }
              });
      System.out.println("join × end: joined " + joins + " of " + TwoSides.ROUNDS);
    }

    /** The load fires while the last one leaves: he has the value, or has cancelled the load. */
    @Test
    @Tag("race")
    void lastLeaveAgainstEnd() {
      TwoSides.race(
          () ->
              new TwoSides.Round() {
                final SingleFlight<String, String> raced = new SingleFlight<>();
                final Deferred<String> load = new Deferred<>();
                final List<Object> ends = new ArrayList<>();
                final Deferred<String> only = raced.get("a", () -> load);
                final Deferred<?> end =
                    only.onSuccess(ends::add)
                        .consumeErrors(CancellationException.class, e -> ends.add("cancelled"));

                @Override
                public void left() {
                  load.callback("loaded");
                }

                @Override
                public void right() {
                  only.cancel();
                }

                @Override
                public void check() {
                  assertThat(end.isCalled()).isTrue();
                  assertThat(ends).hasSize(1).containsAnyOf("loaded", "cancelled");
                  assertThat(raced.keys()).isEmpty();
                }
              });
    }
  }
}
