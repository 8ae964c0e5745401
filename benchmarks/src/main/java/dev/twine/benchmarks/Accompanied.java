package dev.twine.benchmarks;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A row that needs other threads, which are there before the first round and leave after the last.
 *
 * <p>There is nothing plain about objects that several threads know.
 */
public abstract class Accompanied extends Row {

  @Setup(Level.Trial)
  public abstract void meet();

  @TearDown(Level.Trial)
  public abstract void part() throws InterruptedException;
}
