package dev.twine.sync;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** Counters in a file that several processes have mapped. */
final class ScoreBoard implements AutoCloseable {

  /** How often a contender has come to a round, and how often one was through with its attempt. */
  static final int ARRIVED = 0;

  static final int TRIED = 1;

  /** How many have the lock. */
  static final int HOLDERS = 2;

  static final int DOUBLES = 3;
  static final int ROUNDS = 4;

  /** One counter for each contender. */
  static final int WINS = 5;

  private static final int COUNTERS = 8;
  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final FileChannel channel;
  private final MappedByteBuffer bytes;

  private ScoreBoard(FileChannel channel) throws IOException {
    this.channel = channel;
    this.bytes = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) COUNTERS * Long.BYTES);
  }

  static ScoreBoard open(Path file) throws IOException {
    return new ScoreBoard(
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  long get(int counter) {
    return (long) LONGS.getVolatile(bytes, counter * Long.BYTES);
  }

  /** Adds to a counter; gives the sum. */
  long add(int counter, long change) {
    return (long) LONGS.getAndAdd(bytes, counter * Long.BYTES, change) + change;
  }

  /** Counts oneself, and goes on when the others have done so. */
  void meet(int counter, long wanted) {
    add(counter, 1);
    long begun = System.nanoTime();
    while (get(counter) < wanted) {
      if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(30)) {
        throw new AssertionError("the other process has not come");
      }
      Thread.yield();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
