package dev.twine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Eight threads that come, wait, cancel, time out, give back, put and get at random, millions of
 * times. It prints one line of counts for each primitive; in the end everything is back, nobody was
 * passed over, and no kind of thing has not happened.
 *
 * <p>It is in the package of what it runs, so that it can hold the monitor under which somebody is
 * queued: see {@link SyncTokens}.
 *
 * <p>As a program it takes the number of operations and perhaps the seed: {@code java
 * dev.twine.sync.SyncRun 10000000 42}.
 */
public final class SyncRun {

  static final int THREADS = 8;

  private final long operations;
  private final long seed;

  SyncRun(long operations, long seed) {
    this.operations = operations;
    this.seed = seed;
  }

  /**
   * Runs it from a command line.
   *
   * @param args the number of operations, 10 000 000 if missing, and the seed
   */
  public static void main(String[] args) throws InterruptedException {
    long operations = args.length > 0 ? Long.parseLong(args[0]) : 10_000_000;
    long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
    new SyncRun(operations, seed).run();
  }

  void run() throws InterruptedException {
    System.out.println(operations + " operations of " + THREADS + " threads, seed " + seed);
    List<SyncLife> lives =
        List.of(new SyncTokens(1), new SyncTokens(3), new SyncReadWrite(), new SyncQueue());
    SplittableRandom random = new SplittableRandom(seed);
    for (SyncLife life : lives) {
      live(life, operations / lives.size() / THREADS, random);
    }
  }

  private static void live(SyncLife life, long operations, SplittableRandom random)
      throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      SyncLife.Player player = life.player(i, random.split());
      Thread thread = new Thread(() -> life.play(player, operations), "sync run " + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    life.settle();
    System.out.println(life);
    assertThat(life.wrong()).as(life.toString()).isEmpty();
    assertThat(life.never()).as("what never happened").isEmpty();
  }
}
