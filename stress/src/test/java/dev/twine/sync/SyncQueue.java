package dev.twine.sync;

import dev.twine.Deferred;
import dev.twine.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/**
 * A queue with room for a few values. Each thread puts values and gets some, and cancels some of
 * its gets and puts. Nothing is lost and nothing is there twice, and whoever asks again and again
 * gets the values of each thread in the order in which that has put them.
 */
final class SyncQueue extends SyncLife {

  /** A value has the number of its thread in the lowest bits. */
  private static final int BITS = 3;

  private static final int MOST = 4;

  /** At most so many of its gets and puts does a thread let wait. */
  private static final int PATIENCE = 6;

  private static final ThreadLocal<Customer> CURRENT = new ThreadLocal<>();

  private final DeferredQueue<Long> queue = new DeferredQueue<>(MOST, DeferredQueue.UNLIMITED);
  private final List<Customer> customers = new ArrayList<>();
  private final LongAdder in = new LongAdder();
  private final LongAdder out = new LongAdder();

  /** A sum of something of each value, which the same values only are likely to have. */
  private final LongAdder sumIn = new LongAdder();

  private final LongAdder sumOut = new LongAdder();

  SyncQueue() {
    super("queue");
  }

  @Override
  Player player(int number, SplittableRandom random) {
    Customer customer = new Customer(number, random);
    customers.add(customer);
    return customer;
  }

  /** One of the threads. */
  private final class Customer implements Player {

    private final int number;
    private final SplittableRandom random;
    private final Deque<Get> gets = new ArrayDeque<>();
    private final Deque<Deferred<?>> puts = new ArrayDeque<>();

    /** What it has got last of each thread's. */
    private final long[] seen = new long[SyncRun.THREADS];

    private long made;

    Customer(int number, SplittableRandom random) {
      this.number = number;
      this.random = random;
    }

    @Override
    public int play() {
      CURRENT.set(this);
      look();
      puts.removeIf(Deferred::isCalled);
      int what = random.nextInt(1_000);
      if (what < 2 && isQuiet()) {
        return rush();
      }
      if (what < 400 && gets.size() < PATIENCE) {
        get();
      } else if (what < 600) {
        put();
      } else if (what < 800 && puts.size() < PATIENCE) {
        putDeferred();
      } else if (what < 900 && !gets.isEmpty()) {
        handOver((random.nextBoolean() ? gets.getFirst() : gets.getLast()).deferred::cancel);
      } else if (what < 950 && !puts.isEmpty()) {
        handOver(puts.removeLast()::cancel);
      } else if (what < 970) {
        handOver(() -> queue.setSize(1 + random.nextInt(MOST)));
      } else {
        tick();
      }
      return 1;
    }

    /** Some who put a value when they have got one: so each serves the next. */
    private int rush() {
      for (int i = 0; i < RUSH; i++) {
        count(Event.ASKED, 1);
        queue
            .get()
            .onSuccess(value -> serve(() -> exchange(value)))
            .consumeErrors(SyncQueue.this::gone);
      }
      put();
      return RUSH + 1;
    }

    private void get() {
      count(Event.ASKED, 1);
      Deferred<Long> deferred = queue.get();
      Get get = new Get(deferred);
      if (deferred.isCalled()) {
        count(Event.AT_ONCE, 1);
      } else if (random.nextInt(4) == 0) {
        limit(deferred, 1 + random.nextInt(3));
      }
      deferred
          .onSuccess(value -> serve(() -> get.got(value)))
          .consumeErrors(
              failure -> {
                get.value = Get.NOTHING;
                gone(failure);
              });
      gets.add(get);
    }

    /** Looks at the values that have come, in the order in which they were asked for. */
    private void look() {
      for (Get first = gets.peek(); first != null && first.value != 0; first = gets.peek()) {
        gets.remove();
        if (first.value != Get.NOTHING) {
          int from = (int) (first.value & ((1 << BITS) - 1));
          check(seen[from] < first.value, "a value was overtaken, or is there twice");
          seen[from] = first.value;
        }
      }
    }

    private long make() {
      return (++made << BITS) | number;
    }

    private void put() {
      long value = make();
      handOver(
          () -> {
            try {
              queue.put(value);
              made(value);
            } catch (QueueOverflowException full) {
              // so it is not in
            }
          });
    }

    private void putDeferred() {
      long value = make();
      handOver(
          () -> {
            Deferred<?> put = queue.putDeferred(value);
            if (!put.isCalled()) {
              puts.add(put);
            }
            put.onSuccess(nothing -> made(value)).consumeErrors(cancelled -> {});
          });
    }
  }

  /** Somebody who asks for a value. */
  private final class Get {

    static final long NOTHING = -1;

    final Deferred<Long> deferred;
    volatile long value;

    Get(Deferred<Long> deferred) {
      this.deferred = deferred;
    }

    void got(long given) {
      SyncQueue.this.got(given);
      value = given;
    }
  }

  private void gone(Failure failure) {
    if (!queue.isClosed()) {
      failed(failure);
    }
  }

  /** On whatever thread this is: gets a value, and puts one of that thread's. */
  private void exchange(long value) {
    got(value);
    CURRENT.get().put();
  }

  private void made(long value) {
    in.increment();
    sumIn.add(mixed(value));
  }

  private void got(long value) {
    out.increment();
    sumOut.add(mixed(value));
  }

  private static long mixed(long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    return (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
  }

  @Override
  void rest() {
    queue.setSize(DeferredQueue.UNLIMITED);
    check(queue.putters().isEmpty(), "somebody waits for room");
    while (!queue.pending().isEmpty()) {
      check(queue.waiters().isEmpty(), "somebody waits beside a value");
      count(Event.ASKED, 1);
      queue.get().onSuccess(value -> serve(() -> got(value)));
    }
    queue.waiters().forEach(left -> count(Event.ASKED, -1));
    queue.close();
    customers.forEach(Customer::look);
    check(
        in.sum() == out.sum() && sumIn.sum() == sumOut.sum(),
        "a value is lost, or was there twice");
  }
}
