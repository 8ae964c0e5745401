package dev.twine.stress;

import dev.twine.AlreadyCalledException;
import dev.twine.Deferred;
import dev.twine.DeferredState;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * A Deferred whose callbacks return two others, while several threads fire all three, look at them
 * and cancel the outer one. It waits for each of them at its place in the chain, takes the result
 * exactly once and goes on in one thread; a second time there is null to take. A cancel reaches
 * what it waits for: the first inner one is just failed and swallows one late firing, the second
 * has a canceller, which gives it a value.
 */
@Param(name = "number", gen = IntGen.class, conf = "1:2")
@Param(name = "inner", gen = IntGen.class, conf = "0:1")
public class LincheckWaiting {

  private static final String CANCELLED = "by the canceller: ";

  private final Deferred<String> outer = new Deferred<>();
  private final Deferred<String> first = new Deferred<>();
  private final Deferred<String> second = new Deferred<>(LincheckWaiting::fireAsCancelled);
  private final LincheckTraffic traffic = new LincheckTraffic();
  private final AtomicInteger watching = new AtomicInteger();
  private final AtomicInteger watched = new AtomicInteger();

  /** What the outer one had before each wait; written by its callbacks. */
  private volatile String before = "";

  public LincheckWaiting() {
    LincheckCount.invocation();
  }

  private static void fireAsCancelled(Deferred<String> cancelled) {
    try {
      cancelled.callback(CANCELLED);
    } catch (AlreadyCalledException fired) {
      // so there is nothing to cancel
    }
  }

  private Deferred<String> inner(int number) {
    return number == 0 ? first : second;
  }

  @Operation(params = "number")
  public void add(int number) {
    traffic.enter();
    LincheckDeferred.add(outer, number);
    traffic.leave();
  }

  @Operation(params = "inner")
  public void await(int number) {
    traffic.enter();
    Deferred<String> same =
        outer.chainCallbacks(
            value -> noted(value, inner(number)),
            failure -> noted(LincheckOracle.FAILURE, inner(number)));
    traffic.leave();
    if (same != outer) {
      throw new AssertionError(same);
    }
  }

  /** The callbacks of a chain run one by one, so nobody else notes anything meanwhile. */
  private Deferred<String> noted(String value, Deferred<String> inner) {
    before = before.concat(value + " / ");
    return inner;
  }

  /** Adds a callback to an inner one that leaves the result as it is. */
  @Operation(params = "inner")
  public void watch(int number) {
    watching.incrementAndGet();
    inner(number).onEither(() -> watched.incrementAndGet());
  }

  @Operation(params = "number")
  public boolean fire(int number) {
    traffic.enter();
    boolean accepted = LincheckDeferred.fire(outer, "fired by " + number + ": ");
    traffic.leave();
    return accepted;
  }

  @Operation(params = "inner")
  public boolean fireInner(int number) {
    traffic.enter();
    boolean accepted = LincheckDeferred.fire(inner(number), "inner " + number + ": ");
    traffic.leave();
    return accepted;
  }

  /**
   * Cancels the outer one. A cancel that finds a run in progress leaves itself to the runner, so
   * this waits for the others. A second one would return while the canceller runs in the first.
   */
  @Operation(nonParallelGroup = "cancels")
  public void cancel() {
    outer.cancel();
    traffic.awaitNone();
  }

  @Operation
  public String state() {
    for (; ; ) {
      DeferredState<?> state = LincheckLook.atRest(outer);
      String noted = before;
      if (LincheckLook.atRest(outer).equals(state)) {
        return noted + text(state);
      }
    }
  }

  private String text(DeferredState<?> state) {
    return state instanceof DeferredState.Waiting<?> waiting
        ? "waits for " + (waiting.on() == first ? "first" : "second")
        : LincheckLook.text(state);
  }

  /** The end of every scenario: all three are fired, and every watcher has seen it. */
  public String end() {
    return last();
  }

  private String last() {
    fire(0);
    fireInner(0);
    fireInner(1);
    return state() + (watched.get() == watching.get() ? "" : ", " + watched + " of " + watching);
  }

  /** The same, in a single thread. */
  public static final class Plain {

    private final LincheckOracle outer = new LincheckOracle("outer");
    private final LincheckOracle first = new LincheckOracle("first");
    private final LincheckOracle second = new LincheckOracle("second", CANCELLED);
    private String before = "";

    private LincheckOracle inner(int number) {
      return number == 0 ? first : second;
    }

    public void add(int number) {
      outer.add(new LincheckOracle.Append(number));
    }

    public void await(int number) {
      outer.add(new Await(this, number));
    }

    private record Await(Plain plain, int number) implements LincheckOracle.Step {
      @Override
      public Object after(Object result) {
        plain.before += result + " / ";
        return plain.inner(number);
      }

      @Override
      public String toString() {
        return "Await[" + number + "]";
      }
    }

    public void watch(int number) {
      // changes nothing
    }

    public boolean fire(int number) {
      return outer.fire("fired by " + number + ": ");
    }

    public boolean fireInner(int number) {
      return inner(number).fire("inner " + number + ": ");
    }

    public void cancel() {
      outer.cancel();
    }

    public String state() {
      return before + outer.state();
    }

    public String end() {
      fire(0);
      fireInner(0);
      fireInner(1);
      return state();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Plain plain && plain.toString().equals(toString());
    }

    @Override
    public int hashCode() {
      return toString().hashCode();
    }

    @Override
    public String toString() {
      return before + outer + first + second;
    }
  }
}
