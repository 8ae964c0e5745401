package dev.twine.benchmarks;

import dev.twine.Deferred;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * A row about a lock. No peer has one that gives a promise, so what is compared with is what any
 * such lock takes at least: one Deferred that is made and fired.
 */
public abstract class LockRow extends Row {

  @Override
  int expected() {
    return 1;
  }

  /** What is kept in place of a callback. */
  static void look(boolean isRight) {
    Steps.kept = isRight ? 1 : 0;
  }

  /** One of them has fired with a permit, or all by itself. */
  @Override
  void requireResult(Object fired, @Nullable Object ended) {
    require(true, ((Deferred<?>) fired).isCalled(), "whether it has fired");
  }

  /** A Deferred, made and fired. */
  @Benchmark
  public void bare() {
    Deferred<Integer> fired = new Deferred<>();
    escape(fired, fired);
    fired.callback(ONE);
    look(escapes() || fired.isCalled());
  }
}
