package dev.twine.stress;

import dev.twine.AlreadyCalledException;
import dev.twine.CallbackChain;
import dev.twine.Deferred;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * Several threads at one Deferred: they add callbacks, one or two at once, fire it, cancel it,
 * pause and unpause it, all at random. Whatever they do, it comes to the same as if they had done
 * it one after the other, in some order that is possible: one firing wins and the others hear so,
 * unless a cancel has taken their place; each callback runs once, after those that were there
 * before; a pause that is taken back leaves nothing behind.
 */
@Param(name = "number", gen = IntGen.class, conf = "1:3")
public class LincheckDeferred {

  private static final List<CallbackChain<String, String>> BOTH =
      List.of(both(1), both(2), both(3));

  private final Deferred<String> deferred = new Deferred<>();

  public LincheckDeferred() {
    LincheckCount.invocation();
  }

  @Operation(params = "number")
  public void add(int number) {
    add(deferred, number);
  }

  static void add(Deferred<String> deferred, int number) {
    Deferred<String> same =
        deferred.addCallbacks(value -> value + number, failure -> LincheckOracle.FAILURE + number);
    if (same != deferred) {
      throw new AssertionError(same);
    }
  }

  /** Adds two callbacks at once. */
  @Operation(params = "number")
  public void addBoth(int number) {
    Deferred<String> same = deferred.addAll(BOTH.get(number - 1));
    if (same != deferred) {
      throw new AssertionError(same);
    }
  }

  private static CallbackChain<String, String> both(int number) {
    return CallbackChain.of(
        draft -> {
          add(draft, number);
          add(draft, -number);
          return draft;
        });
  }

  @Operation(params = "number")
  public boolean fire(int number) {
    return fire(deferred, "fired by " + number + ": ");
  }

  static boolean fire(Deferred<String> deferred, String value) {
    try {
      deferred.callback(value);
      return true;
    } catch (AlreadyCalledException late) {
      return false;
    }
  }

  @Operation
  public void cancel() {
    deferred.cancel();
  }

  @Operation
  public void pause() {
    deferred.pause();
  }

  @Operation
  public boolean unpause() {
    try {
      deferred.unpause();
      return true;
    } catch (IllegalStateException withoutPause) {
      return false;
    }
  }

  @Operation
  public String state() {
    return LincheckLook.text(LincheckLook.atRest(deferred));
  }

  /** The end of every scenario: it is fired and not paused any more, so everything can be seen. */
  public String end() {
    return last();
  }

  private String last() {
    fire(0);
    boolean paused = true;
    while (paused) {
      paused = unpause();
    }
    return state();
  }

  /** The same, in a single thread. */
  public static final class Plain {

    private final LincheckOracle deferred = new LincheckOracle("deferred");

    public void add(int number) {
      deferred.add(new LincheckOracle.Append(number));
    }

    public void addBoth(int number) {
      add(number);
      add(-number);
    }

    public boolean fire(int number) {
      return deferred.fire("fired by " + number + ": ");
    }

    public void cancel() {
      deferred.cancel();
    }

    public void pause() {
      deferred.pause();
    }

    public boolean unpause() {
      return deferred.unpause();
    }

    public String state() {
      return deferred.state();
    }

    public String end() {
      fire(0);
      boolean paused = true;
      while (paused) {
        paused = unpause();
      }
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
