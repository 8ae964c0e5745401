package dev.twine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code mapConcurrent} whose members are fired, and which is cancelled, by several threads. */
@Tag("race")
class MappingRaceTest {

  private static final int ROUNDS = 30_000;

  private static final Race LAST_PLACES =
      new Race(
          "map place × map place",
          ROUNDS,
          LastPlaces::new,
          "left is the last",
          "right is the last");

  private static final Race NEXT_ITEM =
      new Race(
          "map place × map place, one more item",
          ROUNDS,
          NextItem::new,
          "started on the left",
          "started on the right");

  private static final Race PLACE_CANCEL =
      new Race(
          "map place × cancel of the map",
          ROUNDS,
          PlaceAndCancel::new,
          "the next item was started",
          "nothing more was started");

  /** Two members under way and what becomes of them. */
  private abstract static class TwoMembers extends RaceRound {
    final List<Deferred<Object>> members = new ArrayList<>();
    final List<Object> fired = new ArrayList<>();
    final Deferred<List<Object>> map;
    String firedOn = "nowhere";
    String startedOn = "nowhere";

    TwoMembers(int items) {
      map = Deferred.mapConcurrent(IntStream.range(0, items).iterator(), 2, this::start);
      then(
          map,
          result -> {
            firedOn = side();
            fired.add(result);
            return null;
          });
    }

    private Deferred<Object> start(int item) {
      startedOn = side();
      members.add(new Deferred<>());
      return members.get(item);
    }

    @Override
    void left() {
      members.get(0).callback("one");
    }
  }

  /**
   * The last two members get their results at once. One of the two threads works; if the other one
   * comes before that is over it just leaves its result, which must be seen all the same.
   */
  @Test
  void ofTwoLastMembersOneFiresTheMap() throws Throwable {
    LAST_PLACES.test();
  }

  private static final class LastPlaces extends TwoMembers {
    private final Deferred<Object> second = members.get(1);

    LastPlaces() {
      super(2);
    }

    @Override
    void right() {
      second.callback("two");
    }

    @Override
    String outcome() {
      assertThat(fired).containsExactly(List.of("one", "two"));
      return firedOn + " is the last";
    }
  }

  /** Two members get their results at once, and one item is left: it is started once. */
  @Test
  void ofTwoMembersOneStartsTheNextItem() throws Throwable {
    NEXT_ITEM.test();
  }

  private static final class NextItem extends TwoMembers {
    private final Deferred<Object> second = members.get(1);

    NextItem() {
      super(3);
    }

    @Override
    void right() {
      second.callback("two");
    }

    @Override
    String outcome() {
      assertThat(members).hasSize(3);
      assertThat(fired).isEmpty();
      String where = startedOn;
      members.get(2).callback("three");
      assertThat(fired).containsExactly(List.of("one", "two", "three"));
      return "started on the " + where;
    }
  }

  /**
   * A map is cancelled while one member gets its result, upon which the next item is started. If it
   * is, its Deferred is cancelled too, by the one thread or the other.
   */
  @Test
  void aCancelLeavesNothingUnderWay() throws Throwable {
    PLACE_CANCEL.test();
  }

  private static final class PlaceAndCancel extends TwoMembers {

    PlaceAndCancel() {
      super(3);
    }

    @Override
    void right() {
      map.cancel();
    }

    @Override
    String outcome() {
      assertThat(members).allMatch(Deferred::isCalled);
      assertThat(fired).hasSize(1).allMatch(RaceRound::isCancellation);
      return members.size() == 3 ? "the next item was started" : "nothing more was started";
    }
  }

  /**
   * Many maps, each with its members fired in any order by eight threads, some failing and some
   * cancelled at any time.
   */
  @Test
  void whateverTheThreadsDoTheLimitHoldsAndNothingIsLost() throws Exception {
    SplittableRandom random = new SplittableRandom(20);
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 300; round++) {
        new Crowd(pool, random.split(), 1 + random.nextInt(10)).run(random.nextInt(4));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  /** One map, and the threads that fire its members. */
  private static final class Crowd {

    private static final int ITEMS = 200;

    private final ExecutorService pool;
    private final SplittableRandom random;
    private final int limit;
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicReference<String> broken = new AtomicReference<>();
    private final Queue<Deferred<Integer>> members = new ConcurrentLinkedQueue<>();

    /** Touched by the function only, which is never called by two threads at a time. */
    private final List<Integer> started = new ArrayList<>();

    Crowd(ExecutorService pool, SplittableRandom random, int limit) {
      this.pool = pool;
      this.random = random;
      this.limit = limit;
    }

    void run(int kind) throws Exception {
      int failing = kind == 0 ? random.nextInt(ITEMS) : -1;
      int delay = random.nextInt(100_000);
      Deferred<List<Integer>> map =
          Deferred.mapConcurrent(
              IntStream.range(0, ITEMS).iterator(), limit, item -> start(item, failing));
      if (kind == 1) {
        RaceRound.dawdle(delay);
        map.cancel();
      }
      Outcome<List<Integer>> outcome = awaited(map);
      assertThat(broken).hasValue(null);
      Throwable thrown = outcome.isSuccess() ? null : outcome.failureOrNull().value();
      if (thrown instanceof FirstErrorException first) {
        assertThat(first.index()).isEqualTo(failing);
      } else if (thrown != null) {
        assertThat(kind).isEqualTo(1);
        assertThat(thrown).isInstanceOf(Cancelled.class);
      } else {
        assertThat(failing).isEqualTo(-1);
        assertThat(outcome.get()).isEqualTo(IntStream.range(0, ITEMS).boxed().toList());
        assertThat(started).isEqualTo(outcome.get());
      }
      awaitNoneUnderWay();
    }

    private static Outcome<List<Integer>> awaited(Deferred<List<Integer>> map) throws Exception {
      AtomicReference<Outcome<List<Integer>>> outcome = new AtomicReference<>();
      Deferred<String> end =
          map.addBoth(
              result -> {
                outcome.set(result);
                return "ended";
              });
      assertThat(end.get(Duration.ofSeconds(20))).isEqualTo("ended");
      return outcome.get();
    }

    private void awaitNoneUnderWay() {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (inside.get() > 0 || !members.stream().allMatch(Deferred::isCalled)) {
        assertThat(System.nanoTime()).as("everything has ended in time").isLessThan(end);
        Thread.onSpinWait();
      }
    }

    private Deferred<Integer> start(int item, int failing) {
      expect(inside.incrementAndGet() == 1, "called by two threads at a time");
      expect(underWay.incrementAndGet() <= limit, "more under way than the limit");
      started.add(item);
      Deferred<Integer> member = new Deferred<>();
      members.add(member);
      member.onEither(() -> underWay.decrementAndGet());
      int kind = random.nextInt(8);
      if (kind == 0) {
        fire(member, item, failing);
      } else {
        int delay = random.nextInt(500);
        pool.execute(
            () -> {
              RaceRound.dawdle(delay);
              fire(member, item, failing);
            });
      }
      inside.decrementAndGet();
      return member;
    }

    private void fire(Deferred<Integer> member, int item, int failing) {
      if (item == failing) {
        member.errback(new IllegalStateException("planned"));
      } else {
        member.callback(item); // a cancel before leaves the right to do so
      }
    }

    private void expect(boolean fact, String message) {
      if (!fact) {
        broken.compareAndSet(null, message);
      }
    }
  }
}
