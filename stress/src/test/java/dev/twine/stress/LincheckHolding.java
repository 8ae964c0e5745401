package dev.twine.stress;

import dev.twine.Deferred;
import dev.twine.DeferredState;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * Several threads at one Deferred that is stopped again and again, in the middle of its run: once
 * the callback that was running has ended, the result stays as it is until the pause is taken back.
 * Whoever takes it back runs the rest, and in the end no callback was left out, run twice or
 * overtaken.
 */
@Param(name = "number", gen = IntGen.class, conf = "1:3")
public class LincheckHolding {

  private static final int LOOKS = 3;

  private final Deferred<String> deferred = new Deferred<>();
  private final AtomicInteger started = new AtomicInteger();

  public LincheckHolding() {
    LincheckCount.invocation();
  }

  @Operation(params = "number")
  public void add(int number) {
    Deferred<String> same =
        deferred.addCallback(
            value -> {
              started.incrementAndGet();
              return value + number;
            });
    if (same != deferred) {
      throw new AssertionError(same);
    }
  }

  @Operation(params = "number")
  public boolean fire(int number) {
    return LincheckDeferred.fire(deferred, "fired by " + number + ": ");
  }

  /** Pauses it for some time; whether it stayed as it was. */
  @Operation
  public boolean hold() {
    deferred.pause();
    int before = started.get();
    DeferredState<?> first = LincheckLook.atRest(deferred);
    boolean still = started.get() <= before + 1;
    for (int i = 0; i < LOOKS; i++) {
      still &= isAsBefore(first, LincheckLook.atRest(deferred));
    }
    deferred.unpause();
    return still;
  }

  /** It may be fired and held by others. */
  private static boolean isAsBefore(DeferredState<?> before, DeferredState<?> now) {
    return before instanceof DeferredState.Unfired
        || LincheckLook.result(before).equals(LincheckLook.result(now));
  }

  @Operation
  public String state() {
    DeferredState<?> state = LincheckLook.atRest(deferred);
    while (state.pauses() > 0) {
      Thread.onSpinWait();
      state = LincheckLook.atRest(deferred);
    }
    return LincheckLook.text(state);
  }

  /** The end of every scenario: it is fired, so everything can be seen. */
  public String end() {
    return last();
  }

  private String last() {
    fire(0);
    return state();
  }

  /** The same, in a single thread. */
  public static final class Plain {

    private final LincheckOracle deferred = new LincheckOracle("deferred");

    public void add(int number) {
      deferred.add(new LincheckOracle.Append(number));
    }

    public boolean fire(int number) {
      return deferred.fire("fired by " + number + ": ");
    }

    public boolean hold() {
      return true;
    }

    public String state() {
      return deferred.state();
    }

    public String end() {
      fire(0);
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
      return deferred.toString();
    }
  }
}
