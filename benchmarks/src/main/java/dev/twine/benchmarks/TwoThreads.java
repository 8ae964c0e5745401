package dev.twine.benchmarks;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A row in which another thread fires. The benchmark thread spins until that is done, so its CPU
 * time is that of the whole job, and as long as the wall time if each thread has a core.
 *
 * <p>There is nothing plain about objects that two threads know.
 */
public abstract class TwoThreads extends Row {

  private @Nullable Partner partner;

  @Setup(Level.Trial)
  public final void meet() {
    partner = new Partner();
  }

  @TearDown(Level.Trial)
  public final void part() throws InterruptedException {
    other().leave();
  }

  @Override
  final Thread partner() {
    return other().thread();
  }

  final Partner other() {
    return Objects.requireNonNull(partner);
  }
}
