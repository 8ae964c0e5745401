package dev.twine.testing;

import dev.twine.Effect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order in which things happen, written as numbers.
 *
 * {@snippet class=TestingSnippets region=steps lang=java}
 *
 * <p>The first step is 1, and every later one is one more. A step that is reached out of turn
 * throws there and then; since that may be in a callback, where an exception is just another
 * failure, the first such mistake is kept, and {@link #finish} throws it again.
 *
 * <p><b>Threads.</b> Any thread may reach a step. Each is reached by one of them, and all of them
 * are in one order.
 *
 * <p>Memory consistency effects: actions in a thread prior to reaching a step <i>happen-before</i>
 * actions of whoever reaches a later one.
 *
 * @since 0.1
 */
public final class Steps {

  /** Guarded by this: the steps in the order in which they were reached. */
  private final List<Integer> reached = new ArrayList<>();

  /** Guarded by this: the first that went wrong. */
  private @Nullable AssertionError mistake;

  private boolean finished;

  /** Creates steps of which none has been reached. */
  public Steps() {}

  /**
   * Reaches a step.
   *
   * @param number its number, which has to be one more than that of the step before
   * @throws AssertionError if it is another number, because a step was missed or is reached twice,
   *     if {@link #finish} was called before, or if a step before was reached out of turn: then it
   *     is the very error of that
   */
  public synchronized void expect(int number) {
    int next = reached.size() + 1;
    if (number == next && !finished && mistake == null) {
      reached.add(number);
      return;
    }
    AssertionError wrong =
        mistake == null ? wrong(number, finished ? "none after finish" : "" + next) : mistake;
    mistake = wrong;
    throw wrong;
  }

  /**
   * Reaches the last step, and makes sure that nothing has gone wrong.
   *
   * @param number its number, which has to be one more than that of the step before
   * @throws AssertionError if it is another number, or if a step before was reached out of turn
   */
  public synchronized void finish(int number) {
    if (mistake != null) {
      throw new AssertionError(mistake.getMessage(), mistake);
    }
    expect(number);
    finished = true;
  }

  /**
   * Makes an effect that reaches a step, for {@link dev.twine.Deferred#onSuccess onSuccess} and the
   * like.
   *
   * @param number the number of the step
   * @param <A> what the effect is given, and ignores
   * @return an effect that calls {@link #expect}
   */
  public <A extends @Nullable Object> Effect<A> step(int number) {
    return ignored -> expect(number);
  }

  private AssertionError wrong(int number, String expected) {
    return new AssertionError(
        "expected step: " + expected + ", reached: " + number + ", reached before: " + reached);
  }
}
