package dev.twine.benchmarks;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row in which another thread fires. The benchmark thread spins until that is done, so its CPU
 * time is that of the whole job, and as long as the wall time if each thread has a core.
 */
public abstract class TwoThreads extends Accompanied {

  private @Nullable Partner partner;

  @Override
  public final void meet() {
    partner = new Partner();
  }

  @Override
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
