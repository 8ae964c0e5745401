package dev.twine;

import static dev.twine.Results.assertFailure;
import static dev.twine.Results.assertNoResult;
import static dev.twine.Results.assertResult;
import static dev.twine.Results.failureResultOf;
import static dev.twine.Results.raise;
import static dev.twine.Results.successResultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.twine.time.ManualClock;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code mapConcurrent}: a function called for many items, with a limit. */
class MappingTest {

  private static final int MILLION = 1_000_000;
  private static final long SMALL_STACK = 256 * 1024;

  private final Exception boom = new Exception("boom");
  private final List<Object> seen = new ArrayList<>();

  /** The Deferreds that {@link #work} has returned, by item. */
  private final Map<Integer, Deferred<String>> under = new TreeMap<>();

  private Deferred<String> work(Integer item) {
    Deferred<String> d = new Deferred<>(it -> seen.add("cancelled " + item));
    under.put(item, d);
    return d;
  }

  private void finish(int item) {
    under.get(item).callback("r" + item);
  }

  // ---- results

  @Test
  void resultsComeInTheOrderOfTheItems() {
    Deferred<List<String>> map = Deferred.mapConcurrent(List.of(0, 1, 2), 3, this::work);
    finish(2);
    finish(0);
    assertNoResult(map);
    finish(1);

    assertResult(map, List.of("r0", "r1", "r2"));
  }

  @Test
  void anIteratorIsAsGoodAsAnIterable() {
    Iterator<Integer> rest = List.of(0, 1, 2).iterator();
    assertThat(rest.next()).isZero();

    assertResult(
        Deferred.mapConcurrent(rest, 2, i -> Deferred.succeed("r" + i)), List.of("r1", "r2"));
    assertThat(rest.hasNext()).isFalse();
  }

  @Test
  void theMapOfNothingHasFired() {
    assertResult(Deferred.mapConcurrent(List.<Integer>of(), 1, this::work), List.of());
    assertResult(Deferred.mapConcurrent(List.<Integer>of().iterator(), 1, this::work), List.of());
    assertResult(Deferred.mapConcurrent(List.<Integer>of(), 1, this::work, seen::add), null);
    assertThat(under).isEmpty();
    assertThat(seen).isEmpty();
  }

  @Test
  void nullIsAnItemAndAResultAndStandsForADeferred() {
    List<@Nullable Integer> items = Arrays.asList(null, 1, 2);
    Deferred<List<@Nullable Integer>> map =
        Deferred.mapConcurrent(
            items,
            1,
            item -> {
              seen.add(item);
              return item == null ? null : Deferred.succeed(item == 1 ? null : item);
            });

    assertResult(map, Arrays.asList(null, null, 2));
    assertThat(seen).containsExactly(null, 1, 2);
  }

  @Test
  void theListOfResultsCanNotBeChanged() {
    List<Integer> results =
        successResultOf(Deferred.mapConcurrent(List.of(0), 1, Deferred::succeed));

    assertThatThrownBy(() -> results.set(0, 1)).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void valuesStayWithTheDeferredsThatTheFunctionReturned() {
    Deferred<String> fired = Deferred.succeed("x");
    Deferred<String> later = new Deferred<>();
    Deferred<List<String>> map =
        Deferred.mapConcurrent(List.of(fired, later, later, fired), 4, d -> d);
    later.callback("y");

    assertResult(map, List.of("x", "y", "y", "x"));
    assertResult(fired, "x");
    assertResult(later, "y");
  }

  @Test
  void aMemberCountsWithItsResultAtTheMapsPlaceInItsChain() {
    Deferred<String> member = new Deferred<>();
    Deferred<List<String>> map =
        Deferred.mapConcurrent(List.of(0), 1, i -> member.addCallback(v -> v + "1"));
    map.onSuccess(seen::add);
    Deferred<String> end = member.addCallback(v -> v + "2");
    end.onSuccess(seen::add);
    member.callback("x");

    assertThat(seen).containsExactly(List.of("x1"), "x12");
  }

  @Test
  void membersThatWaitOrArePausedCountWhenTheirChainsAreDone() {
    Deferred<String> inner = new Deferred<>();
    Deferred<String> waiting = Deferred.succeed("w").chainCallback(v -> inner);
    Deferred<String> paused = Deferred.succeed("x");
    paused.pause();
    Deferred<List<String>> map = Deferred.mapConcurrent(List.of(waiting, paused), 2, d -> d);
    paused.unpause();
    assertNoResult(map);
    inner.callback("y");

    assertResult(map, List.of("y", "x"));
  }

  @Test
  @Tag("probe")
  void aResultThatWasTakenBeforeIsNullAndWarnedOf() {
    Deferred<String> taken = Deferred.succeed("x");
    assertResult(Deferred.succeed("o").chainCallback(v -> taken), "x");

    assertResult(
        Deferred.mapConcurrent(List.of(0), 1, i -> taken), Collections.singletonList(null));
    assertThat(Reports.takenAgain()).contains(taken);
  }

  @Test
  void theExamplesDoWhatIsSaidThere() {
    List<String> addresses = List.of("a", "bcd", "ef");

    assertResult(
        Snippets.fetched(addresses, address -> Deferred.succeed("page " + address)),
        List.of("page a", "page bcd", "page ef"));
    assertResult(Snippets.measured(addresses.iterator(), Deferred::succeed), 3);
  }

  // ---- the limit

  @Test
  void noMoreThanTheLimitAreUnderWay() {
    Deferred<List<String>> map = Deferred.mapConcurrent(List.of(0, 1, 2, 3), 2, this::work);
    assertThat(under).containsOnlyKeys(0, 1);
    finish(1);
    assertThat(under).containsOnlyKeys(0, 1, 2);
    finish(2);
    finish(3);
    finish(0);

    assertResult(map, List.of("r0", "r1", "r2", "r3"));
  }

  @Test
  void aLimitAboveTheNumberOfItemsStartsThemAll() {
    Deferred<List<String>> map =
        Deferred.mapConcurrent(List.of(0, 1), Integer.MAX_VALUE, this::work);
    assertThat(under).containsOnlyKeys(0, 1);
    finish(0);
    finish(1);

    assertResult(map, List.of("r0", "r1"));
  }

  @Test
  void aLimitBelowOneIsRefusedAndNothingIsStarted() {
    Iterator<Integer> items = List.of(0).iterator();
    Iterable<Integer> never = () -> raise(boom);

    assertThatThrownBy(() -> Deferred.mapConcurrent(items, 0, this::work))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a limit of 0 would let nothing begin");
    assertThatThrownBy(() -> Deferred.mapConcurrent(items, -1, this::work, seen::add))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Deferred.mapConcurrent(never, 0, this::work))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Deferred.mapConcurrent(never, 0, this::work, seen::add))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(items.hasNext()).isTrue();
    assertThat(under).isEmpty();
  }

  @Test
  void nullIsRefusedAndNothingIsStarted() {
    List<Integer> items = List.of(0);
    assertRefused("items", () -> Deferred.mapConcurrent((List<Integer>) null, 1, this::work));
    assertRefused("items", () -> Deferred.mapConcurrent((Iterator<Integer>) null, 1, this::work));
    assertRefused(
        "items", () -> Deferred.mapConcurrent((List<Integer>) null, 1, this::work, seen::add));
    assertRefused(
        "items", () -> Deferred.mapConcurrent((Iterator<Integer>) null, 1, this::work, seen::add));
    assertRefused("fn", () -> Deferred.<Integer, String>mapConcurrent(items, 1, null));
    assertRefused("fn", () -> Deferred.<Integer, String>mapConcurrent(items, 1, null, seen::add));
    assertRefused("each", () -> Deferred.mapConcurrent(items, 1, this::work, null));
    assertThat(under).isEmpty();
  }

  private static void assertRefused(String name, Action call) {
    assertThatThrownBy(call::run)
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining(name);
  }

  // ---- the iterator

  @Test
  void theNextItemIsAskedForOnlyWhenThereIsAPlaceForIt() {
    Deferred<List<String>> map = Deferred.mapConcurrent(asked(3), 1, this::work);
    assertThat(seen).containsExactly("hasNext", "next 0");
    finish(0);
    assertThat(seen).containsExactly("hasNext", "next 0", "hasNext", "next 1");
    finish(1);
    finish(2);

    assertThat(seen).hasSize(7).endsWith("next 2", "hasNext");
    assertResult(map, List.of("r0", "r1", "r2"));
  }

  /** So many items, each telling that it was asked for. */
  private Iterator<Integer> asked(int size) {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        seen.add("hasNext");
        return next < size;
      }

      @Override
      public Integer next() {
        seen.add("next " + next);
        return next++;
      }
    };
  }

  @Test
  void itemsMayBeWithoutEnd() {
    Deferred<?> map = Deferred.mapConcurrent(endless(), 2, this::work, seen::add);
    for (int i = 0; i < 100; i++) {
      finish(i);
    }
    assertThat(under).hasSize(102);
    assertThat(seen).hasSize(100);
    seen.clear();
    map.cancel();

    assertThat(seen).containsExactly("cancelled 100", "cancelled 101");
    assertThat(failureResultOf(map)).isInstanceOf(CancellationException.class);
  }

  private static Iterator<Integer> endless() {
    return IntStream.iterate(0, i -> i + 1).iterator();
  }

  @Test
  void whatTheIteratorThrowsFailsTheResultAsItIsAndCancelsTheOthers() {
    Iterator<Integer> two = List.of(0, 1).iterator();
    Iterator<Integer> items =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public Integer next() {
            return two.hasNext() ? two.next() : raise(boom);
          }
        };
    Deferred<List<String>> map = Deferred.mapConcurrent(items, 2, this::work);
    finish(0);

    assertThat(seen).containsExactly("cancelled 1");
    assertResult(under.get(1), null);
    assertFailure(map, boom);
  }

  @Test
  void anIterableWithoutIteratorFailsTheResult() {
    Iterable<Integer> broken = () -> raise(boom);
    Iterable<Integer> empty = () -> null;

    assertFailure(Deferred.mapConcurrent(broken, 1, this::work), boom);
    assertFailure(Deferred.mapConcurrent(broken, 1, this::work, seen::add), boom);
    assertThat(failureResultOf(Deferred.mapConcurrent(empty, 1, this::work)))
        .isInstanceOf(NullPointerException.class);
  }

  // ---- execution

  @Test
  void theFirstCallsAreMadeByTheCallerAndTheOthersByWhoeverFires() {
    List<Thread> threads = new ArrayList<>();
    Deferred<List<String>> map =
        Deferred.mapConcurrent(
            List.of(0, 1, 2),
            2,
            item -> {
              threads.add(Thread.currentThread());
              return work(item);
            });
    OtherThread firing = OtherThread.start(() -> finish(0));
    firing.join();
    finish(1);
    finish(2);

    assertThat(threads)
        .containsExactly(Thread.currentThread(), Thread.currentThread(), firing.thread);
    assertResult(map, List.of("r0", "r1", "r2"));
  }

  @Test
  void furtherCallsAreMadeInTheMiddleOfTheChainThatHasItsResult() {
    Deferred<List<String>> map = Deferred.mapConcurrent(List.of(0, 1), 1, this::work);
    under.get(0).onSuccess(v -> seen.add(List.copyOf(under.keySet())));
    finish(0);
    finish(1);

    assertThat(seen).containsExactly(List.of(0, 1));
    assertResult(map, List.of("r0", "r1"));
  }

  @Test
  void whileOneThreadIsInTheFunctionAnotherOneJustLeavesWhatHasArrived() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    AtomicReference<Deferred<List<String>>> map = new AtomicReference<>();
    map.set(
        Deferred.mapConcurrent(
            List.of(0, 1, 2, 3),
            2,
            item -> {
              threads.add(Thread.currentThread());
              if (item == 2) {
                assertThat(Thread.holdsLock(mappingOf(map.get()))).isFalse();
                entered.countDown();
                OtherThread.await(leave);
              }
              return work(item);
            }));
    OtherThread working = OtherThread.start(() -> finish(0));
    OtherThread.await(entered);
    finish(1);
    assertThat(under).containsOnlyKeys(0, 1);
    leave.countDown();
    working.join();

    assertThat(under).containsOnlyKeys(0, 1, 2, 3);
    assertThat(threads.subList(2, 4)).containsExactly(working.thread, working.thread);
    finish(2);
    finish(3);
    assertResult(map.get(), List.of("r0", "r1", "r2", "r3"));
  }

  private static Mapping<?, ?> mappingOf(Deferred<?> pending) {
    return (Mapping<?, ?>) pending.aux();
  }

  @Test
  void whileOneThreadIsInTheIteratorAnotherOneJustLeavesWhatHasArrived() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    AtomicReference<Deferred<List<String>>> map = new AtomicReference<>();
    Iterator<Integer> items =
        IntStream.range(0, 3)
            .peek(
                item -> {
                  if (item == 2) {
                    assertThat(Thread.holdsLock(mappingOf(map.get()))).isFalse();
                    entered.countDown();
                    awaitUnchecked(leave);
                  }
                })
            .iterator();
    map.set(Deferred.mapConcurrent(items, 2, this::work));
    OtherThread working = OtherThread.start(() -> finish(0));
    OtherThread.await(entered);
    under.get(1).errback(boom);
    assertNoResult(map.get());
    leave.countDown();
    working.join();

    assertFirstError(map.get(), 1);
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      OtherThread.await(latch);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aMemberThatTheFunctionOrTheIteratorFiresDoesNotNest() {
    AtomicInteger inside = new AtomicInteger();
    List<Integer> depths = new ArrayList<>();
    Iterator<Integer> items =
        IntStream.range(0, 10)
            .peek(
                item -> {
                  if (item % 2 == 1) {
                    finish(item - 1);
                  }
                })
            .iterator();
    Deferred<List<String>> map =
        Deferred.mapConcurrent(
            items,
            2,
            item -> {
              depths.add(inside.incrementAndGet());
              if (item >= 2 && item % 2 == 0) {
                finish(item - 1);
              }
              inside.decrementAndGet();
              return work(item);
            });
    finish(9);

    assertThat(depths).hasSize(10).containsOnly(1);
    assertThat(successResultOf(map)).hasSize(10).startsWith("r0", "r1").endsWith("r9");
  }

  // ---- failures

  @Test
  void theFirstFailureFailsTheResultWithItsPlace() {
    Deferred<List<String>> map = Deferred.mapConcurrent(asked(9), 3, this::work);
    finish(0);
    map.onFailure(f -> seen.add("failed"));
    seen.clear();
    under.get(2).errback(boom);

    assertThat(seen).containsExactly("cancelled 1", "cancelled 3", "failed");
    assertFirstError(map, 2);
  }

  @Test
  void failuresAreTakenAwayFromTheMembersAlsoLateOnes() {
    Deferred<String> heldUp = new Deferred<>();
    heldUp.pause();
    Deferred<List<String>> map =
        Deferred.mapConcurrent(List.of(0, 1, 2), 3, i -> i == 0 ? heldUp : work(i));
    under.get(1).errback(boom);
    assertFirstError(map, 1);
    heldUp.unpause();

    assertResult(heldUp, null);
    assertResult(under.get(1), null);
    assertResult(under.get(2), null);
  }

  @Test
  void aFunctionThatThrowsIsAFailure() {
    Deferred<List<String>> map =
        Deferred.mapConcurrent(List.of(0, 1, 2), 3, i -> i == 1 ? raise(boom) : work(i));

    assertThat(seen).containsExactly("cancelled 0");
    assertThat(under).containsOnlyKeys(0);
    assertFirstError(map, 1);
  }

  @Test
  void aDeferredThatHasFailedIsAFailure() {
    Deferred<String> failed = Deferred.fail(boom);
    Deferred<List<String>> map =
        Deferred.mapConcurrent(List.of(0, 1, 2), 3, i -> i == 1 ? failed : work(i));

    assertThat(seen).containsExactly("cancelled 0");
    assertThat(under).containsOnlyKeys(0);
    assertFirstError(map, 1);
    assertResult(failed, null);
  }

  @Test
  void whatACancelledMemberAnswersIsDropped() {
    Deferred<String> answering = new Deferred<>(d -> d.callback("too late"));
    Deferred<List<String>> map =
        Deferred.mapConcurrent(List.of(0, 1), 2, i -> i == 0 ? answering : work(i));
    under.get(1).errback(boom);

    assertFirstError(map, 1);
    assertResult(answering, "too late");
  }

  @Test
  @Tag("probe")
  void whatACancellerThrowsIsReportedAndTheOthersAreCancelled() {
    Deferred<String> throwing = new Deferred<>(d -> raise(boom));
    Deferred<List<String>> map =
        Deferred.mapConcurrent(List.of(0, 1), 2, i -> i == 0 ? throwing : work(i));
    map.cancel();

    assertThat(Reports.reported())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.thrown()).isSameAs(boom);
              assertThat(report.where()).contains("item 0");
            });
    assertThat(seen).containsExactly("cancelled 1");
    assertThat(failureResultOf(map)).isInstanceOf(CancellationException.class);
    throwing.errback(new IOException("a late failure"));
    assertResult(throwing, null);
  }

  @Test
  void anInterruptThatTheIteratorThrowsIsKept() {
    Iterable<Integer> interrupted = () -> raise(new InterruptedException());
    Deferred<List<String>> map = Deferred.mapConcurrent(interrupted, 1, this::work);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(failureResultOf(map)).isInstanceOf(InterruptedException.class);
  }

  private void assertFirstError(Deferred<?> map, int index) {
    assertThat(failureResultOf(map))
        .isInstanceOfSatisfying(
            FirstErrorException.class,
            first -> {
              assertThat(first.index()).isEqualTo(index);
              assertThat(first).hasCause(boom);
            });
  }

  // ---- cancel

  @Test
  void aCancelReachesEverythingUnderWayInOrderAndStartsNothingMore() {
    Deferred<List<String>> map = Deferred.mapConcurrent(asked(9), 3, this::work);
    finish(1);
    seen.clear();
    map.cancel();

    assertThat(seen).containsExactly("cancelled 0", "cancelled 2", "cancelled 3");
    assertThat(under.values()).allMatch(Deferred::isCalled);
    assertResult(under.get(0), null);
    assertThat(failureResultOf(map)).isInstanceOf(CancellationException.class);
  }

  @Test
  void membersThatAnswerACancelWithValuesDoNotSaveTheResult() {
    Deferred<?> map =
        Deferred.mapConcurrent(
            List.of(0, 1), 1, i -> new Deferred<>(d -> d.callback("r" + i)), seen::add);
    map.cancel();

    assertThat(seen).isEmpty();
    assertThat(failureResultOf(map)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aCancelGoesThroughADeferredThatWaits() {
    Deferred<List<String>> outer =
        Deferred.succeed("o")
            .chainCallback(v -> Deferred.mapConcurrent(List.of(0, 1), 1, this::work));
    outer.cancel();

    assertThat(seen).containsExactly("cancelled 0");
    assertThat(failureResultOf(outer)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aMapOfMapsIsCancelledThroughAndThrough() {
    Deferred<List<List<String>>> map =
        Deferred.mapConcurrent(
            List.of(0, 1), 2, i -> Deferred.mapConcurrent(List.of(2 * i), 1, this::work));
    map.cancel();

    assertThat(seen).containsExactly("cancelled 0", "cancelled 2");
    assertThat(failureResultOf(map)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aTimeLimitCancelsEverythingUnderWay() {
    ManualClock clock = new ManualClock();
    Deferred<List<String>> map =
        Deferred.mapConcurrent(List.of(0, 1), 1, this::work)
            .addTimeout(Duration.ofSeconds(5), clock);
    clock.advance(Duration.ofSeconds(5));

    assertThat(seen).containsExactly("cancelled 0");
    assertThat(failureResultOf(map)).isInstanceOf(TimeoutException.class);
  }

  @Test
  void aCancelWhileTheFunctionRunsOnAnotherThreadCancelsWhatItReturnsToo() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Deferred<List<String>> map =
        Deferred.mapConcurrent(
            asked(9),
            2,
            item -> {
              if (item == 2) {
                entered.countDown();
                OtherThread.await(leave);
              }
              return work(item);
            });
    OtherThread working = OtherThread.start(() -> finish(0));
    OtherThread.await(entered);
    seen.clear();
    map.cancel();
    assertThat(seen).containsExactly("cancelled 1");
    assertThat(failureResultOf(map)).isInstanceOf(CancellationException.class);
    leave.countDown();
    working.join();

    assertThat(seen).containsExactly("cancelled 1", "cancelled 2");
    assertResult(under.get(2), null);
    assertThat(under).containsOnlyKeys(0, 1, 2);
  }

  @Test
  void aCancelWhileTheIteratorRunsOnAnotherThreadStartsNothing() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Iterator<Integer> items =
        IntStream.range(0, 9)
            .peek(
                item -> {
                  if (item == 1) {
                    entered.countDown();
                    awaitUnchecked(leave);
                  }
                })
            .iterator();
    Deferred<List<String>> map = Deferred.mapConcurrent(items, 1, this::work);
    OtherThread working = OtherThread.start(() -> finish(0));
    OtherThread.await(entered);
    map.cancel();
    leave.countDown();
    working.join();

    assertThat(under).containsOnlyKeys(0);
    assertThat(failureResultOf(map)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aCancelFromInsideTheFunctionDropsWhatItReturnsThrowsOrFails() {
    assertCancelledInside(i -> work(i));
    assertThat(seen).endsWith("cancelled 1");
    assertResult(under.get(1), null);
    assertCancelledInside(i -> Deferred.succeed("too late"));
    assertCancelledInside(i -> Deferred.fail(boom));
    assertCancelledInside(i -> raise(boom));
  }

  /** The second call of the function cancels, and returns something else. */
  private void assertCancelledInside(Callback<Integer, Deferred<String>> second) {
    AtomicReference<Deferred<?>> map = new AtomicReference<>();
    List<Object> given = new ArrayList<>();
    map.set(
        Deferred.mapConcurrent(
            asked(9),
            1,
            item -> {
              if (item == 0) {
                return work(item);
              }
              map.get().cancel();
              return second.call(item);
            },
            given::add));
    finish(0);

    assertThat(given).containsExactly("r0");
    assertThat(seen).contains("next 1").doesNotContain("next 2");
    assertThat(failureResultOf(map.get())).isInstanceOf(CancellationException.class);
  }

  @Test
  void cancellingAMapThatHasFiredDoesNothing() {
    Deferred<List<String>> map = Deferred.mapConcurrent(List.of(0), 1, this::work);
    finish(0);
    map.cancel();

    assertThat(seen).isEmpty();
    assertResult(map, List.of("r0"));
  }

  @Test
  void aMapThatWasFiredByHandIgnoresItsMembersAndStartsNothingMore() {
    Deferred<List<String>> map = Deferred.mapConcurrent(List.of(0, 1), 1, this::work);
    map.callback(List.of("by hand"));
    finish(0);

    assertResult(map, List.of("by hand"));
    assertResult(under.get(0), "r0");
    assertThat(under).containsOnlyKeys(0);
  }

  // ---- each

  @Test
  void eachGetsTheResultsAsTheyComeAndTheMapFiresWithNull() {
    Deferred<@Nullable Void> map =
        Deferred.mapConcurrent(List.of(0, 1, 2).iterator(), 2, this::work, seen::add);
    finish(1);
    finish(2);
    assertThat(seen).containsExactly("r1", "r2");
    assertNoResult(map);
    finish(0);

    assertThat(seen).containsExactly("r1", "r2", "r0");
    assertResult(map, null);
  }

  @Test
  void aPlaceIsFreeWhenEachHasHadItsResult() {
    Deferred<?> map =
        Deferred.mapConcurrent(
            List.of(0, 1), 1, this::work, r -> seen.add(List.copyOf(under.keySet())));
    finish(0);
    finish(1);

    assertThat(seen).containsExactly(List.of(0), List.of(0, 1));
    assertResult(map, null);
  }

  @Test
  void eachIsCalledForOneResultAtATime() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    Deferred<?> map =
        Deferred.mapConcurrent(
            List.of(0, 1, 2),
            2,
            this::work,
            result -> {
              threads.add(Thread.currentThread());
              seen.add(result);
              if (result.equals("r0")) {
                entered.countDown();
                OtherThread.await(leave);
              }
            });
    OtherThread giving = OtherThread.start(() -> finish(0));
    OtherThread.await(entered);
    finish(1);
    assertThat(seen).containsExactly("r0");
    assertThat(under).containsOnlyKeys(0, 1);
    leave.countDown();
    giving.join();
    finish(2);

    assertThat(seen).containsExactly("r0", "r1", "r2");
    assertThat(threads).containsExactly(giving.thread, giving.thread, Thread.currentThread());
    assertResult(map, null);
  }

  @Test
  void whatEachThrowsFailsTheResultAsItIsAndCancelsTheOthers() {
    Deferred<?> map =
        Deferred.mapConcurrent(List.of(0, 1, 2), 2, this::work, result -> raise(boom));
    finish(1);

    assertThat(seen).containsExactly("cancelled 0");
    assertThat(under).containsOnlyKeys(0, 1);
    assertFailure(map, boom);
    assertResult(under.get(1), "r1");
  }

  @Test
  void eachGetsNothingAfterAFailure() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Deferred<?> map =
        Deferred.mapConcurrent(
            List.of(0, 1, 2, 3),
            4,
            this::work,
            result -> {
              seen.add(result);
              if (result.equals("r0")) {
                entered.countDown();
                OtherThread.await(leave);
              }
            });
    OtherThread giving = OtherThread.start(() -> finish(0));
    OtherThread.await(entered);
    finish(1);
    under.get(2).errback(boom);
    finish(3);
    leave.countDown();
    giving.join();

    assertThat(seen).containsExactly("r0", "r1");
    assertFirstError(map, 2);
  }

  @Test
  void eachGetsNothingAfterACancel() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Deferred<?> map =
        Deferred.mapConcurrent(
            List.of(0, 1, 2),
            3,
            this::work,
            result -> {
              seen.add(result);
              entered.countDown();
              OtherThread.await(leave);
            });
    OtherThread giving = OtherThread.start(() -> finish(0));
    OtherThread.await(entered);
    finish(1);
    map.cancel();
    leave.countDown();
    giving.join();

    assertThat(seen).containsExactly("r0", "cancelled 2");
    assertThat(failureResultOf(map)).isInstanceOf(CancellationException.class);
  }

  // ---- stack and memory

  @Test
  void aMillionItemsThatHaveFiredNeedNoStack() {
    onASmallStack(
        () -> {
          Deferred<List<Integer>> map =
              Deferred.mapConcurrent(IntStream.range(0, MILLION).iterator(), 1, Deferred::succeed);

          assertThat(successResultOf(map)).hasSize(MILLION).endsWith(MILLION - 1);
        });
  }

  @Test
  void aMillionItemsThatFireLaterNeedNoStack() {
    onASmallStack(
        () -> {
          AtomicReference<Deferred<Integer>> last = new AtomicReference<>();
          Deferred<List<Integer>> map =
              Deferred.mapConcurrent(
                  IntStream.range(0, MILLION).iterator(),
                  1,
                  i -> {
                    last.set(new Deferred<>());
                    return last.get();
                  });
          for (int i = 0; i < MILLION; i++) {
            last.get().callback(i);
          }

          assertThat(successResultOf(map)).hasSize(MILLION).endsWith(MILLION - 1);
        });
  }

  @Test
  void aMillionItemsThatFireTheOneBeforeNeedNoStack() {
    onASmallStack(
        () -> {
          AtomicReference<Deferred<Integer>> last = new AtomicReference<>(new Deferred<>());
          AtomicInteger count = new AtomicInteger();
          Deferred<?> map =
              Deferred.mapConcurrent(
                  IntStream.range(0, MILLION).iterator(),
                  2,
                  i -> {
                    last.getAndSet(new Deferred<>()).callback(i);
                    return last.get();
                  },
                  result -> count.incrementAndGet());
          last.get().callback(MILLION);

          assertResult(map, null);
          assertThat(count).hasValue(MILLION);
        });
  }

  @Test
  void aMillionItemsUnderWayAreCancelledWithoutStack() {
    onASmallStack(
        () -> {
          Deferred<List<Integer>> map =
              Deferred.mapConcurrent(
                  IntStream.range(0, MILLION).iterator(), MILLION, i -> new Deferred<>());
          map.cancel();

          assertThat(failureResultOf(map)).isInstanceOf(CancellationException.class);
        });
  }

  @Test
  void mapsOfMapsNeedNoStack() {
    onASmallStack(
        () -> {
          Deferred<Object> first = new Deferred<>();
          Deferred<Object> last = first;
          for (int i = 0; i < MILLION / 10; i++) {
            last = Deferred.widen(Deferred.mapConcurrent(List.of(last), 1, d -> d));
          }
          first.callback(1);

          assertThat(last.state()).isInstanceOf(DeferredState.Value.class);
        });
  }

  private static void onASmallStack(Action body) {
    OtherThread.runWithStack(SMALL_STACK, body);
  }

  @Test
  void whileItGoesOnAMapHoldsNothingOfItemsThatAreDone() {
    List<WeakReference<Object>> gone = new ArrayList<>();
    AtomicReference<@Nullable Deferred<Object>> last = new AtomicReference<>();
    Deferred<?> map =
        Deferred.mapConcurrent(
            IntStream.range(0, 9).mapToObj(i -> watched(gone)).iterator(),
            1,
            item -> {
              last.set(new Deferred<>(d -> assertThat(item).isNotNull()));
              return last.get();
            },
            result -> {});
    for (int i = 0; i < 8; i++) {
      last.get().callback(watched(gone));
    }

    // The ninth item is under way.
    assertCollected(gone.subList(0, gone.size() - 2));
    map.cancel();
    assertThat(failureResultOf(map)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aMemberThatGoesOnAfterTheEndHoldsNothingOfTheMap() {
    List<WeakReference<Object>> gone = new ArrayList<>();
    Deferred<Object> heldUp = new Deferred<>();
    heldUp.pause();
    Deferred<List<Object>> map =
        Deferred.mapConcurrent(
            List.of(0, 1), 2, i -> i == 0 ? Deferred.succeed(watched(gone)) : heldUp);
    gone.add(new WeakReference<>(mappingOf(map)));
    map.cancel();

    assertCollected(gone);
    assertThat(failureResultOf(map)).isInstanceOf(CancellationException.class);
    heldUp.unpause();
    assertResult(heldUp, null);
  }

  private static Object watched(List<WeakReference<Object>> gone) {
    Object held = new Object();
    gone.add(new WeakReference<>(held));
    return held;
  }

  private static void assertCollected(List<WeakReference<Object>> references) {
    assertThat(references).isNotEmpty();
    for (int rounds = 0; rounds < 20; rounds++) {
      System.gc();
      if (references.stream().allMatch(reference -> reference.refersTo(null))) {
        return;
      }
    }
    throw new AssertionError("something still holds what should be gone");
  }
}
