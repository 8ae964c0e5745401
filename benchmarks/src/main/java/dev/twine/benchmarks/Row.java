package dev.twine.benchmarks;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A row of the table: one job, and a {@link Benchmark} method for each {@link Subject} that can do
 * it.
 *
 * <p>A row is measured twice. In the class itself the objects <i>escape</i>: they are stored in a
 * field, as they would be in any program that fires them somewhere else. In the nested class {@code
 * Plain} they are not, so that the compiler may see through them; it then removes locks and plain
 * writes, but never a compare-and-set.
 *
 * <p>The result of what was timed is checked after each iteration: what the last callback got, and,
 * if they escape, the very objects of the last round.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public abstract class Row {

  static final Integer ONE = Steps.ONE;

  /** The object that is fired, of the last round. */
  private @Nullable Object fired;

  /** The object that the last callback was added to, of the last round; perhaps the same one. */
  private @Nullable Object ended;

  /** What the last callback should have got, and the object at the end should hold. */
  abstract int expected();

  boolean escapes() {
    return true;
  }

  /** Twine has one object where others have many: everybody pays for two stores. */
  final void escape(Object fired, Object ended) {
    if (escapes()) {
      this.fired = fired;
      this.ended = ended;
    }
  }

  /** The thread that fires, if it isn't the benchmark's own: its bytes count as well. */
  @Nullable Thread partner() {
    return null;
  }

  /** Whether the CPU time and the bytes of all threads count, not only the benchmark's own. */
  boolean isEverybodysTime() {
    return false;
  }

  /** What was kept of the heap since this was asked last, if that counts and not what was made. */
  @Nullable Long kept() {
    return null;
  }

  @Setup(Level.Iteration)
  public final void start() {
    Steps.kept = 0;
    fired = null;
    ended = null;
    ThreadCost.begin(partner(), isEverybodysTime());
  }

  @TearDown(Level.Iteration)
  public final void stop() throws Exception {
    ThreadCost.end(kept());
    check();
  }

  /** Fails unless the last round did the job. */
  final void check() throws Exception {
    require(expected(), Steps.kept, "what the last callback got");
    if (escapes()) {
      requireResult(Objects.requireNonNull(fired, "no object escaped"), ended);
    }
  }

  /** Checks the objects of the last round. */
  void requireResult(Object fired, @Nullable Object ended) throws Exception {
    require(expected(), Results.of(fired, ended), "the result");
  }

  final void require(@Nullable Object expected, @Nullable Object actual, String what) {
    if (!Objects.equals(expected, actual)) {
      throw new AssertionError(
          getClass().getSimpleName() + ": " + what + " is " + actual + ", not " + expected);
    }
  }
}
